/* The postman. */
#include "web/mail/post.h"

#include "base/log.h"
#include "base/worker.h"
#include "store/outbox.h"
#include "web/mail/message.h"
#include "web/mail/plain.h"
#include "web/mail/send.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LOOK_EVERY_MS = 200,
    AFTER_TROUBLE_MS = 5000,
    MAIL_ARENA_MAX = 4 << 20,
    NAME_BYTES_MOST = 64,
    HOST_BYTES_MOST = 200,
    NEVER_S = 10 * 365 * 24 * 3600
};

struct post {
    struct post_options options;
    struct db *db;
    struct worker *thread;
};

/* The host of base_url, for Message-IDs. */
static void host_of(const char *base_url, char out[HOST_BYTES_MOST])
{
    const char *from = strstr(base_url, "//");
    size_t length;

    from = from ? from + 2 : base_url;
    length = strcspn(from, ":/");
    snprintf(out, HOST_BYTES_MOST, "%.*s", (int)length, from);
}

/* The template filled with the mail's values, in the language they name. */
static err_code word(const struct post *post, const struct outbox_mail *mail,
                     struct tree *values, struct text *html, struct err *err)
{
    const char *lang = tree_text(tree_get(values, "lang"));
    err_code code;

    tree_set_text(values, "_site", post->options.config->site_name);
    code = templates_render(
        post->options.templates, mail->template, values,
        post->options.catalogue(post->options.catalogue_state, lang ? lang : "fr"), html,
        err);
    return code;
}

static const char *value_of(const struct tree *values, const char *key)
{
    return tree_text(tree_get(values, key));
}

static err_code compose(const struct post *post, const struct outbox_mail *mail,
                        const char *name, struct text *out, struct err *err)
{
    const struct config *config = post->options.config;
    struct text html, plain, subject;
    struct tree *values = NULL;
    char host[HOST_BYTES_MOST];
    err_code code = tree_from_json(mail->content, &values, err);

    if (code != ERR_NONE)
        return code;

    text_init(&html, MESSAGE_BYTES_MOST / 4);
    text_init(&plain, MESSAGE_BYTES_MOST / 4);
    text_init(&subject, 1000);
    host_of(config->base_url, host);
    code = word(post, mail, values, &html, err);
    if (code == ERR_NONE) {
        plain_text(html.bytes, &plain);
        plain_title(html.bytes, &subject);
        code = message_write(
            &(struct message){.from_name = config->site_name,
                              .from = config->mail_from,
                              .to = mail->recipient,
                              .subject = subject.bytes,
                              .id = name,
                              .host = host,
                              .plain = plain.bytes,
                              .html = html.bytes,
                              .unsubscribe_url = value_of(values, "_unsubscribe_url"),
                              .ics = value_of(values, "_ics"),
                              .ics_method = value_of(values, "_ics_method"),
                              .at = mail->created_at},
            out, err);
    }
    text_done(&html);
    text_done(&plain);
    text_done(&subject);
    tree_free(values);
    return code;
}

struct outcome {
    int64_t id, now, again_at;
    const char *reason; /* NULL: it has left */
};

static err_code write_outcome(struct db *db, void *argument, struct err *err)
{
    const struct outcome *outcome = argument;

    return outcome->reason ? outbox_failed(db, outcome->id, outcome->again_at,
                                           outcome->reason, outcome->now, err)
                           : outbox_sent(db, outcome->id, outcome->now, err);
}

/* A minute after the first failure, then longer each time, to about a day. */
static int64_t next_try(int64_t now, int64_t tries)
{
    return now + (60 << (tries < 10 ? tries : 10));
}

static err_code deliver(const struct post *post, const struct outbox_mail *mail,
                        int64_t now, struct err *err)
{
    struct outcome outcome = {
        .id = mail->id, .now = now, .again_at = next_try(now, mail->tries)};
    char name[NAME_BYTES_MOST];
    struct err trouble = {0};
    struct text bytes;
    err_code code;

    snprintf(name, sizeof name, "%" PRId64 "-%" PRId64, mail->created_at, mail->id);
    text_init(&bytes, MESSAGE_BYTES_MOST);
    code = compose(post, mail, name, &bytes, &trouble);
    if (code == ERR_NONE)
        code = send_mail(post->options.config, mail->recipient, name, bytes.bytes,
                         bytes.length, &trouble);
    text_done(&bytes);
    if (code != ERR_NONE) {
        outcome.reason = trouble.text;
        if (code == ERR_INVALID)
            outcome.again_at = now + NEVER_S; /* it will not be taken later either */
        log_line(LOG_WARNING, "mail", "error", trouble.text, NULL);
    }
    return writer_do(post->options.writer, write_outcome, &outcome, err);
}

/* Sends the next mail; *had_one tells whether to look again at once. */
static err_code look(struct post *post, bool *had_one, struct err *err)
{
    struct arena *arena = arena_new(MAIL_ARENA_MAX);
    int64_t now = post->options.now(post->options.now_state);
    struct outbox_mail mail;
    err_code code = arena ? outbox_next(post->db, arena, now, &mail, had_one, err)
                          : err_set(err, ERR_MEMORY, "no memory for a mail");

    if (code == ERR_NONE && *had_one)
        code = deliver(post, &mail, now, err);
    arena_free(arena);
    return code;
}

static int turn(void *state)
{
    struct err err = {0};
    bool had_one = false;
    err_code code = look(state, &had_one, &err);

    if (code != ERR_NONE)
        log_line(LOG_ERROR, "mail", "error", err.text, NULL);
    return code != ERR_NONE ? AFTER_TROUBLE_MS : had_one ? 0 : LOOK_EVERY_MS;
}

err_code post_start(struct post **out, const struct post_options *options,
                    struct err *err)
{
    struct post *post = calloc(1, sizeof *post);
    err_code code;

    if (!post)
        return err_set(err, ERR_MEMORY, "no memory for the postman");
    post->options = *options;
    code = db_open(&post->db, options->address, DB_READ, err);
    if (code == ERR_NONE)
        code = worker_start(&post->thread, turn, post, err);
    if (code != ERR_NONE) {
        db_close(post->db);
        free(post);
        return code;
    }
    *out = post;
    return ERR_NONE;
}

void post_stop(struct post *post)
{
    if (!post)
        return;
    worker_stop(post->thread);
    db_close(post->db);
    free(post);
}
