# Every test speaks TAP; `make check` counts its lines.
TEST_EXTENSIONS = .sh .py
AM_TESTS_ENVIRONMENT = CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	ETABLI_PROGRAM='$(abs_top_builddir)/etabli'; export ETABLI_PROGRAM; \
	ETABLI_SOURCE='$(abs_top_srcdir)'; export ETABLI_SOURCE; \
	ETABLI_BUILD='$(abs_top_builddir)'; export ETABLI_BUILD; \
	PYTHONDONTWRITEBYTECODE=1; export PYTHONDONTWRITEBYTECODE;
tap_driver = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(tap_driver)
LOG_COMPILER = bash $(top_srcdir)/tests/tap.sh
SH_LOG_DRIVER = $(tap_driver)
SH_LOG_COMPILER = bash
PY_LOG_DRIVER = $(tap_driver)
PY_LOG_COMPILER = $(PYTHON3)
EXTRA_DIST += tests/tap.sh
test_libraries = libetabli.a $(libraries) $(CMOCKA_LIBS)

# The longest first, so that the others run beside it.
include tests/e2e/local.mk
if HAVE_CMOCKA
include tests/unit/local.mk
include tests/store/local.mk
include tests/index/local.mk
include tests/story/local.mk
endif
include tests/lint/local.mk
include tests/relevance/local.mk
include tests/bench/local.mk
include tests/fuzz/local.mk
