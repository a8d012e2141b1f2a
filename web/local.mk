# The web: HTTP, pages, views.
libetabli_a_SOURCES += \
	web/page/digest.c \
	web/page/mine.c web/page/mine_labels.def \
	web/http/multipart.c web/http/multipart.h \
	web/page/alike.c web/page/alike.h web/page/mails.c web/page/saved_search.c \
	web/http/cookie.c web/http/cookie.h \
	web/mail/message.c web/mail/message.h \
	web/mail/plain.c web/mail/plain.h \
	web/mail/post.c web/mail/post.h \
	web/mail/send.c web/mail/send.h \
	web/page/confirm.c web/page/confirm.def web/page/confirm.h \
	web/page/desk.c web/page/desk.h \
	web/page/desk_report.c \
	web/page/desk_plan.c \
	web/page/desk_gaps.c web/page/gaps_page.h web/page/gaps_picture.c web/page/gaps_picture.h web/page/site_gaps.c web/page/funding.c \
	web/page/plan_tree.c web/page/plan_tree.h \
	web/page/plan_calendar.c web/page/plan_calendar.h \
	web/page/gaps_tree.c web/page/gaps_tree.h \
	web/page/desk_act.c \
	web/page/fair.c \
	web/page/act_for.c \
	web/page/need_qualify.c web/page/word_group.c web/page/report.c web/page/report_tree.c web/page/report_tree.h \
	web/page/form.c web/page/form.h \
	web/page/sign_in.c \
	web/page/administration.c \
	web/page/first_admin.c \
	web/page/me_roles.c web/page/me_roles.h \
	web/page/structure_desk.c web/page/structure_desk.h \
	web/page/structure_import.c \
	web/page/journal.c \
	web/page/me.c \
	web/page/visitor.c web/page/visitor.h \
	web/http/admit.c web/http/admit.h \
	web/http/answer.c web/http/answer.h \
	web/http/deadline.c web/http/deadline.h \
	web/http/door.c web/http/door.h \
	web/http/guard.c web/http/guard.h \
	web/http/head.c web/http/head.h \
	web/http/listen.c web/http/listen.h \
	web/http/memory.c web/http/memory.h \
	web/http/negotiate.c web/http/negotiate.h \
	web/http/request.h \
	web/http/response.h \
	web/http/refuse.c web/http/refuse.h \
	web/http/route.c web/http/route.h \
	web/http/server.c web/http/server.h \
	web/http/static.c web/http/static.h \
	web/page/complete.c \
	web/page/card.c web/page/card.h web/page/card_edit.c \
	web/page/card_form.c web/page/card_form.h web/page/card_link.c web/page/me_card.c \
	web/page/directory.c \
	web/page/entries.c \
	web/page/error.c \
	web/page/filters.c web/page/filters.h \
	web/page/hall.c web/page/hall.h \
	web/page/help.c \
	web/page/labels.c web/page/labels.h \
	web/page/lists.c web/page/lists_tree.c web/page/lists_tree.h \
	web/page/need.c \
	web/page/page.c web/page/page.h \
	web/page/results.c \
	web/page/routes.c web/page/routes.def web/page/routes.h \
	web/page/why.c web/page/why.h \
	web/view/catalogue.c web/view/catalogue.h \
	web/view/french.c web/view/french.h \
	web/view/markdown.c web/view/markdown.h \
	web/view/mustache.c web/view/mustache.h \
	web/view/place.c web/view/place.h \
	web/view/template.c web/view/template.h \
	web/view/tree.c web/view/tree.h
libetabli_a_SOURCES += web/page/session.c web/page/session.h
libetabli_a_SOURCES += \
	web/page/feed.c web/page/feed.h \
	web/page/head.c web/page/head.h \
	web/page/jsonld.c web/page/jsonld.h \
	web/page/news.c \
	web/page/robots.c \
	web/view/xml.c web/view/xml.h
libetabli_a_SOURCES += web/page/session_new.c web/page/rooms.c
libetabli_a_SOURCES += web/page/session_run.c web/page/session_after.c web/page/me_sessions.h
libetabli_a_SOURCES += web/page/contact.c web/page/contact_ask.c
libetabli_a_SOURCES += web/page/follow.c web/page/follow.h
libetabli_a_SOURCES += web/page/follow_words.c web/page/follow_words.h
libetabli_a_SOURCES += web/page/me_exchange.c web/page/support.c
libetabli_a_SOURCES += web/page/session_form.c web/page/session_form.h web/page/session_change.c
