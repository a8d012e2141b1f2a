/* The planner as it is built without GLPK: the tests of plan_test.c, with fewer seeds. */
#undef HAVE_GLPK
#include "exchange/plan/lp.c" /* its other half, in place of the one in the library */

#include <stdlib.h>

__attribute__((constructor)) static void ask_for_few(void)
{
    setenv("ETABLI_PLAN_SEEDS", "5", 0);
}
