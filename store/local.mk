# Records. The statements and the schema are text files compiled in.
query_files = $(top_srcdir)/store/queries/accounts.sql \
	$(top_srcdir)/store/queries/digest.sql \
	$(top_srcdir)/store/queries/saved_searches.sql \
	$(top_srcdir)/store/queries/personal.sql \
	$(top_srcdir)/store/queries/audit.sql \
	$(top_srcdir)/store/queries/cards.sql \
	$(top_srcdir)/store/queries/desk_people.sql \
	$(top_srcdir)/store/queries/check.sql \
	$(top_srcdir)/store/queries/common.sql \
	$(top_srcdir)/store/queries/introductions.sql \
	$(top_srcdir)/store/queries/links.sql \
	$(top_srcdir)/store/queries/desk.sql \
	$(top_srcdir)/store/queries/needs.sql \
	$(top_srcdir)/store/queries/roles.sql \
	$(top_srcdir)/store/queries/people.sql $(top_srcdir)/store/queries/sessions.sql \
	$(top_srcdir)/store/queries/session_life.sql \
	$(top_srcdir)/store/queries/skills.sql $(top_srcdir)/store/queries/structures.sql
query_files += $(top_srcdir)/store/queries/sitemap.sql $(top_srcdir)/store/queries/plans.sql
query_files += $(top_srcdir)/store/queries/gaps.sql $(top_srcdir)/store/queries/gap_counts.sql \
	$(top_srcdir)/store/queries/search_miss.sql $(top_srcdir)/store/queries/fundings.sql \
	$(top_srcdir)/store/queries/word_groups.sql $(top_srcdir)/store/queries/reports.sql
schema_files = $(top_srcdir)/store/schema/0001_start.sql \
	$(top_srcdir)/store/schema/0002_skill_code.sql \
	$(top_srcdir)/store/schema/0003_accounts.sql \
	$(top_srcdir)/store/schema/0004_exchange.sql \
	$(top_srcdir)/store/schema/0005_gap_proposed.sql

libetabli_a_SOURCES += \
	store/personal.c store/personal.h \
	store/plans.c store/plans.h \
	store/plan_keep.c store/plan_keep.h \
	store/accounts.c store/accounts.h \
	store/audit.c store/audit.h \
	store/desk_people.c store/desk_people.h \
	store/backup.c store/backup.h \
	store/cards.c store/cards.h \
	store/change.c store/change.h \
	store/check.c store/check.h \
	store/driver.h store/driver_sqlite.c \
	store/introductions.c store/introductions.h \
	store/migrate.c store/migrate.h \
	store/needs.c store/needs.h \
	store/need_follow.c store/need_follow.h \
	store/outbox.c store/outbox.h \
	store/people.c store/people.h store/people_write.c \
	store/records.c store/records.h \
	store/rows.c store/rows.h \
	store/schema.h \
	store/links.c store/links.h \
	store/desk.c store/desk.h \
	store/need_groups.c store/need_groups.h \
	store/mail_settings.c store/mail_settings.h \
	store/saved_searches.c store/saved_searches.h \
	store/roles.c store/roles.h \
	store/sessions.c store/sessions.h \
	store/skill_names.c store/skill_names.h \
	store/skills.c store/skills.h \
	store/structures.c store/structures.h \
	store/writer.c store/writer.h
libetabli_a_SOURCES += store/session_life.c store/session_life.h store/rooms.c store/rooms.h
libetabli_a_SOURCES += store/sitemap.c store/sitemap.h
libetabli_a_SOURCES += store/gaps.c store/gaps.h store/gap_marks.c store/gap_marks.h
libetabli_a_SOURCES += store/fundings.c store/fundings.h
libetabli_a_SOURCES += store/word_groups.c store/word_groups.h
libetabli_a_SOURCES += store/reports.c store/reports.h
libetabli_a_SOURCES += store/search_miss.c store/search_miss.h
libetabli_a_SOURCES += store/gap_counts.c store/gap_counts_write.c store/gap_counts.h
libetabli_a_SOURCES += store/relays.c store/relays.h
nodist_libetabli_a_SOURCES = store/queries.h store/queries.c store/schema.c
BUILT_SOURCES += store/queries.h store/queries.c store/schema.c
CLEANFILES += store/queries.h store/queries.c store/schema.c
EXTRA_DIST += $(query_files) $(schema_files) store/queries.awk store/schema.awk

store/queries.h: $(query_files) $(top_srcdir)/store/queries.awk
	$(AM_V_GEN)$(MKDIR_P) store && $(AWK) -v part=header -f $(top_srcdir)/store/queries.awk \
		$(query_files) > $@.new && mv $@.new $@
store/queries.c: $(query_files) $(top_srcdir)/store/queries.awk
	$(AM_V_GEN)$(MKDIR_P) store && $(AWK) -f $(top_srcdir)/store/queries.awk \
		$(query_files) > $@.new && mv $@.new $@
store/schema.c: $(schema_files) $(top_srcdir)/store/schema.awk
	$(AM_V_GEN)$(MKDIR_P) store && $(AWK) -f $(top_srcdir)/store/schema.awk \
		$(schema_files) > $@.new && mv $@.new $@
