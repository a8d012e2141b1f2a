/* Where a mail goes. */
#include "web/mail/send.h"

#include "base/arena.h"
#include "base/file.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

enum {
    ADDRESS_BYTES_MOST = 400,
    CONNECT_S = 10,
    WHOLE_S = 60,
    PASSWORD_BYTES_MOST = 1024
};

struct reading {
    const char *bytes;
    size_t length, at;
};

static size_t read_some(char *out, size_t size, size_t count, void *state)
{
    struct reading *reading = state;
    size_t left = reading->length - reading->at;
    size_t step = size * count < left ? size * count : left;

    memcpy(out, reading->bytes + reading->at, step);
    reading->at += step;
    return step;
}

/* The first line of the password's file. */
static err_code read_password(const char *path, struct text *out, struct err *err)
{
    err_code code = *path ? file_read(path, out, err) : ERR_NONE;

    if (code == ERR_NONE)
        out->bytes[strcspn(out->bytes, "\r\n")] = '\0';
    return code;
}

static err_code hand_over(CURL *curl, const struct config *config, const char *to,
                          const char *password, struct reading *reading, struct err *err)
{
    char from[ADDRESS_BYTES_MOST], recipient[ADDRESS_BYTES_MOST],
        said[CURL_ERROR_SIZE] = "";
    struct curl_slist *recipients;
    CURLcode done;
    long answer = 0;

    snprintf(from, sizeof from, "<%s>", config->mail_from);
    snprintf(recipient, sizeof recipient, "<%s>", to);
    recipients = curl_slist_append(NULL, recipient);
    if (!recipients)
        return err_set(err, ERR_MEMORY, "no memory for a mail");
    curl_easy_setopt(curl, CURLOPT_URL, config->mail_server);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_some);
    curl_easy_setopt(curl, CURLOPT_READDATA, reading);
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     *config->mail_user ? CURLUSESSL_ALL : CURLUSESSL_TRY);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, said);
    if (*config->mail_user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, config->mail_user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
    }
    done = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
    curl_slist_free_all(recipients);
    if (done == CURLE_OK)
        return ERR_NONE;
    return err_set(err, answer >= 500 && answer < 600 ? ERR_INVALID : ERR_IO, "%s: %s",
                   config->mail_server, *said ? said : curl_easy_strerror(done));
}

static err_code send_smtp(const struct config *config, const char *to, const char *bytes,
                          size_t length, struct err *err)
{
    struct reading reading = {.bytes = bytes, .length = length};
    CURL *curl = curl_easy_init();
    struct text password;
    err_code code;

    if (!curl)
        return err_set(err, ERR_MEMORY, "no memory for a mail");
    text_init(&password, PASSWORD_BYTES_MOST);
    code = read_password(config->mail_password_file, &password, err);
    if (code == ERR_NONE)
        code = hand_over(curl, config, to, password.bytes, &reading, err);
    text_done(&password);
    curl_easy_cleanup(curl);
    return code;
}

static err_code send_folder(const struct config *config, const char *name,
                            const char *bytes, size_t length, struct err *err)
{
    struct text path;
    err_code code;

    text_init(&path, 4096);
    text_printf(&path, "%s/mail", config->data_folder);
    code = text_failed(&path)
               ? err_set(err, ERR_LIMIT, "the data folder's name is too long")
               : file_make_folder(path.bytes, err);
    text_printf(&path, "/%s.eml", name);
    if (code == ERR_NONE && text_failed(&path))
        code = err_set(err, ERR_LIMIT, "the data folder's name is too long");
    if (code == ERR_NONE)
        code = file_write(path.bytes, bytes, length, err);
    text_done(&path);
    return code;
}

err_code send_mail(const struct config *config, const char *to, const char *name,
                   const char *bytes, size_t length, struct err *err)
{
    if (strcmp(config->mail_mode, "smtp") == 0)
        return send_smtp(config, to, bytes, length, err);
    if (strcmp(config->mail_mode, "dir") == 0)
        return send_folder(config, name, bytes, length, err);
    return ERR_NONE;
}
