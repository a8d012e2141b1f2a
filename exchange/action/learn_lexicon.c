/* Lexicons: terms of near meaning, a line each, "gérer les stocks | tenir l'inventaire |
 * …". */
#include "exchange/action/learn_files.h"

#include "base/file.h"
#include "base/unicode.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEXICON_BYTES_MOST = 64 << 20, LINE_TERMS_MOST = 32 };

static err_code learn_line(struct learner *learner, char *line, struct err *err)
{
    const char *terms[LINE_TERMS_MOST];
    size_t count = 0;
    char *save = NULL;

    line[strcspn(line, "\r")] = '\0';
    for (char *term = strtok_r(line, "|", &save); term;
         term = strtok_r(NULL, "|", &save)) {
        term += strspn(term, " \t");
        if (!*term)
            continue;
        if (count == LINE_TERMS_MOST)
            return err_set(err, ERR_INVALID, "at most %d terms of near meaning",
                           LINE_TERMS_MOST);
        terms[count++] = term;
    }
    if (count < 2)
        return err_set(err, ERR_INVALID,
                       "at least two terms of near meaning, with | between them");
    return learner_near(learner, terms, count, err);
}

static err_code learn_file(struct learner *learner, const char *path, struct err *err)
{
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
        code = learn_line(learner, line, err);
        if (code != ERR_NONE)
            err_context(err, "%s, line %zu", path, number);
    }
    text_done(&file);
    return code;
}

static int is_lexicon(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return entry->d_name[0] != '.' && length > 4 &&
           strcmp(entry->d_name + length - 4, ".txt") == 0;
}

err_code learn_lexicon(struct learner *learner, const char *folder, struct err *err)
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
            code = learn_file(learner, path, err);
        }
        free(entries[i]);
    }
    free(entries);
    return code;
}
