/* The listening socket. */
#ifndef WEB_HTTP_LISTEN_H
#define WEB_HTTP_LISTEN_H

#include "config/config.h"

#include <netinet/in.h>
#include <sys/socket.h>

enum { ADDRESS_TEXT_MAX = INET6_ADDRSTRLEN };

/* Listens where the configuration says. ERR_INVALID when that is no
 * address, ERR_IO with the address and the system's reason. */
MUST_USE err_code listen_open(const struct config *config, int *socket, struct err *err);
/* Asks the system for as many open files as `connections` need beside our own, since it
 * starts programs with room for few; how many connections there is room for. */
int listen_room(int connections);
/* An address of a client as people write it, "" when it is NULL or of no network. */
void listen_address_text(const struct sockaddr *address, char out[ADDRESS_TEXT_MAX]);
/* Whose request it is: `peer`, or, when that is one of `fronts` (addresses with blanks
 * between), the last address in `forwarded` (X-Forwarded-For; NULL: none), which is the
 * one the front server saw; what is no address there is passed over. */
void listen_client(const char *fronts, const char *peer, const char *forwarded,
                   char out[ADDRESS_TEXT_MAX]);
/* The port a socket listens on, 0 when it does not. */
int listen_port(int socket);

#endif
