/* Why something was found, in sentences a neighbour would say. */
#include "web/page/why.h"

#include "web/view/french.h"

#include <string.h>

enum { TOLD_MOST = 2, SAID_MOST = 3, SENTENCE_BYTES_MOST = 4096 };

/* What stands at %(name) of a sentence: pieces or, without any, plain text. */
struct fill {
    const char *name;
    const struct marked_text *pieces;
    const char *text;
    bool is_match; /* of the plain text */
};

/* ---- a sentence in pieces ---- */

struct telling {
    struct tree *pieces; /* of the sentence being told */
    struct text plain;
};

static void add_piece(struct telling *telling, const char *text, size_t length,
                      bool is_match)
{
    struct text piece;
    struct tree *entry;

    if (!length)
        return;
    text_init(&piece, SENTENCE_BYTES_MOST);
    text_add_bytes(&piece, text, length);
    entry = tree_add(telling->pieces, tree_object());
    tree_set_text(entry, "text", piece.bytes);
    tree_set_bool(entry, "is_match", is_match);
    text_add_bytes(&telling->plain, text, length);
    text_done(&piece);
}

static void add_fill(struct telling *telling, const struct fill *fill)
{
    if (!fill->pieces || !fill->pieces->count) {
        add_piece(telling, fill->text, strlen(fill->text), fill->is_match);
        return;
    }
    for (size_t i = 0; i < fill->pieces->count; i++)
        add_piece(telling, fill->pieces->pieces[i].text,
                  strlen(fill->pieces->pieces[i].text), fill->pieces->pieces[i].is_match);
}

/* Adds one sentence, its %(name) filled. */
static void tell(struct page *page, struct tree *entry, const char *sentence,
                 const struct fill *fills, size_t count)
{
    struct tree *told =
        tree_add((struct tree *)(uintptr_t)tree_get(entry, "_why"), tree_object());
    struct telling telling = {.pieces = tree_set(told, "pieces", tree_array())};
    const char *at = tr(page_catalogue(page), sentence);

    text_init(&telling.plain, SENTENCE_BYTES_MOST);
    while (*at) {
        const char *mark = strstr(at, "%("), *end = mark ? strchr(mark, ')') : NULL;
        if (!end)
            break;
        add_piece(&telling, at, (size_t)(mark - at), false);
        for (size_t i = 0; i < count; i++)
            if (strlen(fills[i].name) == (size_t)(end - mark - 2) &&
                strncmp(mark + 2, fills[i].name, (size_t)(end - mark - 2)) == 0)
                add_fill(&telling, &fills[i]);
        at = end + 1;
    }
    add_piece(&telling, at, strlen(at), false);
    tree_add_text((struct tree *)(uintptr_t)tree_get(entry, "why"), telling.plain.bytes);
    text_done(&telling.plain);
}

/* ---- what is told ---- */

/* The pieces of a label that continues a sentence: its first letter is not a capital. */
static struct marked_text continued(struct arena *arena, const struct hit_skill *skill)
{
    struct marked_text made = {
        .pieces = arena_array(arena, skill->marked.count + 1, sizeof *made.pieces)};
    const struct marked whole = {.text = skill->label};
    const struct marked *pieces = skill->marked.count ? skill->marked.pieces : &whole;

    made.count = skill->marked.count ? skill->marked.count : 1;
    for (size_t i = 0; made.pieces && i < made.count; i++)
        made.pieces[i] = pieces[i];
    if (made.pieces)
        made.pieces[0].text = french_continued(arena, pieces[0].text);
    return made.pieces && made.pieces[0].text ? made : skill->marked;
}

static size_t count_marks(const struct hit_skill *skill)
{
    size_t marks = 0;

    for (size_t i = 0; i < skill->marked.count; i++)
        marks += skill->marked.pieces[i].is_match;
    return marks;
}

/* Her words for which it was told what stands for them: each once, and not many. */
struct said {
    const char *words[SAID_MOST];
    size_t count;
};

