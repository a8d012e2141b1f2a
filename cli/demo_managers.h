/* Who manages the structures of the demonstration: content/demo/managers.csv, a row a role
 * (structure, email), to be had like the spreadsheets before it: done twice, nothing is added.
 *
 * It makes accounts of addresses that end in example.org and the like, without a password:
 * whoever reads the mails of the data folder comes in, nobody else. */
#ifndef CLI_DEMO_MANAGERS_H
#define CLI_DEMO_MANAGERS_H

#include "store/writer.h"

/* Adds the roles of `folder`/managers.csv that are not there yet; *added counts them, `lang` is
 * the accounts'. ERR_INVALID "FILE:LINE: …" for a row without structure and address, ERR_NOT_FOUND
 * for a structure that is not there; as csv_open and file_read. Nothing is written then. */
MUST_USE err_code demo_managers(struct writer *writer, const char *folder,
                                const char *lang, int64_t now, int64_t *added,
                                struct err *err);

#endif
