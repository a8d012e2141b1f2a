/* The listening socket. */
#include "web/http/listen.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { OWN_FILES = 256 }; /* records, index, log, threads */

err_code listen_open(const struct config *config, int *out, struct err *err)
{
    struct sockaddr_in four = {.sin_family = AF_INET,
                               .sin_port = htons((uint16_t)config->listen_port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6,
                               .sin6_port = htons((uint16_t)config->listen_port)};
    bool is_six = strchr(config->listen_address, ':') != NULL;
    const struct sockaddr *address =
        is_six ? (const struct sockaddr *)&six : (const struct sockaddr *)&four;
    int yes = 1, made;

    if (inet_pton(is_six ? AF_INET6 : AF_INET, config->listen_address,
                  is_six ? (void *)&six.sin6_addr : (void *)&four.sin_addr) != 1)
        return err_set(err, ERR_INVALID,
                       "cannot listen on \"%s\": an IPv4 or IPv6 address is expected",
                       config->listen_address);
    made = socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
                  0);
    if (made >= 0)
        setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (made < 0 || bind(made, address, is_six ? sizeof six : sizeof four) != 0 ||
        listen(made, SOMAXCONN) != 0) {
        err_set(err, ERR_IO, "cannot listen on %s port %d: %m", config->listen_address,
                (int)config->listen_port);
        if (made >= 0)
            close(made);
        return ERR_IO;
    }
    *out = made;
    return ERR_NONE;
}

int listen_room(int connections)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return connections;
    if (files.rlim_cur < (rlim_t)connections + OWN_FILES) {
        rlim_t wanted = (rlim_t)connections + OWN_FILES;
        files.rlim_cur = wanted < files.rlim_max ? wanted : files.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &files);
        (void)getrlimit(RLIMIT_NOFILE, &files);
    }
    if (files.rlim_cur >= (rlim_t)connections + OWN_FILES)
        return connections;
    return files.rlim_cur > 2 * OWN_FILES ? (int)(files.rlim_cur - OWN_FILES) : OWN_FILES;
}

void listen_address_text(const struct sockaddr *address, char out[ADDRESS_TEXT_MAX])
{
    out[0] = '\0';
    if (address && address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, out,
                  ADDRESS_TEXT_MAX);
    else if (address && address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, out,
                  ADDRESS_TEXT_MAX);
}

int listen_port(int socket)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;

    if (getsockname(socket, (struct sockaddr *)&address, &length) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6
                     ? ((struct sockaddr_in6 *)&address)->sin6_port
                     : ((struct sockaddr_in *)&address)->sin_port);
}

static bool is_front(const char *fronts, const char *peer)
{
    size_t length = strlen(peer);

    for (const char *at = fronts; length && *at; at += strcspn(at, " ")) {
        at += strspn(at, " ");
        if (strcspn(at, " ") == length && memcmp(at, peer, length) == 0)
            return true;
    }
    return false;
}

void listen_client(const char *fronts, const char *peer, const char *forwarded,
                   char out[ADDRESS_TEXT_MAX])
{
    unsigned char binary[sizeof(struct in6_addr)];
    const char *last = forwarded ? strrchr(forwarded, ',') : NULL;
    size_t length;

    memcpy(out, peer, strlen(peer) + 1);
    if (!forwarded || !is_front(fronts, peer))
        return;
    last = last ? last + 1 : forwarded;
    last += strspn(last, " \t");
    length = strcspn(last, " \t");
    if (length >= ADDRESS_TEXT_MAX)
        return;
    memcpy(out, last, length);
    out[length] = '\0';
    if (inet_pton(AF_INET, out, binary) != 1 && inet_pton(AF_INET6, out, binary) != 1)
        memcpy(out, peer, strlen(peer) + 1);
}
