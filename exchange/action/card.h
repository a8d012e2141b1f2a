/* A card in the hands of those who may change it: herself, come in or by a link from a
 * mail, the managers of her structure, an admin. What she says of it (publish, confirm,
 * withdraw, decline) and what she fills in. */
#ifndef EXCHANGE_ACTION_CARD_H
#define EXCHANGE_ACTION_CARD_H

#include "exchange/action/ctx.h"

enum {
    CARD_NAME_MOST = 200, /* code points, as all below */
    CARD_HEADLINE_MOST = 200,
    CARD_ABOUT_MOST = 3000,
    CARD_COMMUNE_MOST = 80,
    CARD_ACCESS_MOST = 500,
    CARD_SKILL_MOST = 200,
    CARD_SKILLS_MOST = 30, /* lines */
    CARD_QUOTA_MOST = 100,
    CARD_MISTAKES_MOST = CARD_SKILLS_MOST + 12
};

/* Which card, and by what right. */
struct card_access {
    const char *token; /* of a LINK_CARD: its subject's card; NULL: */
    int64_t person_id; /* this one, as ctx->actor may (EDIT_CARD); 0: her own */
};

/* Reads it for a page that shows or fills it in. Of someone who has come in and has no
 * card yet out->id is 0, her address is set and nothing else. *is_hers: who acts is the
 * person herself. ERR_NOT_FOUND (field "link") for a link that is no good, ERR_FORBIDDEN,
 * ERR_CONFLICT (field "email") when several cards bear her address. */
MUST_USE err_code card_read_for(struct ctx *ctx, const struct card_access *access,
                                struct person *out, bool *is_hers, struct err *err);

enum card_deed {
    CARD_PUBLISH,  /* others see it from now on; confirmed; consent given */
    CARD_CONFIRM,  /* it is still right; one hidden by age comes back */
    CARD_WITHDRAW, /* nobody sees it any more, nothing is lost */
    CARD_DECLINE   /* she wants none: hidden, its words erased but her name, address and
                      number in   her structure, so that she is not invited again; consent
                      taken back */
};
/* On field "consent": ERR_INVALID when someone else publishes a card that is not shown
 * and `has_paper` (she agreed on paper) is not set; ERR_CONFLICT when someone else
 * touches a card she declined, or confirms one that is not shown, and when her address
 * has another card that says something (one that says nothing becomes this one). Only she
 * declines (ERR_FORBIDDEN). The rest as card_read_for. Doing it twice is fine. */
MUST_USE err_code card_do(struct ctx *ctx, const struct card_access *access,
                          enum card_deed deed, bool has_paper, struct err *err);

/* Whether publishing that card is refused to her because her address has another one. */
MUST_USE err_code card_has_other(struct ctx *ctx, const struct person *person, bool *has,
                                 struct err *err);

/* A form as it was typed; NULL and "" are nothing. */
struct card_line {
    const char *label, *level; /* level "0" to "4" */
    bool is_shared;
};
/* Beside the formats of a form: something was ticked that is none. */
#define CARD_FORMAT_ODD (1u << 31)

struct card_form {
    const char *name, *headline, *about, *commune, *access, *quota;
    const char *day, *month, *year; /* back from a pause */
    const char *visibility;         /* "0" to "2" */
    const char *languages;          /* codes separated by blanks */
    bool is_indexable;
    unsigned formats, day_parts; /* enum format; exchange/model/week.h */
    struct card_line lines[CARD_SKILLS_MOST];
    size_t line_count;
    int64_t version; /* of the card she saw */
};
struct card_mistakes {
    struct err items[CARD_MISTAKES_MOST];
    size_t count;
};

/* Puts the form into `person` (as card_read_for gave it): every mistake is told, with the
 * field's name in the page ("name", "skill-3", …). Skills are linked to the thesaurus.
 * ERR_INVALID when there is a mistake; `person` then holds what could be read, for
 * showing. */
MUST_USE err_code card_fill(struct ctx *ctx, const struct card_form *form,
                            struct person *person, struct card_mistakes *mistakes,
                            struct err *err);

enum card_saving {
    CARD_KEEP,       /* as visible as it was; confirmed when she does it herself */
    CARD_AND_PUBLISH /* and CARD_PUBLISH */
};
/* Saves a card filled by card_fill; one that was not there is made (id set). ERR_CONFLICT
 * on field "version" when it changed since form->version, the rest as card_do. */
MUST_USE err_code card_save(struct ctx *ctx, const struct card_access *access,
                            struct person *person, int64_t version,
                            enum card_saving saving, bool has_paper, struct err *err);

#endif
