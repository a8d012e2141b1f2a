/* The HTTP server: the only file that knows libmicrohttpd. */
#include "web/http/server.h"

#include "base/clock.h"
#include "base/log.h"
#include "web/http/admit.h"
#include "web/http/answer.h"
#include "web/http/deadline.h"
#include "web/http/door.h"
#include "web/http/guard.h"
#include "web/http/listen.h"
#include "web/http/memory.h"
#include "web/http/refuse.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    REQUEST_ARENA_MAX = 64 << 20,
    CONNECTION_MEMORY = 32 * 1024, /* headers that do not fit are refused with 431 */
    IDLE_S = 15,
    CROWDED_S = 1,
    ANSWER_S = 120, /* time a client has to read the answer */
    STOP_STEP_MS = 10,
    STOP_QUIET_MS = 50,
    SHOWN_LENGTH = 24
};

struct server {
    struct server_options options;
    struct MHD_Daemon *daemon;
    struct door *door;
    int listening, port;
    int connections_most;
    atomic_int connections;
    atomic_int running; /* requests being answered */
    struct deadlines *deadlines;
    struct page_memory *memory; /* NULL: every page is made for each request */
};

/* One request on its way. */
struct exchange {
    struct server *server;
    struct arena *arena;
    struct request request;
    struct response response;
    struct head head;
    struct admission admission;
    struct answering answering;
    struct text form;
    struct MHD_Connection *connection;
    struct watched *watched;
    const char *raw;       /* the target as sent, in our arena */
    const char *target_at; /* where libmicrohttpd has it */
    int refused;           /* a status, 0 when fine */
    bool is_seen;          /* the first call with headers happened */
    int64_t started_us;
};

static void exchange_free(struct exchange *exchange)
{
    if (!exchange)
        return;
    text_done(&exchange->form);
    text_done(&exchange->response.body);
    answer_done(&exchange->answering);
    arena_free(exchange->arena);
    free(exchange);
}

static bool has_room(void *state)
{
    const struct server *server = state;

    return server->connections < server->connections_most;
}

static void take_connection(void *state, int socket, const struct sockaddr *address,
                            socklen_t length)
{
    struct server *server = state;

    server->connections++; /* libmicrohttpd closes what it cannot take */
    if (MHD_add_connection(server->daemon, socket, address, length) != MHD_YES)
        server->connections--;
}

static void on_connection(void *argument, struct MHD_Connection *connection,
                          void **context, enum MHD_ConnectionNotificationCode what)
{
    struct server *server = argument;
    const union MHD_ConnectionInfo *info;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *context = info ? deadlines_add(server->deadlines, info->connect_fd,
                                        (int)server->options.config->header_deadline_s)
                        : NULL;
        return;
    }
    server->connections--;
    if (*context) {
        /* libmicrohttpd forgets some requests: none is completed whose fields it has no
         * room for */
        exchange_free(watched_task(*context));
        deadlines_remove(server->deadlines, *context);
        *context = NULL;
    }
}

/* The raw request target, before libmicrohttpd cuts or decodes anything. */
static void *on_target(void *argument, const char *target,
                       struct MHD_Connection *connection)
{
    struct exchange *exchange = calloc(1, sizeof *exchange);
    const union MHD_ConnectionInfo *info;

    if (!exchange)
        return NULL;
    exchange->server = argument;
    exchange->connection = connection;
    exchange->started_us = clock_monotonic_us();
    exchange->arena = arena_new(REQUEST_ARENA_MAX);
    exchange->target_at = target;
    exchange->raw = exchange->arena ? arena_strdup(exchange->arena, target) : NULL;
    text_init(&exchange->form,
              (size_t)exchange->server->options.config->body_limit_bytes);
    text_init(&exchange->response.body, RESPONSE_BODY_MAX);
    text_init(&exchange->answering.gzip, RESPONSE_BODY_MAX);
    info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    exchange->watched = info ? info->socket_context : NULL;
    watched_busy(exchange->watched, exchange);
    if (target_is_crowded(target)) /* it may never come to an answer */
        watched_owes(exchange->watched, CROWDED_S);
    return exchange;
}

static void log_request(const struct exchange *exchange)
{
    char status[SHOWN_LENGTH], took[SHOWN_LENGTH], length[SHOWN_LENGTH];

    snprintf(status, sizeof status, "%d", exchange->response.status);
    snprintf(length, sizeof length, "%zu",
             exchange->answering.bytes ? exchange->answering.bytes->length : 0);
    snprintf(took, sizeof took, "%.1f",
             (double)(clock_monotonic_us() - exchange->started_us) / 1000);
    log_line(LOG_INFO, "request", "id", exchange->request.id, "method",
             exchange->admission.is_head               ? "HEAD"
             : exchange->request.method == METHOD_POST ? "POST"
                                                       : "GET",
             "path", exchange->request.path, "status", status, "bytes", length, "ms",
             took, NULL);
}

