/* The numbered steps of the schema, compiled in from the files of store/schema. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

extern const char *const schema_texts[]; /* step n at [n - 1] */
extern const int schema_latest;          /* how many steps there are */

#endif
