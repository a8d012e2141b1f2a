# Turns the numbered schema files into C: one text each, in order of number.
# With -v engine=postgresql prints the text that PostgreSQL reads instead.
function quoted(line) {
    gsub(/\\/, "\\\\", line)
    gsub(/"/, "\\\"", line)
    return "    \"" line "\\n\"\n"
}
BEGIN {
    if (engine != "postgresql")
        printf "/* Made from store/schema by store/schema.awk: do not edit. */\n#include \"store/schema.h\"\n\nconst char *const schema_texts[] = {\n"
}
{
    if (engine == "postgresql") {
        gsub(/INTEGER/, "BIGINT")
        gsub(/REAL/, "DOUBLE PRECISION")
        sub(/\) STRICT;/, ");")
        print
        next
    }
    if (FNR == 1 && NR > 1)
        printf "    ,\n"
    if (FNR == 1)
        count++
    printf "%s", quoted($0)
}
END {
    if (engine != "postgresql")
        printf "};\nconst int schema_latest = %d;\n", count
}
