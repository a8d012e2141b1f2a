libetabli_a_SOURCES += \
	exchange/model/need.h exchange/model/person.h exchange/model/session.h \
	exchange/model/skill.h exchange/model/structure.h exchange/model/words.c \
	exchange/action/config_apply.c exchange/action/config_apply.h \
	exchange/action/ctx.h \
	exchange/action/index_document.c exchange/action/index_document.h \
	exchange/action/index_fill.c exchange/action/index_fill.h \
	exchange/action/index_sync.c exchange/action/index_sync.h \
	exchange/action/index_worker.c \
	exchange/action/names.c exchange/action/names.h \
	exchange/action/need_post.c exchange/action/need_post.h
