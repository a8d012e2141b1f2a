/* How far the communes of the territory are from each other. */
#ifndef CONFIG_TERRITORY_H
#define CONFIG_TERRITORY_H

#include "config/config.h"

enum { COMMUNES_MOST = 2000, COMMUNE_BYTES_MOST = 200 };

/* The commune of that name, folded (unicode_fold); NULL: the configuration does not name
 * it. */
const struct config_commune *territory_find(const struct config *config, const char *key);

/* Kilometres as the crow flies, 0 or more; -1 when either is NULL or nobody said where it
 * is. The earth is a ball of 6,371 km (mean radius of WGS 84), which is right to half a
 * percent. */
double territory_km(const struct config_commune *a, const struct config_commune *b);

#endif
