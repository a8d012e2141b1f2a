-- Schema 2: a skill is looked up by its code in whatever source (store/skill_names.h).

CREATE INDEX skill_code ON skill (code);