static void on_completed(void *argument, struct MHD_Connection *connection,
                         void **context, enum MHD_RequestTerminationCode how)
{
    struct server *server = argument;
    struct exchange *exchange = *context;

    (void)connection;
    (void)how;
    if (!exchange)
        return;
    watched_busy(exchange->watched, NULL);
    watched_rest(exchange->watched, IDLE_S);
    if (exchange->is_seen) {
        if (log_is_on(LOG_INFO))
            log_request(exchange);
        server->running--;
    }
    exchange_free(exchange);
    *context = NULL;
}

static enum MHD_Result take_header(void *argument, enum MHD_ValueKind kind,
                                   const char *name, const char *value)
{
    (void)kind;
    head_add(argument, name, value);
    return MHD_YES;
}

static void fill_address(struct MHD_Connection *connection, struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char peer[ADDRESS_TEXT_MAX], text[ADDRESS_TEXT_MAX];

    listen_address_text(info ? info->client_addr : NULL, peer);
    listen_client(exchange->server->options.config->listen_fronts, peer,
                  exchange->head.forwarded, text);
    exchange->request.address = arena_strdup(exchange->arena, text);
}

/* 0, or the status to refuse the request with. */
static int check(struct exchange *exchange, struct MHD_Connection *connection,
                 const char *method, const char *version)
{
    struct server *server = exchange->server;
    struct head *head = &exchange->head;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    head_start(head, method, exchange->target_at,
               exchange->raw ? strlen(exchange->raw) : 0, version);
    MHD_get_connection_values(connection, MHD_HEADER_KIND, take_header, head);
    head_end(head, info ? info->header_size : 0);
    exchange->request.arena = exchange->arena;
    fill_address(connection, exchange);
    return admit(&server->options, server->port, head, exchange->raw, &exchange->request,
                 &exchange->admission);
}

static void add_header(struct MHD_Response *made, const char *name, const char *value)
{
    if (value && *value && !strpbrk(value, "\r\n"))
        (void)MHD_add_response_header(made, name, value);
}

/* After a refusal nothing that follows on the connection can be trusted, unless it was
 * only a page that is not there. Of chunks libmicrohttpd may end the trailer too soon. */
static bool may_stay(const struct exchange *exchange)
{
    const struct head *head = &exchange->head;

    if (head->is_chunked)
        return false;
    return !exchange->refused ||
           ((exchange->refused == 308 || exchange->refused == 404) && !head->length);
}

static void add_headers(const struct exchange *exchange, bool is_gzip,
                        struct MHD_Response *made)
{
    const struct response *response = &exchange->response;
    const char *cache = response->cache_control;

    add_header(made, "Content-Type", response->content_type);
    add_header(made, "Cache-Control", cache ? cache : "no-store");
    add_header(made, "Location", response->location);
    add_header(made, "ETag", response->etag);
    add_header(made, "Content-Security-Policy", SECURITY_POLICY);
    add_header(made, "X-Content-Type-Options", "nosniff");
    add_header(made, "Referrer-Policy", "same-origin");
    add_header(made, "Permissions-Policy",
               "camera=(), geolocation=(), microphone=(), payment=()");
    add_header(made, "Cross-Origin-Opener-Policy", "same-origin");
    add_header(made, "Cross-Origin-Resource-Policy", "same-origin");
    add_header(made, "Vary", "Accept, Accept-Encoding");
    add_header(made, "Accept-Ranges", "none");
    if (is_gzip)
        add_header(made, "Content-Encoding", "gzip");
    for (size_t i = 0; i < response->extra_count; i++)
        add_header(made, response->extra_names[i], response->extra_values[i]);
    if (response->status == 405)
        add_header(made, "Allow", exchange->admission.allowed);
    if (response->status == 503)
        add_header(made, "Retry-After", "5");
    if (!may_stay(exchange))
        add_header(made, "Connection", "close");
}

static struct MHD_Response *make_response(const struct exchange *exchange)
{
    const struct text *bytes = exchange->answering.bytes;
    /* both bodies and files live until the request is completed */
    struct MHD_Response *made = MHD_create_response_from_buffer(
        bytes->length, bytes->bytes, MHD_RESPMEM_PERSISTENT);

    if (made)
        add_headers(exchange, exchange->answering.is_gzip, made);
    return made;
}

static void drop_response(void *made)
{
    MHD_destroy_response(made);
}

static enum MHD_Result send_bytes(struct exchange *exchange,
                                  struct MHD_Connection *connection)
{
    const struct answering *answering = &exchange->answering;
    /* a page that goes out as it is kept is the same for every connection */
    bool is_shared =
        answering->kept && exchange->response.status == 200 && may_stay(exchange);
    struct MHD_Response *made =
        is_shared ? memory_made(answering->kept, answering->is_gzip) : NULL;
    enum MHD_Result result;

    watched_owes(exchange->watched, ANSWER_S);
    if (!made) {
        made = make_response(exchange);
        if (made && is_shared)
            made = memory_share(answering->kept, answering->is_gzip, made);
    }
    if (!made)
        return MHD_NO;
    result = MHD_queue_response(connection, (unsigned)exchange->response.status, made);
    if (!is_shared)
        MHD_destroy_response(made);
    return result;
}

