/* The words in which rules and rows speak of states, levels and formats. */
#include "exchange/model/need.h"
#include "exchange/model/session.h"
#include "exchange/model/skill.h"

#include <string.h>
#include <strings.h>

enum { MONTH_S = 30 * 86400 };

static const char *const level_words[] = {"", "notions", "practises", "masters", "trains"};
static const char *const card_words[] = {"draft", "published", "hidden"};
static const char *const need_words[] = {"stated", "qualified", "grouped", "met",
                                         "given_up"};
static const char *const session_words[] = {"proposed", "confirmed", "held", "cancelled"};

static const char *const registration_words[] = {"seated", "waiting", "left", "attended",
                                                 "absent"};

static int find_word(const char *const *words, int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

const char *level_word(enum skill_level level)
{
    return level_words[level];
}

const char *card_state_word(enum card_state state)
{
    return card_words[state];
}

bool card_state_parse(const char *word, enum card_state *out)
{
    int found = find_word(card_words, 3, word);

    if (found >= 0)
        *out = (enum card_state)found;
    return found >= 0;
}

const char *format_word(enum format format)
{
    switch (format) {
    case FORMAT_CALL:
        return "call";
    case FORMAT_WORKSHOP:
        return "workshop";
    case FORMAT_VISIT:
        return "visit";
    case FORMAT_ONE_TO_ONE:
        return "one_to_one";
    case FORMAT_CIRCLE:
        return "circle";
    }
    return "";
}

const char *need_state_word(enum need_state state)
{
    return need_words[state];
}

bool need_state_parse(const char *word, enum need_state *out)
{
    int found = find_word(need_words, 5, word);

    if (found >= 0)
        *out = (enum need_state)found;
    return found >= 0;
}

const char *session_state_word(enum session_state state)
{
    return session_words[state];
}

bool session_state_parse(const char *word, enum session_state *out)
{
    int found = find_word(session_words, 4, word);

    if (found >= 0)
        *out = (enum session_state)found;
    return found >= 0;
}

const char *registration_state_word(enum registration_state state)
{
    return registration_words[state];
}

bool need_is_open(enum need_state state)
{
    return state == NEED_STATED || state == NEED_QUALIFIED || state == NEED_GROUPED;
}

bool need_may_become(enum need_state from, enum need_state to)
{
    /* rows: from; columns: stated, qualified, grouped, met, given up */
    static const bool may[5][5] = {
        {false, true, true, true, true},   /* stated */
        {true, false, true, true, true},   /* qualified: may be taken back */
        {false, true, false, true, true},  /* grouped: may be split off */
        {false, true, false, false, false}, /* met: reopened when it was not */
        {true, true, false, false, false},  /* given up: taken up again */
    };

    return may[from][to];
}

bool session_may_become(enum session_state from, enum session_state to)
{
    return (from == SESSION_PROPOSED && (to == SESSION_CONFIRMED || to == SESSION_CANCELLED)) ||
           (from == SESSION_CONFIRMED && (to == SESSION_HELD || to == SESSION_CANCELLED));
}

bool session_place_is_online(const struct session *session)
{
    static const char *const words[] = {"en ligne", "online", "à distance", "visio"};

    for (size_t i = 0; session->place && i < sizeof words / sizeof words[0]; i++)
        if (strcasecmp(session->place, words[i]) == 0)
            return true;
    return false;
}

size_t session_seats_taken(const struct session *session)
{
    size_t taken = 0;

    for (size_t i = 0; i < session->registration_count; i++)
        taken += session->registrations[i].state == REGISTRATION_SEATED ||
                 session->registrations[i].state == REGISTRATION_ATTENDED ||
                 (session->registrations[i].state == REGISTRATION_WAITING &&
                  session->registrations[i].hold_until);
    return taken;
}

int64_t person_shown_since(int64_t now, int hidden_months)
{
    return now - (int64_t)hidden_months * MONTH_S;
}

enum freshness person_freshness(const struct person *person, int64_t now,
                                int to_confirm_months, int sinks_months,
                                int hidden_months)
{
    int64_t since = person->confirmed_at ? person->confirmed_at : person->created_at;
    int64_t age_s = now - since;

    if (since <= person_shown_since(now, hidden_months))
        return EXPIRED;
    if (age_s >= (int64_t)sinks_months * MONTH_S)
        return SINKING;
    if (age_s >= (int64_t)to_confirm_months * MONTH_S || !person->confirmed_at)
        return TO_CONFIRM;
    return FRESH;
}

const char *skill_name(const struct skill *skill, const char *lang)
{
    const char *french = NULL;

    for (size_t i = 0; i < skill->label_count; i++) {
        if (skill->labels[i].kind != LABEL_PREFERRED)
            continue;
        if (strcmp(skill->labels[i].lang, lang) == 0)
            return skill->labels[i].text;
        if (strcmp(skill->labels[i].lang, "fr") == 0)
            french = skill->labels[i].text;
    }
    if (french)
        return french;
    return skill->label_count ? skill->labels[0].text : "";
}
