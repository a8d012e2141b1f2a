/* The listening socket. */
#ifndef WEB_HTTP_LISTEN_H
#define WEB_HTTP_LISTEN_H

#include "config/config.h"

/* Listens where the configuration says. ERR_INVALID when that is no
 * address, ERR_IO with the address and the system's reason. */
MUST_USE err_code listen_open(const struct config *config, int *socket, struct err *err);
/* Asks the system for as many open files as `connections` need beside our own, since it starts
 * programs with room for few; how many connections there is room for. */
int listen_room(int connections);
/* The port a socket listens on, 0 when it does not. */
int listen_port(int socket);

#endif