static enum MHD_Result answer(struct exchange *exchange,
                              struct MHD_Connection *connection)
{
    struct answering *answering = &exchange->answering;

    answering->options = &exchange->server->options;
    answering->memory = exchange->server->memory;
    answering->request = &exchange->request;
    answering->route = exchange->admission.route;
    answering->refused = exchange->refused;
    answering->accept_encoding = exchange->head.accept_encoding;
    answering->response = &exchange->response;
    answer_make(answering);
    return send_bytes(exchange, connection);
}

static void read_form(struct exchange *exchange)
{
    struct request *request = &exchange->request;

    exchange->refused = exchange->form.failed
                            ? 413
                            : form_read(exchange->arena, exchange->head.content_type,
                                        exchange->form.bytes, exchange->form.length,
                                        &request->form, &request->form_count);
}

static enum MHD_Result on_request(void *argument, struct MHD_Connection *connection,
                                  const char *url, const char *method,
                                  const char *version, const char *body, size_t *length,
                                  void **context)
{
    struct exchange *exchange = *context;
    struct server *server = argument;

    (void)url;
    if (!exchange || !exchange->arena)
        return MHD_NO;
    if (!exchange->is_seen) {
        exchange->is_seen = true;
        server->running++;
        exchange->refused = check(exchange, connection, method, version);
        watched_owes(exchange->watched, (int)server->options.config->body_deadline_s);
        return exchange->refused && !may_stay(exchange) ? answer(exchange, connection)
                                                        : MHD_YES;
    }
    if (*length) {
        text_add_bytes(&exchange->form, body,
                       *length); /* past the limit: told at the end */
        *length = 0;
        return MHD_YES;
    }
    if (exchange->request.method == METHOD_POST && !exchange->refused)
        read_form(exchange);
    return answer(exchange, connection);
}

/* Of a request that libmicrohttpd does not hand on although its head is whole. */
static bool is_kept_back(void *task)
{
    const struct exchange *exchange = task;

    return !exchange->is_seen &&
           MHD_get_connection_info(exchange->connection,
                                   MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
}

/* What libmicrohttpd grumbles about is the client's mistake. But it answers a wrong
 * length with two heads, one after the other, and grumbles first: whose it is shows, and
 * ours is sent in its place. */
static void on_grumble(void *argument, const char *format, va_list arguments)
{
    struct server *server = argument;
    int socket;

    if (strncmp(format, "Error processing request", 24) != 0)
        return;
    socket = deadlines_find(server->deadlines, is_kept_back);
    if (socket >= 0)
        refuse_alone(socket, va_arg(arguments, unsigned));
}

static struct MHD_Daemon *start_daemon(struct server *server)
{
    const struct config *config = server->options.config;

    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG |
            MHD_USE_ITC,
        0, NULL, NULL, on_request, server, MHD_OPTION_EXTERNAL_LOGGER, on_grumble, server,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)config->listen_threads,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)server->connections_most,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)(config->body_deadline_s + IDLE_S),
        MHD_OPTION_URI_LOG_CALLBACK, on_target, server, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, server, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
        MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_END);
}

err_code server_start(struct server **out, const struct server_options *options,
                      struct err *err)
{
    const struct config *config = options->config;
    struct server *server = calloc(1, sizeof *server);
    int socket = -1;
    err_code code;

    if (!server)
        return err_set(err, ERR_MEMORY, "no memory for the server");
    server->options = *options;
    code = listen_open(config, &socket, err);
    if (code != ERR_NONE) {
        free(server);
        return code;
    }
    server->listening = socket;
    server->port = listen_port(socket);
    if (options->listening)
        options->listening(options->listening_state, server->port);
    server->connections_most = listen_room((int)config->listen_connections);
    server->deadlines = deadlines_start();
    server->memory = memory_open((size_t)config->page_memory_mib << 20, drop_response);
    server->daemon = start_daemon(server);
    server->door = server->daemon && server->deadlines
                       ? door_open(socket, &(struct door_owner){.has_room = has_room,
                                                                .take = take_connection,
                                                                .state = server})
                       : NULL;
    if (!server->door) {
        if (server->daemon)
            MHD_stop_daemon(server->daemon);
        deadlines_stop(server->deadlines);
        memory_close(server->memory);
        close(socket);
        free(server);
        return err_set(err, ERR_IO, "the server cannot start its threads");
    }
    *out = server;
    return ERR_NONE;
}

int server_port(const struct server *server)
{
    return server->port;
}

void server_stop(struct server *server, int grace_ms)
{
    int quiet_ms = 0;

    if (!server)
        return;
    door_close(server->door);
    /* quiet for a while: a request may be accepted but not read yet */
    for (; grace_ms > 0 && quiet_ms < STOP_QUIET_MS; grace_ms -= STOP_STEP_MS) {
        usleep(STOP_STEP_MS * 1000);
        quiet_ms = server->running == 0 ? quiet_ms + STOP_STEP_MS : 0;
    }
    MHD_stop_daemon(server->daemon);
    close(server->listening);
    deadlines_stop(server->deadlines);
    memory_close(server->memory);
    free(server);
}
