/* Refusing a request on its socket, past libmicrohttpd: what it answers by itself it may
 * answer twice. Not for what a handler can refuse. */
#ifndef WEB_HTTP_REFUSE_H
#define WEB_HTTP_REFUSE_H

#define SECURITY_POLICY                                                                  \
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "          \
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* Sends a whole answer (413, else 400) and ends our side of the connection: nothing can
 * be sent after it. It does not wait: a client that reads nothing gets no answer. */
void refuse_alone(int socket, unsigned status);

#endif
