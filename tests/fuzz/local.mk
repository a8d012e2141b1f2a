# Fuzz targets: replayed over their corpus by `make check`, fuzzed by script/fuzz.
fuzz_targets = analysis config csv fields head import markdown mustache
fuzz_tests = tests/fuzz/analysis tests/fuzz/config tests/fuzz/csv tests/fuzz/fields \
	tests/fuzz/head tests/fuzz/import tests/fuzz/markdown tests/fuzz/mustache
fuzz_shared = tests/fuzz/file.c tests/fuzz/fuzz.h tests/fuzz/replay.c
check_PROGRAMS += $(fuzz_tests)
TESTS += $(fuzz_tests)
EXTRA_DIST += tests/fuzz/corpus
tests_fuzz_analysis_SOURCES = tests/fuzz/analysis.c $(fuzz_shared)
tests_fuzz_analysis_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_fuzz_analysis_SOURCES = tests/none.cc
tests_fuzz_config_SOURCES = tests/fuzz/config.c $(fuzz_shared)
tests_fuzz_config_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_fuzz_config_SOURCES = tests/none.cc
tests_fuzz_csv_SOURCES = tests/fuzz/csv.c $(fuzz_shared)
tests_fuzz_csv_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_fuzz_csv_SOURCES = tests/none.cc
tests_fuzz_fields_SOURCES = tests/fuzz/fields.c $(fuzz_shared)
tests_fuzz_fields_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_fuzz_fields_SOURCES = tests/none.cc
tests_fuzz_head_SOURCES = tests/fuzz/head.c $(fuzz_shared)
tests_fuzz_head_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_fuzz_head_SOURCES = tests/none.cc
tests_fuzz_import_SOURCES = tests/fuzz/import.c $(fuzz_shared)
tests_fuzz_import_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_fuzz_import_SOURCES = tests/none.cc
tests_fuzz_markdown_SOURCES = tests/fuzz/markdown.c $(fuzz_shared)
tests_fuzz_markdown_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_fuzz_markdown_SOURCES = tests/none.cc
tests_fuzz_mustache_SOURCES = tests/fuzz/mustache.c $(fuzz_shared)
tests_fuzz_mustache_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_fuzz_mustache_SOURCES = tests/none.cc

# With LIB_FUZZING_ENGINE in place of replay.c; for script/fuzz.
fuzz-programs: libetabli.a
	@$(MKDIR_P) tests/fuzz
	@for target in $(fuzz_targets); do \
	    for part in $$target file; do \
	        $(CC) $(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(AM_CFLAGS) $(CFLAGS) \
	            -c -o tests/fuzz/$$part-engine.o $(top_srcdir)/tests/fuzz/$$part.c || exit 1; \
	    done; \
	    $(CXX) $(AM_CXXFLAGS) $(CXXFLAGS) $(AM_LDFLAGS) $(LDFLAGS) $(LIB_FUZZING_ENGINE) \
	        -o tests/fuzz/$$target-engine tests/fuzz/$$target-engine.o \
	        tests/fuzz/file-engine.o libetabli.a $(libraries) || exit 1; \
	done
.PHONY: fuzz-programs

# For script/valgrind.
print-valgrind-programs:
	@echo $(unit_tests) $(fuzz_tests)
.PHONY: print-valgrind-programs
