/* Words for the codes that records keep: levels, kinds of structures and poles,
 * languages. */
#ifndef WEB_PAGE_LABELS_H
#define WEB_PAGE_LABELS_H

#include "base/arena.h"
#include "exchange/model/person.h"
#include "web/view/catalogue.h"
#include "web/view/tree.h"

/* "maîtrise"; NULL for LEVEL_UNSAID. */
const char *label_level(const struct catalogue *catalogue, enum skill_level level);
/* Adds the names of the formats in the set, "atelier" and so on, to an array. */
void label_formats(const struct catalogue *catalogue, unsigned formats, struct tree *names);
/* "coopérative d’activité et d’emploi" for "cae"; a kind that is not ours is itself; NULL
 * stays NULL. */
const char *label_structure_kind(const struct catalogue *catalogue, const char *kind);
/* "pôle métier" for "trade" */
const char *label_pole_kind(const struct catalogue *catalogue, const char *kind);
/* "français" for "fr"; a code that is not ours is itself. */
const char *label_language(const struct catalogue *catalogue, const char *code);

/* The code of a language by its name in any of our languages, or the code itself, whatever the
 * case; NULL when we know none, *is_blank when nothing was typed. In the arena or static. */
const char *label_language_code(struct arena *arena, const struct catalogue *catalogue,
                                const char *name, bool *is_blank);
/* Adds the names of those we know, in the order of their codes. */
void label_languages(const struct catalogue *catalogue, struct tree *names);

#endif
