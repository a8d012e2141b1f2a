/* Learning what words mean from what the site has, and from files its admin adds. */
#ifndef EXCHANGE_ACTION_LEARN_H
#define EXCHANGE_ACTION_LEARN_H

#include "base/progress.h"
#include "config/config.h"
#include "indexer/learn/learn.h"
#include "store/driver.h"

/* Files are read where they are and not kept. */
struct learn_sources {
    const char *rome; /* folder of ROME's CSV files; NULL: none */
    const char *esco; /* CSV with preferredLabel and altLabels; NULL: none */
    const char *const
        *lists; /* a text a line, or {"…": ["word", …]} a line; may be gzip */
    size_t list_count;
    const char *content; /* folder whose lexicon/….txt and situations/….txt are learnt,
                            as are those of the site's own content folder; NULL: none */
    const char *synonyms; /* MyThes .dat; NULL: Debian's, when it is there */
    bool has_records;     /* learn from thesauri, cards and needs of the site too */
};

/* Learns and writes the model into the data folder; notes that the index is to be made
 * anew. */
MUST_USE err_code learn_run(const struct config *config, const char *address,
                            const struct learn_sources *sources, int64_t now,
                            struct progress *progress, struct learnt *out,
                            struct err *err);

#endif
