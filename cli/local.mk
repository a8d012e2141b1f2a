bin_PROGRAMS += etabli
etabli_SOURCES = cli/main.c cli/backup.c cli/check.c cli/demo.c cli/demo_lists.c cli/demo_people.c \
	cli/export.c cli/import.c cli/index.c cli/migrate.c cli/search.c cli/serve.c \
	cli/command.h cli/commands.def cli/demo_lists.h cli/demo_people.h \
	cli/erase.c \
	cli/gaps.c \
	cli/plan.c \
	cli/plan_answer.c \
	cli/plan_apply.c cli/plan_apply.h \
	cli/plan_file.c cli/plan_file.h \
	cli/plan_pole.c cli/plan_pole.h \
	cli/plan_read.c cli/plan_read.h \
	cli/routes.c \
	cli/admin.c \
	cli/learn.c \
	cli/demo_managers.c cli/demo_managers.h
etabli_LDADD = libetabli.a $(libraries)
# C++ links the program, since one file of the library is C++.
nodist_EXTRA_etabli_SOURCES = cli/none.cc
