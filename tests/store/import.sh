#!/bin/bash
# What an export writes imports again to the same rows; what people keep in spreadsheets is read.
set -u
folder=$(mktemp -d)
export ETABLI_CONTENT=$ETABLI_SOURCE/content
trap 'rm -rf "$folder"' EXIT
number=0 failed=0
patience=$((20 * ${ETABLI_SLOW:-1})) # seconds, for what must not take for ever

# told WORDS STATUS: one TAP line.
told() {
    number=$((number + 1))
    if [ "$2" -eq 0 ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        failed=1
    fi
}

etabli() {
    "$ETABLI_PROGRAM" "$@" --data "$folder/$data"
}

# holds WORDS FILE SENTENCE: the sentence stands in the file.
holds() {
    grep -qF -- "$3" "$2"
    told "$1" $?
}

kinds="structures poles skills people needs sessions"
data=first
etabli demo >"$folder/log" 2>&1
told "the demonstration directory is made" $?

for kind in $kinds; do
    etabli export $kind >"$folder/$kind.csv" 2>"$folder/log"
    told "$kind are exported" $?
    [ "$(wc -l <"$folder/$kind.csv")" -gt 5 ]
    told "the sheet of $kind has rows" $?
done
for kind in $kinds; do
    source=; [ $kind = skills ] && source="--source site"
    etabli import $kind "$folder/$kind.csv" $source >"$folder/log" 2>&1
    told "$kind import again without a mistake" $?
    holds "$kind import again unchanged" "$folder/log" ": new 0, changed 0, unchanged"
    grep -E "rows|mistake|:[0-9]+:[0-9]+:" "$folder/log" | head -5 | sed 's/^/# /'
done

data=second
for kind in skills structures poles people needs sessions poles; do
    source=; [ $kind = skills ] && source="--source site"
    etabli import $kind "$folder/$kind.csv" $source --apply >"$folder/log" 2>&1
    told "$kind import into fresh records" $?
    grep -E "mistake|:[0-9]+:[0-9]+:" "$folder/log" | head -5 | sed 's/^/# /'
done
for kind in $kinds; do
    etabli export $kind >"$folder/again.csv"
    cmp -s "$folder/$kind.csv" "$folder/again.csv"
    told "$kind export alike from the fresh records" $?
    diff "$folder/$kind.csv" "$folder/again.csv" | head -6 | cut -c1-300 | sed 's/^/# /'
done

data=sheets
printf 'Nom;Pr\351nom;Comp\351tences;Courriel;T\351l.;Inconnu\r\nDurand;L\351a;"CAP (menuiserie), pose de placo (3)";lea@example.org;06;5 \200\r\n' \
    >"$folder/ansi.csv"
etabli import people "$folder/ansi.csv" --apply >"$folder/log" 2>&1
told "a Windows-1252 sheet with semicolons is read" $?
holds "its encoding is said" "$folder/log" "read as Windows-1252, columns separated by semicolons"
holds "a column nobody knows is said" "$folder/log" 'column "Inconnu" ignored'
etabli export people >"$folder/people.csv"
holds "two columns make the name" "$folder/people.csv" "Léa Durand"
holds "a comma separates skills, a parenthesis without a level stays" "$folder/people.csv" \
    "CAP (menuiserie) (0); pose de placo (3)"
etabli import people "$folder/ansi.csv" >"$folder/log" 2>&1
holds "importing again makes no doubles" "$folder/log" "rows 1: new 0, changed 0, unchanged 1"

printf '\377\376' >"$folder/unicode.txt"
printf 'nom\temail\nZoé Hô\tzoe@example.org\n' | iconv -t UTF-16LE >>"$folder/unicode.txt"
etabli import people "$folder/unicode.txt" >"$folder/log" 2>&1
holds "a UTF-16 sheet with tabs is read" "$folder/log" "rows 1: new 1"
printf 'sep=;\rnom;ville\rA;B\rC;D\r' >"$folder/mac.csv"
etabli import people "$folder/mac.csv" >"$folder/log" 2>&1
holds "sep= and lines ended by CR are read" "$folder/log" "rows 2: new 2"
printf 'nom,about\n"=1+1","'"'"'=x"\n@a,-b\n' >"$folder/guard.csv"
etabli import people "$folder/guard.csv" --apply >"$folder/log" 2>&1
etabli export people >"$folder/people.csv"
holds "a cell a spreadsheet would run is guarded" "$folder/people.csv" "\"'=1+1\""
etabli import people "$folder/people.csv" >"$folder/log" 2>&1
holds "the guard is taken away again" "$folder/log" ": new 0, changed 0, unchanged 3"

data=places
printf 'id,nom,structure\n1,A,Atelier 101\n2,B,Atelier 102\n3,C,Atelier 101\n1,D,Les Ateliers\n5,E,Lez Ateliers\n' \
    >"$folder/places.csv"
etabli import people "$folder/places.csv" >"$folder/log" 2>&1
[ "$(grep -c 'will be made' "$folder/log")" -eq 4 ]
told "a new structure is told once" $?
etabli import people "$folder/places.csv" --apply >"$folder/log" 2>&1
told "what a dry run accepts is written" $?
printf 'id,nom,structure\n6,F,Atelier 103\n7,G,Less Ateliers\n' >"$folder/places.csv"
etabli import people "$folder/places.csv" >"$folder/log" 2>&1
holds "a slip in a known structure is refused" "$folder/log" ':3:3: "Less Ateliers" is not known; is it'
etabli import people "$folder/places.csv" --create --apply >"$folder/log" 2>&1
told "with --create it is made" $?
data=sheets

data=ruche
data=many
awk 'BEGIN {print "id,nom,structure"; for (i = 0; i < 6000; i++) print i ",P" i ",Atelier " i * 7919 % 100003 " Martin"}' \
    >"$folder/many.csv"
timeout "$patience" "$ETABLI_PROGRAM" import people "$folder/many.csv" --apply --no-index --data "$folder/many" \
    >"$folder/log" 2>&1
told "six thousand structures are made in little time" $?
holds "every one of them" "$folder/log" "rows 6000: new 6000"
holds "the first of them are told" "$folder/log" "and 5901 more of the kind"
etabli export structures | grep -c Martin >"$folder/log"
holds "and is there" "$folder/log" 6000

# A new structure is in the index at once, and its new name when it is renamed.
printf 'id,nom,structure,titre\n1,Ada,La Ruche,luthière\n' >"$folder/ruche.csv"
etabli import people "$folder/ruche.csv" --apply --as published >"$folder/log" 2>&1
etabli search luthière >"$folder/log" 2>&1
holds "a new structure is in the index" "$folder/log" "(La Ruche)"
printf 'key,name\nla-ruche,Le Rucher\n' >"$folder/ruche.csv"
etabli import structures "$folder/ruche.csv" --apply >"$folder/log" 2>&1
etabli search luthière >"$folder/log" 2>&1
holds "and so is its new name" "$folder/log" "(Le Rucher)"

# A name means the same skill in the configuration, in a sheet of poles and on a card.
data=names
printf 'code,label\nK1,Le sien\nK2,Autre\n' >"$folder/csv.csv"
printf 'code,label\nK1,Celui du ROME\nK3,Le sien\n' >"$folder/rome.csv"
etabli import skills "$folder/rome.csv" --source rome --apply >"$folder/log" 2>&1
etabli import skills "$folder/csv.csv" --apply >"$folder/log" 2>&1
printf 'poles:\n  - {key: a, name: A, kind: trade, skills: [K1, "le sien", "rome:K1"]}\n' \
    >"$folder/site.yaml"
printf 'key,name,kind,skills\nb,B,trade,K1; le sien; rome:K1\n' >"$folder/poles.csv"
etabli import poles "$folder/poles.csv" --config "$folder/site.yaml" --apply >"$folder/log" 2>&1
printf 'id,nom,competences\n1,A,K1; le sien; rome:K1\n' >"$folder/card.csv"
etabli import people "$folder/card.csv" --config "$folder/site.yaml" --apply >>"$folder/log" 2>&1
etabli export poles >"$folder/scopes.csv" 2>>"$folder/log"
holds "the configuration goes by the rule" "$folder/scopes.csv" "a,A,trade,,\"K1; rome:K1\","
holds "a sheet of poles goes by the rule" "$folder/scopes.csv" "b,B,trade,,\"K1; rome:K1\","
holds "all of a card is recognised" "$folder/log" "skills recognised 3, not 0"
data=sheets

# A pole of the configuration gets its skills as soon as they are there.
data=later
etabli import skills "$folder/rome.csv" --source rome --config "$folder/site.yaml" --apply >"$folder/log" 2>&1
etabli export poles >"$folder/scopes.csv" 2>>"$folder/log"
holds "an import of skills completes the poles of the configuration" "$folder/scopes.csv" \
    "a,A,trade,,\"K1; K3\","
data=sheets

# A sheet of its own: whole or not there, and not for everyone.
etabli export people --output "$folder/whole.csv" >"$folder/log" 2>&1
told "an export to a file" $?
[ "$(stat -c %a "$folder/whole.csv")" = 640 ]
told "is not for everyone to read" $?
cp "$folder/whole.csv" "$folder/kept.csv"
(ulimit -f 0; etabli export people --output "$folder/whole.csv" >/dev/null 2>&1)
[ $? -ne 0 ] && cmp -s "$folder/whole.csv" "$folder/kept.csv" && [ ! -e "$folder/whole.csv.new" ]
told "an export that does not fit leaves the older one" $?
etabli import skills "$folder/csv.csv" --source a:b >"$folder/log" 2>&1
holds "a source with a colon is refused" "$folder/log" 'source "a:b" is not allowed; 1 to 40 of'
etabli import skills "$folder/csv.csv" --lang xx >"$folder/log" 2>&1
holds "a language nobody reads is refused" "$folder/log" 'language "xx" is not allowed; fr or en'
printf 'text\nsouder une grille\n' >"$folder/nameless.csv"
etabli import needs "$folder/nameless.csv" >"$folder/log" 2>&1
holds "rows without an id are told" "$folder/log" "1 rows without an id: importing again adds"

# refused WORDS FILE SENTENCE: exit code 1 or 3 and the sentence.
refused() {
    timeout "$patience" "$ETABLI_PROGRAM" import people "$2" --data "$folder/$data" >"$folder/log" 2>&1
    status=$?
    [ $status -eq 1 ] || [ $status -eq 3 ]
    told "$1" $?
    holds "$1: the reason is said" "$folder/log" "$3"
}
: >"$folder/wrong.csv"
refused "an empty file is refused" "$folder/wrong.csv" "no column for the name"
printf 'ville\nLyon\n' >"$folder/wrong.csv"
refused "a sheet without names is refused" "$folder/wrong.csv" "no column for the name"
printf 'nom\na\000b\n' >"$folder/wrong.csv"
refused "a NUL is refused" "$folder/wrong.csv" ":2: a NUL byte"
printf 'nom\nA\n"B\nC\n' >"$folder/wrong.csv"
refused "a quote never closed is refused" "$folder/wrong.csv" ":3: a quote is opened and never closed"
(printf 'nom'; printf ',c%.0s' $(seq 10000); echo) >"$folder/wrong.csv"
refused "ten thousand columns are refused" "$folder/wrong.csv" "more than 200 columns"
(printf 'nom\n"'; head -c 3000000 /dev/zero | tr '\0' 'x'; echo '"') >"$folder/wrong.csv"
refused "a cell of megabytes is refused" "$folder/wrong.csv" "longer than 65536 bytes"
printf 'id,nom,email,disponibilites\n1,A,nobody,\n1,B,b@example.org,lundo 9h-12h\n' >"$folder/wrong.csv"
refused "a wrong address is refused" "$folder/wrong.csv" ':2:3: "nobody" is not an e-mail address'
refused "a wrong day is refused" "$folder/wrong.csv" ':3:4: "lundo 9h-12h" is not a time of the week'
printf 'id,nom\n7,A\n7,B\n' >"$folder/wrong.csv"
refused "an id given twice is refused" "$folder/wrong.csv" "stands on line 2 already"
etabli import people "$folder/wrong.csv" --apply >"$folder/log" 2>&1
etabli export people >"$folder/after.csv"
cmp -s "$folder/people.csv" "$folder/after.csv"
told "a sheet with a mistake writes nothing" $?
"$ETABLI_PROGRAM" export planets --data "$folder/$data" >"$folder/log" 2>&1
[ $? -ne 0 ]
told "an export nobody knows is refused" $?
etabli export people >/dev/full 2>"$folder/log"
[ $? -ne 0 ]
told "an export to a full disk fails" $?

echo "1..$number"
exit $failed