static bool is_said(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

/* What stands for which of her words: "pantalon" for "froc". */
static void tell_said(struct page *page, struct tree *entry,
                      const struct marked_text *marked, struct said *told)
{
    for (size_t i = 0; i < marked->count && told->count < SAID_MOST; i++) {
        const struct marked *piece = &marked->pieces[i];
        const struct fill fills[] = {
            {.name = "found", .text = piece->text, .is_match = true},
            {.name = "said", .text = piece->said}};
        if (!piece->said || piece->is_called ||
            is_said(told->words, told->count, piece->said))
            continue;
        tell(page, entry, N_("“%(found)” is close to your “%(said)”."), fills, 2);
        told->words[told->count++] = piece->said;
    }
}

static void collect_called(const struct marked_text *marked, struct said *out)
{
    for (size_t i = 0; i < marked->count && out->count < SAID_MOST; i++)
        if (marked->pieces[i].is_called &&
            !is_said(out->words, out->count, marked->pieces[i].said))
            out->words[out->count++] = marked->pieces[i].said;
}

/* Which of her words call for what stands there. */
static void tell_called(struct page *page, struct tree *entry, const struct hit *hit)
{
    struct said said = {.count = 0};
    struct text words;
    struct fill fill = {.name = "words"};

    for (size_t i = 0; i < hit->skill_count; i++)
        if (hit->skills[i].is_match)
            collect_called(&hit->skills[i].marked, &said);
    collect_called(&hit->marked_title, &said);
    collect_called(&hit->marked_headline, &said);
    collect_called(&hit->snippet, &said);
    if (!said.count)
        return;
    text_init(&words, SENTENCE_BYTES_MOST);
    for (size_t i = 0; i < said.count; i++)
        text_printf(&words, "%s%s", i ? ", " : "", said.words[i]);
    fill.text = words.bytes;
    tell(page, entry, N_("Answers needs like yours: %(words)."), &fill, 1);
    text_done(&words);
}

static void tell_skill(struct page *page, struct tree *entry,
                       const struct hit_skill *skill, struct said *told)
{
    static const char *const sentences[2][2][2] = {
        {{N_("Has the skill “%(skill)” without proposing to pass it on."),
          N_("Has the skill “%(skill)” and is happy to pass it on.")},
         {N_("Has the skill “%(skill)” (level %(level) of 4) without proposing to pass "
             "it on."),
          N_("Has the skill “%(skill)” (level %(level) of 4) and is happy to pass it "
             "on.")}},
        {{N_("Knows how to %(skill) without proposing to pass it on."),
          N_("Knows how to %(skill) and is happy to pass it on.")},
         {N_("Knows how to %(skill) (level %(level) of 4) without proposing to pass it "
             "on."),
          N_("Knows how to %(skill) (level %(level) of 4) and is happy to pass it "
             "on.")}}};
    struct arena *arena = page->request->arena;
    bool says_action =
        strcmp(page->request->lang, "fr") == 0 && french_is_action(arena, skill->label);
    const struct marked_text marked =
        says_action ? continued(arena, skill) : skill->marked;
    const struct fill fills[] = {
        {.name = "skill", .pieces = &marked, .text = skill->label},
        {.name = "level", .text = (const char[]){(char)('0' + skill->level), '\0'}}};
    const struct fill other = {.name = "label", .text = skill->through, .is_match = true};

    tell(page, entry,
         sentences[says_action][skill->level != LEVEL_UNSAID][skill->is_shared], fills,
         2);
    if (skill->through && !count_marks(skill))
        tell(page, entry, N_("Also called “%(label)”."), &other, 1);
    tell_said(page, entry, &skill->marked, told);
}

/* How much of the query a skill answers: own words first, those of the thesaurus next. */
static size_t strength(const struct hit_skill *skill)
{
    return skill->is_match ? 1 + 2 * count_marks(skill) + (skill->through != NULL) : 0;
}

static size_t tell_skills(struct page *page, struct tree *entry, const struct hit *hit,
                          bool *is_told)
{
    struct said said = {.count = 0};
    size_t best = 0, told = 0;

    for (size_t i = 0; i < hit->skill_count; i++)
        if (strength(&hit->skills[i]) > best)
            best = strength(&hit->skills[i]);
    for (size_t i = 0; best && i < hit->skill_count && told < TOLD_MOST; i++) {
        if (strength(&hit->skills[i]) < best)
            continue;
        tell_skill(page, entry, &hit->skills[i], &said);
        is_told[i] = true;
        told++;
    }
    return told;
}

/* "placo, cloison" */
static const struct marked_text *list_words(struct page *page, const struct hit *hit)
{
    struct arena *arena = page->request->arena;
    struct marked_text *list = arena_alloc(arena, sizeof *list);

    if (!list)
        return NULL;
    list->pieces = arena_array(arena, 2 * hit->word_count, sizeof *list->pieces);
    for (size_t i = 0; list->pieces && i < hit->word_count; i++) {
        if (i)
            list->pieces[list->count++] = (struct marked){.text = ", "};
        list->pieces[list->count++] =
            (struct marked){.text = hit->words[i], .is_match = true};
    }
    return list;
}

void why_tell(struct page *page, struct tree *entry, const struct hit *hit, bool *is_told)
{
    static const char *const with_words[] = {N_("The card has your words: %(words)."),
                                             N_("It has your words: %(words)."),
                                             N_("The need has your words: %(words)."),
                                             N_("The session has your words: %(words).")};
    static const char *const near[] = {N_("The card is close to what you look for."),
                                       N_("It is close to what you look for."),
                                       N_("The need is close to what you look for."),
                                       N_("The session is close to what you look for.")};
    struct said said = {.count = 0};
    const struct fill words = {
        .name = "words", .pieces = list_words(page, hit), .text = ""};

    tree_set(entry, "why", tree_array());
    tree_set(entry, "_why", tree_array());
    if (hit->kind == KIND_PERSON && tell_skills(page, entry, hit, is_told)) {
        tell_called(page, entry, hit);
        return;
    }
    if (hit->word_count)
        tell(page, entry, with_words[hit->kind], &words, 1);
    else
        tell(page, entry, near[hit->kind], NULL, 0);
    for (size_t i = 0; i < hit->word_count && said.count < SAID_MOST; i++)
        said.words[said.count++] = hit->words[i]; /* hers stand there themselves */
    tell_said(page, entry, &hit->marked_title, &said);
    tell_said(page, entry, &hit->marked_headline, &said);
    tell_said(page, entry, &hit->snippet, &said);
    tell_called(page, entry, hit);
}
