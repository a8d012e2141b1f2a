libetabli_a_SOURCES += \
	config/config.h config/settings.def
