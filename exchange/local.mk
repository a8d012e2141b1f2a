libetabli_a_SOURCES += \
	exchange/model/need.h exchange/model/person.h exchange/model/session.h \
	exchange/model/skill.h exchange/model/structure.h exchange/model/words.c
