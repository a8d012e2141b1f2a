/* The program: finds the command, reads the configuration, hands over. */
#include "cli/command.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts("etabli");
    return EXIT_OK;
}
