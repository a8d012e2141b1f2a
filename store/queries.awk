# Turns store/queries/*.sql into the enum of names (-v part=header), the table of texts, or what makes
# PostgreSQL read them all (-v part=prepare).
# A statement: `-- name: some_name`, comment lines that say what it is for, the SQL, `;`. In the SQL
# `@ids` stands for RECORDS_AT_ONCE parameters from $1 on, `@people_of(n.id)` for how many distinct
# people stated or support that need and those merged into it, `@subject_of(n)` for what the need n
# counts under in the gaps: its skill, or minus the number of its group of needs in free words,
# `@coming_of(n)` for how far a session for it is (enum gap_coming): 2 when one is coming, 1 when one is
# only proposed to who would give it, `@is_given(s)` for whether the session s is more than that: confirmed,
# a circle, or somebody gives it.
function fail(text) {
    printf "%s:%d: %s\n", FILENAME, FNR, text > "/dev/stderr"
    failed = 1
    exit 1
}
# As many parameters as store/records.h says.
function at_once(    list, i) {
    for (i = 1; i <= 32; i++)
        list = list (i > 1 ? ", " : "") "$" i
    return list
}
function people_of(id) {
    return "(SELECT COUNT(*) FROM (" \
        "SELECT COALESCE(CAST(a.person_id AS TEXT), 'n' || a.id) FROM need a WHERE a.id = " id \
        " UNION SELECT COALESCE(CAST(a.person_id AS TEXT), 'n' || a.id) FROM need a" \
        " WHERE a.merged_into = " id \
        " UNION SELECT COALESCE(CAST(s.person_id AS TEXT), 's' || s.need_id || '.' || s.position)" \
        " FROM need_support s WHERE s.need_id = " id \
        " UNION SELECT COALESCE(CAST(s.person_id AS TEXT), 's' || s.need_id || '.' || s.position)" \
        " FROM need a JOIN need_support s ON s.need_id = a.id WHERE a.merged_into = " id ") p)"
}
function subject_of(n) {
    return "COALESCE(" n ".skill_id, (SELECT -COALESCE(g.merged_into, g.id) FROM word_group g" \
        " WHERE g.id = " n ".group_id AND g.pole_id = " n ".pole_id AND " n ".is_private = 0))"
}
function is_given(s) {
    return "(" s ".state = 1 OR " s ".format = 16 OR EXISTS (SELECT 1 FROM session_trainer g" \
        " WHERE g.session_id = " s ".id))"
}
function coming_of(n) {
    return "COALESCE((SELECT MAX(CASE WHEN " is_given("t") " THEN 2 ELSE 1 END) FROM session_need x" \
        " JOIN session t ON t.id = x.session_id WHERE x.need_id = " n ".id AND t.state < 2), 0)"
}
function expanded(macro, of) {
    if (macro == "people_of")
        return people_of(of)
    if (macro == "subject_of")
        return subject_of(of)
    return macro == "is_given" ? is_given(of) : coming_of(of)
}
function finish() {
    if (name == "")
        return
    if (!sentence)
        fail("statement " name " has no sentence")
    if (sql == "")
        fail("statement " name " has no SQL")
    names[++count] = name
    texts[count] = sql
    plains[count] = plain
}
/^-- name: / {
    finish()
    name = $3
    if (name !~ /^[a-z][a-z_0-9]*$/ || seen[name]++)
        fail("statement name \"" name "\" is odd or taken")
    sentence = 0
    sql = plain = ""
    next
}
/^--/ { if (name != "") sentence = 1; next }
/^[ \t]*$/ { next }
{
    if (name == "")
        fail("SQL before the first `-- name:`")
    line = $0
    gsub(/@ids/, at_once(), line)
    while (match(line, /@(people_of|subject_of|is_given|coming_of)\([a-z.]+\)/)) {
        before = substr(line, 1, RSTART - 1)
        after = substr(line, RSTART + RLENGTH)
        split(substr(line, RSTART + 1, RLENGTH - 2), call, "(")
        line = before expanded(call[1], call[2]) after
    }
    sub(/;[ \t]*$/, "", line)
    plain = plain line "\n"
    gsub(/\\/, "\\\\", line)
    gsub(/"/, "\\\"", line)
    sql = sql "        \"" line "\\n\"\n"
}
END {
    if (failed)
        exit 1
    finish()
    if (part == "prepare") {
        for (i = 1; i <= count; i++)
            printf "PREPARE %s AS\n%s;\n", names[i], plains[i]
        print "SELECT COUNT(*) FROM pg_prepared_statements;"
        exit
    }
    print "/* Made from store/queries by store/queries.awk: do not edit. */"
    if (part == "header") {
        print "#ifndef STORE_QUERIES_H\n#define STORE_QUERIES_H\n\nenum query {"
        for (i = 1; i <= count; i++)
            printf "    QUERY_%s,\n", toupper(names[i])
        print "    QUERY_COUNT\n};\n\nextern const char *const query_texts[QUERY_COUNT];"
        print "extern const char *const query_names[QUERY_COUNT];\n\n#endif"
    } else {
        print "#include \"store/queries.h\"\n\nconst char *const query_texts[QUERY_COUNT] = {"
        for (i = 1; i <= count; i++)
            printf "    /* %s */\n%s        ,\n", names[i], texts[i]
        print "};\n\nconst char *const query_names[QUERY_COUNT] = {"
        for (i = 1; i <= count; i++)
            printf "    \"%s\",\n", names[i]
        print "};"
    }
}
