libetabli_a_SOURCES += \
	config/config.c config/config.h config/lists.c config/reading.h config/rules.c \
	config/settings.def config/territory.c config/territory.h config/yaml.c config/yaml.h
dist_pkgdata_DATA = config/site.example.yaml
