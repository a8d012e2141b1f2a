/* Clients that keep their connections and ask for one path, one request each at a time:
 *   tests/bench/client PORT CLIENTS SECONDS PATH
 * or, with @FILE for PATH, for the paths that stand on its lines, one after the other.
 * Prints "REQUESTS_PER_SECOND MEDIAN_MS P99_MS WORST_MS BYTES REFUSED" on one line; BYTES
 * is the length of an answer, REFUSED counts answers that are not 200 and connections
 * that broke. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    CLIENTS_MOST = 1000,
    SECONDS_MOST = 600,
    HEAD_MAX = 8192,
    SAMPLES_MOST = 4000000,
    PATHS_MOST = 4096
};

struct client {
    char head[HEAD_MAX];
    size_t head_length;
    long long body_left; /* -1 while the head is being read */
    size_t length;       /* of the answer so far */
    double asked_at;
};

static struct client clients[CLIENTS_MOST];
static struct pollfd sockets[CLIENTS_MOST];
static char *requests[PATHS_MOST];
static size_t request_count, asked;
static uint32_t *samples_us;
static size_t sample_count, refused, answer_length;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int open_to(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int made = socket(AF_INET, SOCK_STREAM, 0), yes = 1;

    if (made < 0 || connect(made, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("connect");
        exit(1);
    }
    setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return made;
}

static void ask(int i)
{
    struct client *client = &clients[i];
    const char *request = requests[asked++ % request_count];

    client->head_length = 0;
    client->length = 0;
    client->body_left = -1;
    client->asked_at = now();
    if (send(sockets[i].fd, request, strlen(request), MSG_NOSIGNAL) < 0)
        refused++;
}

static void again(int i, int port)
{
    refused++;
    close(sockets[i].fd);
    sockets[i].fd = open_to(port);
    ask(i);
}

/* The head is whole: how much of the body is still to come. */
static void read_head(struct client *client, const char *end)
{
    const char *length = strcasestr(client->head, "\r\nContent-Length:");
    size_t head = (size_t)(end + 4 - client->head);

    if (strncmp(client->head, "HTTP/1.1 200 ", 13) != 0)
        refused++;
    client->body_left = length ? strtoll(length + 17, NULL, 10) : 0;
    client->body_left -= (long long)(client->head_length - head);
}

static void take(int i, int port)
{
    struct client *client = &clients[i];
    static char rest[1 << 16];
    bool is_head = client->body_left < 0;
    char *to = is_head ? client->head + client->head_length : rest;
    size_t room = is_head ? HEAD_MAX - 1 - client->head_length : sizeof rest;
    ssize_t got = recv(sockets[i].fd, to, room, 0);
    const char *end;

    if (got <= 0) {
        again(i, port);
        return;
    }
    client->length += (size_t)got;
    if (!is_head) {
        client->body_left -= got;
    } else {
        client->head_length += (size_t)got;
        client->head[client->head_length] = '\0';
        end = strstr(client->head, "\r\n\r\n");
        if (!end)
            return;
        read_head(client, end);
    }
    if (client->body_left > 0)
        return;
    if (sample_count < SAMPLES_MOST)
        samples_us[sample_count++] = (uint32_t)((now() - client->asked_at) * 1e6);
    answer_length = client->length;
    ask(i);
}

static int by_time(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

static double part_ms(double part)
{
    return sample_count ? samples_us[(size_t)((double)(sample_count - 1) * part)] / 1000.0
                        : 0;
}

static void add_path(const char *path, int port)
{
    char request[1024];

    snprintf(request, sizeof request,
             "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept-Encoding: gzip\r\n\r\n",
             path, port);
    if (request_count < PATHS_MOST)
        requests[request_count++] = strdup(request);
}

static void read_paths(const char *given, int port)
{
    char line[800];
    FILE *file = *given == '@' ? fopen(given + 1, "r") : NULL;

    if (*given != '@')
        add_path(given, port);
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        if (*line)
            add_path(line, port);
    }
    if (file)
        fclose(file);
    if (!request_count) {
        fprintf(stderr, "%s: no paths\n", given);
        exit(2);
    }
}

int main(int argc, char **argv)
{
    int port = argc == 5 ? (int)strtol(argv[1], NULL, 10) : 0;
    int count = argc == 5 ? (int)strtol(argv[2], NULL, 10) : 0;
    int seconds = argc == 5 ? (int)strtol(argv[3], NULL, 10) : 0;
    double start, end;

    if (port < 1 || port > 65535 || count < 1 || count > CLIENTS_MOST || seconds < 1 ||
        seconds > SECONDS_MOST) {
        fprintf(stderr, "usage: client PORT CLIENTS(1-%d) SECONDS(1-%d) PATH\n",
                CLIENTS_MOST, SECONDS_MOST);
        return 2;
    }
    read_paths(argv[4], port);
    samples_us = calloc(SAMPLES_MOST, sizeof *samples_us);
    for (int i = 0; i < count; i++)
        sockets[i] = (struct pollfd){.fd = open_to(port), .events = POLLIN};
    start = now();
    for (int i = 0; i < count; i++)
        ask(i);
    while ((end = now()) - start < seconds) {
        int ready = poll(sockets, (nfds_t)count, 100);
        for (int i = 0; ready > 0 && i < count; i++)
            if (sockets[i].revents)
                take(i, port);
    }
    qsort(samples_us, sample_count, sizeof *samples_us, by_time);
    printf("%.0f %.2f %.2f %.2f %zu %zu\n", (double)sample_count / (end - start),
           part_ms(0.5), part_ms(0.99), part_ms(1), answer_length, refused);
    free(samples_us);
    return 0;
}
