#!/usr/bin/env bash
# The schema and every statement are read by a real PostgreSQL 15 as by SQLite.
set -u
bin=/usr/lib/postgresql/15/bin
if [ ! -x $bin/initdb ]; then
    echo "1..0 # SKIP PostgreSQL 15 is not installed"
    exit 0
fi
place=$(mktemp -d) || exit 1
chmod 755 "$place"
as() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres "$place"
    as() { (cd / && runuser -u postgres -- "$@"); }
fi
finish() {
    as $bin/pg_ctl -D "$place/data" -m immediate stop >/dev/null 2>&1
    rm -rf "$place"
}
trap finish EXIT
as $bin/initdb -D "$place/data" -A trust -N -E UTF8 --locale=C >"$place.log" 2>&1 &&
    as $bin/pg_ctl -D "$place/data" -w -o "-k $place -c listen_addresses= -c fsync=off" \
        start >>"$place.log" 2>&1 || {
    sed 's/^/# /' "$place.log"
    rm -f "$place.log"
    echo "Bail out! PostgreSQL does not start"
    exit 1
}
rm -f "$place.log"
sql() { as $bin/psql -X -q -h "$place" -v ON_ERROR_STOP=1 -d postgres 2>&1; }

number=0
failed=0
say() { # result, name, words of the engine
    number=$((number + 1))
    if [ "$1" = 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        echo "$3" | sed 's/^/# /'
        failed=1
    fi
}
words=$(awk -v engine=postgresql -f "$ETABLI_SOURCE/store/schema.awk" \
    "$ETABLI_SOURCE"/store/schema/*.sql | sql)
say $? "postgresql reads the schema" "$words"
# One connection; psql names the statement that fails.
words=$(awk -v part=prepare -f "$ETABLI_SOURCE/store/queries.awk" "$ETABLI_SOURCE"/store/queries/*.sql |
    as $bin/psql -X -q -At -h "$place" -d postgres 2>&1)
expected=$(cat "$ETABLI_SOURCE"/store/queries/*.sql | grep -c '^-- name: ')
[ "$words" = "$expected" ]
say $? "postgresql prepares all $expected statements" "$words"
words=$(echo "INSERT INTO pole (id, key, name, kind, version) VALUES (1, 'a', 'A', 'odd', 1)" | sql)
[ $? != 0 ] && echo "$words" | grep -q pole_kind_check
say $? "postgresql refuses a value outside its list" "$words"
echo "1..$number"
exit $failed
