/* Lexicons: terms of near meaning, a line each, "gérer les stocks | tenir l'inventaire |
 * …". Situations: names of a skill and needs that it answers, "premiers secours | gestes
 * qui sauvent = un collègue s'effondre | il s'étouffe à table | …". */
#include "exchange/action/learn_files.h"

#include "base/file.h"
#include "base/text.h"
#include "base/unicode.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEXICON_BYTES_MOST = 64 << 20, LINE_TERMS_MOST = 32 };

struct terms {
    const char *items[LINE_TERMS_MOST];
    size_t count;
};

static err_code read_terms(char *line, struct terms *out, struct err *err)
{
    char *save = NULL;

    out->count = 0;
    for (char *term = strtok_r(line, "|", &save); term;
         term = strtok_r(NULL, "|", &save)) {
        term += strspn(term, " \t");
        if (!*term)
            continue;
        if (out->count == LINE_TERMS_MOST)
            return err_set(err, ERR_INVALID, "at most %d terms with | between them",
                           LINE_TERMS_MOST);
        out->items[out->count++] = term;
    }
    return ERR_NONE;
}

typedef err_code learn_line(struct learner *learner, const char *lang, char *line,
                            struct err *err);

static err_code learn_near(struct learner *learner, const char *lang, char *line,
                           struct err *err)
{
    struct terms terms;
    err_code code = read_terms(line, &terms, err);

    (void)lang; /* the words of each term tell */
    if (code == ERR_NONE && terms.count < 2)
        code = err_set(err, ERR_INVALID,
                       "at least two terms of near meaning, with | between them");
    return code == ERR_NONE ? learner_near(learner, terms.items, terms.count, err) : code;
}

static err_code learn_situation(struct learner *learner, const char *lang, char *line,
                                struct err *err)
{
    struct terms names = {.count = 0}, needs = {.count = 0};
    struct learn_situation situation;
    char *sign = strchr(line, '=');
    err_code code = ERR_NONE;

    if (sign) {
        *sign = '\0';
        code = read_terms(sign + 1, &needs, err);
    }
    if (code == ERR_NONE)
        code = read_terms(line, &names, err);
    if (code == ERR_NONE && (!names.count || !needs.count))
        code = err_set(err, ERR_INVALID,
                       "names of a skill, =, and needs that it answers, with | between");
    situation = (struct learn_situation){.lang = lang,
                                         .names = names.items,
                                         .name_count = names.count,
                                         .needs = needs.items,
                                         .need_count = needs.count};
    return code == ERR_NONE ? learner_situation(learner, &situation, err) : code;
}

static err_code learn_file(struct learner *learner, const char *path, learn_line *learn,
                           struct err *err)
{
    const char *lang = text_ends_with(path, ".en.txt") ? "en" : "fr";
    struct text file;
    size_t number = 0;
    err_code code;

    text_init(&file, LEXICON_BYTES_MOST);
    code = file_read(path, &file, err);
    if (code == ERR_NONE &&
        (!unicode_is_valid(file.bytes, file.length) || strlen(file.bytes) != file.length))
        code = err_set(err, ERR_INVALID, "%s: not UTF-8 text", path);
    for (char *line = file.bytes, *next; code == ERR_NONE && line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        number++;
        if (*line == '#' || !line[strspn(line, " \t\r")])
            continue;
        line[strcspn(line, "\r")] = '\0';
        code = learn(learner, lang, line, err);
        if (code != ERR_NONE)
            err_context(err, "%s, line %zu", path, number);
    }
    text_done(&file);
    return code;
}

static int is_lexicon(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && text_ends_with(entry->d_name, ".txt");
}

static err_code learn_folder(struct learner *learner, const char *folder,
                             learn_line *learn, struct err *err)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_lexicon, alphasort);
    err_code code = ERR_NONE;

    if (count < 0)
        return errno == ENOENT ? ERR_NONE
                               : err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        char path[PATH_MAX];
        if (code == ERR_NONE) {
            snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
            code = learn_file(learner, path, learn, err);
        }
        free(entries[i]);
    }
    free(entries);
    return code;
}

err_code learn_lexicon(struct learner *learner, const char *folder, struct err *err)
{
    return learn_folder(learner, folder, learn_near, err);
}

err_code learn_situations(struct learner *learner, const char *folder, struct err *err)
{
    return learn_folder(learner, folder, learn_situation, err);
}
