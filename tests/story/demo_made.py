#!/usr/bin/env python3
"""`etabli demo --people N`: a directory of the size asked for, the same for the same seed,
nobody like anybody else; and what cannot be made is refused in words. Speaks TAP."""
import collections
import csv
import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zoneinfo

PROGRAM = os.environ["ETABLI_PROGRAM"]
SOURCE = os.environ["ETABLI_SOURCE"]
DEMO = os.path.join(SOURCE, "content", "demo")
WRITTEN = 300
number = 0


def check(name, is_right, detail=""):
    global number
    number += 1
    print("ok" if is_right else "not ok", number, "-", name, flush=True)
    if not is_right and detail:
        print("#", str(detail)[:600].replace("\n", " "))


folder = tempfile.TemporaryDirectory()
content = os.path.join(folder.name, "content")
os.makedirs(os.path.join(content, "demo"))
for each in os.listdir(DEMO):  # the contents, not the modes: a source tree may be read-only
    shutil.copyfile(os.path.join(DEMO, each), os.path.join(content, "demo", each))
environment = dict(os.environ, ETABLI_CONTENT=content)


def data(name):
    return os.path.join(folder.name, name)


def run(name, *arguments):
    done = subprocess.run([PROGRAM, *arguments, "--data", data(name)], env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def today():
    """The day in Paris, the site's zone."""
    return datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Paris")).date()


def fill(name, *arguments):
    """The people's sheet of a new data folder. Dates count from the day of the start, so a
    start that met midnight is made again."""
    while True:
        shutil.rmtree(data(name), ignore_errors=True)
        day = today()
        code, text, trouble = run(name, "demo", *arguments)
        sheet = run(name, "export", "people")[1]
        if day == today():
            return code, text + trouble, sheet


def made(sheet):
    return {row["id"]: row for row in csv.DictReader(sheet.splitlines(True))
            if row["id"].startswith("M")}


def fold(text):
    plain = unicodedata.normalize("NFD", text.lower().replace("’", "'").replace("œ", "oe"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


code, text, first = fill("first", "--people", "1500", "--seed", "7")
rows = list(csv.DictReader(first.splitlines(True)))
check("as many people as asked for are there", code == 0 and len(rows) == 1500, text)
check("the same seed gives the same bytes",
      fill("again", "--people", "1500", "--seed", "7")[2] == first)
mine = made(first)
others = made(fill("other", "--people", "1500", "--seed", "8")[2])
same = [who for who in mine if (mine[who]["name"], mine[who]["about"]) ==
        (others[who]["name"], others[who]["about"])]
check("another seed gives other people", len(others) == len(mine) and len(same) < 3, same)
fewer = made(fill("fewer", "--people", "900", "--seed", "7")[2])
check("a larger directory keeps the people of a smaller one",
      len(fewer) == 900 - WRITTEN and all(mine[who] == fewer[who] for who in fewer))
check("without --seed it is seed 1",
      fill("one", "--people", "310")[2] == fill("two", "--people", "310", "--seed", "1")[2])

triples = collections.Counter((row["name"], row["headline"], row["about"]) for row in rows)
check("no two people have the same name, headline and presentation",
      max(triples.values()) == 1, triples.most_common(2))
abouts = collections.Counter(fold(row["about"]) for row in rows if row["about"])
check("no two presentations are alike", max(abouts.values()) == 1, abouts.most_common(2))
check("every address is another, and leads nowhere outside",
      len({row["email"] for row in mine.values()}) == len(mine) and
      all(row["email"].endswith("@example.net") for row in mine.values()))

code_of, scope = {}, {}
with open(os.path.join(DEMO, "skills.csv"), encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        for label in [row["label"], *row["alt_labels"].split("|")]:
            code_of.setdefault(fold(label), set()).add(row["code"])
with open(os.path.join(DEMO, "poles.csv"), encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        scope[row["key"]] = set(row["skills"].split(";"))


def codes(row):
    found = []
    for part in row["skills"].split(";"):
        found.append(code_of.get(fold(re.sub(r"\s*\(\d[^)]*\)\s*$", "", part)), set()))
    return found


check("every skill made is in the thesaurus, 1 to 8 on a card",
      all(1 <= len(codes(row)) <= 8 and all(codes(row)) for row in mine.values()))
off = [row["id"] for row in mine.values() if not codes(row)[0] & scope[row["pole"]]]
check("the first skill of a card belongs to her pole", not off, off[:5])
skills_of = collections.Counter(row["skills"] for row in mine.values())
check("cards differ in what they can do", len(skills_of) > len(mine) * 0.9, len(skills_of))
check("every trade, pole and commune of the lists comes up",
      {row["pole"] for row in mine.values()} == set(scope) and
      len({row["commune"] for row in mine.values()}) > 50)
check("nothing of the lists' own signs is left",
      not [row for row in mine.values() if re.search(r"[{}|]", row["about"] + row["headline"])])
check("some are silent, some overloaded, some away, some not out yet, some without a word",
      all([any(row["quota"] == "0" for row in mine.values()),
           any(row["pause_until"] for row in mine.values()),
           any(row["state"] == "draft" for row in mine.values()),
           any(not row["about"] for row in mine.values()),
           sum(row["confirmed_at"] < str(today() - datetime.timedelta(365))
               for row in mine.values()) > len(mine) / 20]))
code, text, _ = run("first", "demo", "--people", "1500", "--seed", "7")
check("done again, nobody stands there twice",
      code == 0 and "made with seed 7: 0 new" in text and
      run("first", "export", "people")[1].count("\nM0") == 1200, text)
check("those made are found by their skill",
      any(row["name"] in run("first", "search", "--limit", "100", "poser du placo")[1]
          for row in mine.values() if "placo" in row["skills"]))

code, text, sheet = fill("last", "--people", "302", "--seed", "18446744073709551615")
check("the largest seed makes people too", code == 0 and len(made(sheet)) == 2, text)
code, text, sheet = fill("least", "--people", str(WRITTEN))
check("as many as are written by hand: those and no others",
      code == 0 and len(list(csv.DictReader(sheet.splitlines(True)))) == WRITTEN and
      not made(sheet), text)
for asked in (WRITTEN - 1, 1, 1000001):
    code, text, trouble = run("refused", "demo", "--people", str(asked))
    check(f"{asked} people are refused, with what is allowed, and nothing is written",
          code == 1 and f"--people {asked}: 300 to 1000000" in trouble and
          not os.path.exists(data("refused")), (code, trouble))
for options in (["--people", "0"], ["--people", "-5"], ["--people", "many"], ["--people", ""],
                ["--people", "400", "--seed", "1.5"], ["--seed", "3"], ["everyone"],
                ["--people", "400", "--seed", "18446744073709551616"],
                ["--people", "99999999999999999999999"]):
    code, text, trouble = run("refused", "demo", *options)
    check(f"{' '.join(options)!r} is refused in words, and nothing is written",
          code not in (0, 1) and any(option and option in trouble for option in options) and
          not os.path.exists(data("refused")), (code, trouble))
code, text, _ = run("refused", "demo", "--help")
check("--help tells both options", code == 0 and "--people" in text and "--seed" in text, text)

lists = os.path.join(content, "demo", "made.csv")
kept = open(lists, encoding="utf-8").read()
lines = kept.count("\n")


def with_lists(text):
    with open(lists, "w", encoding="utf-8") as file:
        file.write(text)
    shutil.rmtree(data("lists"), ignore_errors=True)
    return run("lists", "demo", "--people", "400")


for name, text, words in (
        ("a list nobody knows", kept + "colour,,red\n", f":{lines + 1}:1: there is no list"),
        ("a skill nobody knows", kept + "core,plaquiste,bat-lune\n",
         f":{lines + 1}:3: there is no skill \"bat-lune\""),
        ("an empty word", kept + "last,,\n", f":{lines + 1}:3: nothing is said"),
        ("a row too short", kept + "last\n", f":{lines + 1}:1: list, key and text"),
        ("a trade without a word to say", kept + "trade,astronaute,bois\n",
         "the trade \"astronaute\" has no \"title\""),
        ("no names", re.sub(r"(?m)^last,.*\n", "", kept), "the list \"last\" is empty")):
    code, _, trouble = with_lists(text)
    check(f"{name}: told with its place", code == 1 and words in trouble, (code, trouble))
short = re.sub(r"(?m)^(history|how|reach|said),([^,]*),.*\n", "", kept)
short += "".join(f"{name},,Un mot.\n" for name in ("history", "how", "reach"))
short += "".join(f"said,{key},Un mot.\n" for key in re.findall(r"(?m)^trade,([^,]*),", kept))
code, _, trouble = with_lists(short)
check("lists too short for so many different people: told, not repeated",
      code != 0 and "different people" in trouble, (code, trouble))
os.remove(lists)
code, _, trouble = run("lists", "demo", "--people", "400")
check("no lists: told by name", code == 1 and "made.csv" in trouble, (code, trouble))
print(f"1..{number}")
sys.exit(0)
