/* Refusing a request on its socket. */
#include "web/http/refuse.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

enum { ANSWER_MAX = 1024 };

void refuse_alone(int socket, unsigned status)
{
    const char *reason = status == 413 ? "413 Content Too Large" : "400 Bad Request";
    const char *words = status == 413
                            ? "La demande est trop longue. / The request is too long.\n"
                            : "La longueur annoncée de la demande n’est pas un nombre. / "
                              "The length of the request is not a number.\n";
    char answer[ANSWER_MAX];
    int length = snprintf(answer, sizeof answer,
                          "HTTP/1.1 %s\r\n"
                          "Connection: close\r\n"
                          "Content-Type: text/plain; charset=utf-8\r\n"
                          "Content-Length: %zu\r\n"
                          "Cache-Control: no-store\r\n"
                          "Content-Security-Policy: " SECURITY_POLICY "\r\n"
                          "X-Content-Type-Options: nosniff\r\n\r\n%s",
                          reason, strlen(words), words);

    (void)send(socket, answer, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT);
    shutdown(socket, SHUT_WR);
}
