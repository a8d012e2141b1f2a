/* Two people change one session: what one has done since the other opened the form. The
 * form carries a stamp of what it showed, a word a part; where the stamp of what stands
 * now differs, somebody changed that part meanwhile. The number of the record's version
 * would not do: it grows with every registration. */
#ifndef EXCHANGE_ACTION_SESSION_MERGE_H
#define EXCHANGE_ACTION_SESSION_MERGE_H

#include "exchange/action/session_mail.h"
#include "exchange/action/session_propose.h"

/* Of a form as session_was_fill makes it; NULL when the arena is full. */
const char *session_stamp(struct arena *arena, const struct session_form *form);
/* Bits of enum session_part: what no longer stands as the form's stamp has it. A form
 * without a stamp, or with one that is none, finds nothing changed. */
unsigned session_meanwhile(struct arena *arena, const struct session_form *form,
                           const struct session_form *stands);
/* The parts she left as they were are filled in as they stand now; returns those that
 * both changed: there her own words are kept. */
unsigned session_merge(struct arena *arena, struct session_form *form,
                       const struct session_form *stands);

#endif
