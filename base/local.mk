libetabli_a_SOURCES += \
	base/arena.c base/arena.h \
	base/calendar.c base/calendar.h \
	base/clock.c base/clock.h \
	base/csv.c base/csv.h \
	base/err.c base/err.h \
	base/file.c base/file.h \
	base/json.c base/json.h \
	base/log.c base/log.h \
	base/lookup.c base/lookup.h \
	base/map.c base/map.h \
	base/progress.c base/progress.h \
	base/random.c base/random.h \
	base/secret.c base/secret.h \
	base/text.c base/text.h \
	base/unicode.c base/unicode.h \
	base/url.c base/url.h \
	base/worker.c base/worker.h
