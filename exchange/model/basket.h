/* The baskets of the facilitator's Monday page. */
#ifndef EXCHANGE_MODEL_BASKET_H
#define EXCHANGE_MODEL_BASKET_H

/* Stored in basket_seen: numbers never change their meaning. */
enum basket {
    BASKET_TO_QUALIFY,      /* needs nobody said what they are about */
    BASKET_NO_REPLY,        /* needs without an answer after the second follow-up */
    BASKET_AT_RISK,         /* after the third one */
    BASKET_UNDER_THRESHOLD, /* sessions with too few people before their go/no-go date */
    BASKET_SILENT,          /* cards invited and not confirmed, or grown stale */
    BASKET_UNANSWERED,      /* contacts that wait for an answer */
    BASKET_ALIKE            /* needs that could be merged */
};
enum { BASKET_COUNT = 7 };

#endif
