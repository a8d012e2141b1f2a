#!/usr/bin/env python3
"""The demonstration directory says only what it can stand by: nobody and no sentence twice,
whoever teaches has the skill, what is named exists, and dates follow the day of the start.
Speaks TAP."""
import collections
import csv
import datetime
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

PROGRAM = os.environ["ETABLI_PROGRAM"]
SOURCE = os.environ["ETABLI_SOURCE"]
DEMO = os.path.join(SOURCE, "content", "demo")
SILENT_DAYS = 365  # a card nobody confirmed for a year
number = 0


def check(name, troubles):
    """`troubles` lists what is wrong; nothing wrong is a pass."""
    global number
    number += 1
    print("not ok" if troubles else "ok", number, "-", name, flush=True)
    for trouble in list(troubles)[:20]:
        print("#  ", trouble)


def rows(name):
    with open(os.path.join(DEMO, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fold(text):
    plain = unicodedata.normalize("NFD", text.lower().replace("’", "'").replace("œ", "oe"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def parts(cell):
    return [part.strip() for part in cell.split(";") if part.strip()]


def days(cell):
    match = re.match(r"([+-]\d+)d", cell)
    return int(match.group(1)) if match else None


people, structures, poles = rows("people"), rows("structures"), rows("poles")
skills, needs, sessions = rows("skills"), rows("needs"), rows("sessions")
person = {row["id"]: row for row in people}
need = {row["id"]: row for row in needs}
code_of = {}
for row in skills:
    for label in [row["label"], *row["alt_labels"].split("|")]:
        code_of.setdefault(fold(label), row["code"])


def cell_skills(row):
    """(code or None, label, level, is shared) for each skill of a card."""
    for part in parts(row["skills"]):
        match = re.fullmatch(r"(.*?)\s*\((\d)([^)]*)\)", part)
        label, level, how = match.groups() if match else (part, "0", "")
        yield code_of.get(fold(label)), label, int(level), "non-partage" not in how


def level_of(who, code):
    """The level at which she passes it on; 0 when she does not."""
    return max([level for held, _, level, is_shared in cell_skills(person[who])
                if held == code and is_shared], default=0)


def twice(values):
    return [f"{value!r} {count} times"
            for value, count in collections.Counter(values).items() if count > 1]


def too_few(count, least, most=None):
    is_right = count >= least and (most is None or count <= most)
    return [] if is_right else [f"{count}; {least} to {most or 'more'} expected"]


live = [row for row in people if row["state"] == "published"]
holders = collections.defaultdict(set)
for row in live:
    for code, *_ in cell_skills(row):
        holders[code].add(row["id"])

# How much there is.
check("there are at least 300 people", too_few(len(people), 300))
check("there are at least 40 structures", too_few(len(structures), 40))
check("there are 8 to 12 poles", too_few(len(poles), 8, 12))
check("there are at least 120 needs", too_few(len(needs), 120))
check("there are at least 40 sessions", too_few(len(sessions), 40))
check("every pole has needs, people, a session and a living facilitator",
      [f"{pole['key']}: {what}" for pole in poles for what, count in (
          ("people", sum(pole["key"] in parts(row["pole"]) for row in people)),
          ("needs", sum(pole["key"] == row["pole"] for row in needs)),
          ("sessions", sum(pole["key"] == row["pole"] for row in sessions)),
          ("facilitators", sum(person[who]["state"] == "published"
                               for who in parts(pole["facilitators"])))) if not count])

# Nothing twice.
check("no two people have one name", twice(fold(row["name"]) for row in people))
check("no two cards present themselves alike",
      twice(fold(row["about"]) for row in people if row["about"]))
check("no two needs are said alike", twice(fold(row["text"]) for row in needs))
check("no two sessions have one title or one text",
      twice([fold(row["title"]) for row in sessions] + [fold(row["about"]) for row in sessions]))
check("no skill stands twice on a card",
      [f"{row['id']}: {trouble}" for row in people
       for trouble in twice(code or fold(label) for code, label, *_ in cell_skills(row))])
check("a card has 1 to 8 skills",
      [f"{row['id']}: {len(parts(row['skills']))}" for row in people
       if not 1 <= len(parts(row["skills"])) <= 8])
check("nobody can be reached in the world outside",
      [f"{row['id']}: {row['email']}" for row in people
       if row["email"] and not re.search(r"@example\.(com|org|net)$", row["email"])])

check("telephone numbers are of the ranges kept for fiction",
      [f"{row['id']}: {row['phone']}" for row in people if row["phone"] and not re.fullmatch(
          r"(06 39 98|04 65 71) \d\d \d\d", row["phone"])])
check("no two people have one address or one number",
      twice(row[column] for row in people for column in ("email", "phone") if row[column]))

# What is named exists.
known = {"pole": {row["key"] for row in poles}, "structure": {row["key"] for row in structures},
         "skill": {row["code"] for row in skills}}
check("every skill, pole and structure named is there",
      [f"{row.get('id') or row.get('key')}: {kind} {name!r}"
       for table in (people, needs, sessions) for row in table
       for kind in known for name in parts(row.get(kind, "")) if name not in known[kind]] +
      [f"{row['key']}: skill {code!r}" for row in poles for code in parts(row["skills"])
       if code not in known["skill"]])
check("a need or a session lies in a pole that has its skill",
      [f"{row['id']}: {row['skill']} in {row['pole']}" for table in (needs, sessions)
       for row in table if row["skill"] and row["skill"] not in parts(
           next((pole["skills"] for pole in poles if pole["key"] == row["pole"]), ""))])
named = ([(row["id"], who) for row in sessions
          for who in parts(row["trainers"]) + parts(row["registrations"])] +
         [(row["id"], who.split(":")[0].strip()) for row in needs
          for who in [row["person"], *parts(row["supports"])] if who])
check("everyone named is there, and not as a draft",
      [f"{where}: {who}" for where, who in named
       if who not in person or person[who]["state"] != "published"])
check("every need a session answers is there, about the same skill",
      [f"{row['id']}: {name}" for row in sessions for name in parts(row["needs"])
       if name not in need or need[name]["skill"] != row["skill"]])

# Who teaches knows; who asks does not.
check("every trainer passes on the skill taught, at level 3 or 4",
      [f"{row['id']}: {who}: {row['skill']}" for row in sessions
       for who in parts(row["trainers"]) if level_of(who, row["skill"]) < 3])
check("every trainer's card was confirmed within a year",
      [f"{row['id']}: {who}" for row in sessions for who in parts(row["trainers"])
       if (days(person[who]["confirmed_at"]) or -9999) < -SILENT_DAYS])
check("a circle has no trainer, all other sessions have one",
      [row["id"] for row in sessions
       if (row["format"] == "circle") == bool(parts(row["trainers"]))])
check("nobody asks for what she masters",
      [f"{row['id']}: {who}" for row in needs if row["skill"]
       for who in [row["person"], *(x.split(":")[0] for x in parts(row["supports"]))]
       if who and level_of(who, row["skill"]) >= 3])
check("nobody registers twice, or where she teaches, or for what she masters",
      [f"{row['id']}: {who}" for row in sessions for who in parts(row["registrations"])
       if parts(row["registrations"]).count(who) > 1 or who in parts(row["trainers"]) or
       (row["skill"] and level_of(who, row["skill"]) >= 3)])
check("nobody supports her own need, or one twice",
      [row["id"] for row in needs
       for all_ in [[row["person"], *(x.split(":")[0] for x in parts(row["supports"]))]]
       if len(set(all_)) < len(all_)])
check("whoever asked for a session is registered there",
      [f"{row['id']}: {need[name]['person']}" for row in sessions for name in parts(row["needs"])
       if need[name]["person"] not in parts(row["registrations"])])

# Rows that no transition could have led to.
wrong = []
for row in sessions:
    dates = [days(date) for date in parts(row["dates"])]
    count, seats = len(parts(row["registrations"])), int(row["seats"])
    decide = days(row["decide_at"])
    rules = {
        "proposed": min(dates) > 0 and decide is not None and 0 < decide < min(dates),
        "confirmed": min(dates) > 0 and len(dates) == 1 and count >= int(row["threshold"]),
        "held": max(dates) < 0 and len(dates) == 1 and count >= int(row["threshold"]),
        "cancelled": count < int(row["threshold"]),
    }
    if not rules[row["state"]]:
        wrong.append(f"{row['id']}: {row['state']}, {count} of {seats}, {dates}, {decide}")
check("a session's state fits its dates and registrations", wrong)
check("a need that is more than stated has an author and a skill",
      [row["id"] for row in needs
       if row["state"] != "stated" and not (row["person"] and row["skill"])])
check("an open need was stated within the 90 days it lives",
      [row["id"] for row in needs if not -90 < days(row["created_at"]) <= 0])

# What an exchange really looks like.
kinds = collections.Counter(row["state"] for row in sessions)
full = [row for row in sessions if len(parts(row["registrations"])) == int(row["seats"])]
waiting = [row for row in sessions if len(parts(row["registrations"])) > int(row["seats"])]
check("sessions of every kind: to be confirmed, coming, past, called off, full, with a "
      "waitlist, online, without a trainer",
      [what for what, count in (
          *((state, kinds[state]) for state in ("proposed", "confirmed", "held", "cancelled")),
          ("full", len(full)), ("waitlist", len(waiting)),
          ("online", sum(row["place"] == "en ligne" for row in sessions)),
          ("circle", sum(row["format"] == "circle" for row in sessions))) if not count])
states = collections.Counter(row["state"] for row in needs)
asked = collections.Counter(row["skill"] for row in needs if row["state"] == "grouped")
check("needs in every state; several grouped around one skill; some only a sentence",
      [state for state in ("stated", "qualified", "grouped", "met", "given_up")
       if not states[state]] +
      too_few(sum(count > 1 for count in asked.values()), 5) +
      too_few(sum(not row["skill"] for row in needs), 20))
check("some skills are asked for that nobody has",
      too_few(len({row["skill"] for row in needs if row["skill"]} - set(holders)), 3))
check("some skills are held by one person only",
      too_few(sum(len(who) == 1 for code, who in holders.items() if code), 10))
check("some people are silent: not confirmed for a year",
      too_few(sum((days(row["confirmed_at"]) or 0) < -SILENT_DAYS for row in live), 10))
check("some cards are hardly filled in", too_few(sum(not row["about"] for row in people), 10))
check("some people are overloaded: no contact wanted now",
      too_few(sum(row["quota"] == "0" or bool(row["pause_until"]) for row in live), 5))

# As a French printer sets it.
typewriter = re.compile(r"'|[^\s\u00a0\u202f«?!\d][?!](?!\w)|[ ][?!;:»%€]|«[ ]|\w[;:](?=\s)")
english = re.compile(r"\b(the|and|my|with|How)\b")
check("apostrophes and no-break spaces are a French printer's",
      [f"{table}: {cell!r}" for table, columns in (
          ("people", ("headline", "about", "commune")), ("structures", ("name", "about")),
          ("poles", ("name", "about")), ("sessions", ("title", "about", "place", "commune")),
          ("needs", ("text", "commune", "could_pass_on")), ("made", ("text",)),
          ("skills", ("label", "description")))
       for row in rows(table) for column in columns for cell in [row[column]]
       if table != "made" or row["list"] in ("title", "special", "said", "history", "how", "reach")
       if typewriter.search(cell) and not english.search(cell)])

# Dates follow the day of the start.
check("no date of the demonstration is fixed",
      [f"{row['id']}: {cell}" for table, columns in (
          (people, ("confirmed_at", "pause_until")), (needs, ("created_at",)),
          (sessions, ("dates", "decide_at"))) for row in table for column in columns
       for cell in parts(row[column])
       if not re.fullmatch(r"[+-]\d+d( \d+:\d\d-\d+:\d\d)?", cell)])
folder = tempfile.TemporaryDirectory()
content = os.path.join(folder.name, "content")
os.makedirs(content)
os.symlink(DEMO, os.path.join(content, "demo"))
environment = dict(os.environ, ETABLI_CONTENT=content)
data = os.path.join(folder.name, "data")


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments, "--data", data], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=environment)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def today():
    """The day in Paris, the site's zone: an hour or two ahead of UTC."""
    now = datetime.datetime.now(datetime.timezone.utc)
    return {(now + datetime.timedelta(hours=ahead)).date() for ahead in (1, 2)}


started = today()
code, text, trouble = run("demo")
ended = today()
check("the program takes all of it", [] if code == 0 else [text + trouble])
off = []
for row in csv.DictReader(run("export", "sessions")[1].splitlines()):
    first = datetime.date.fromisoformat(parts(row["dates"])[0][:10])
    meant = days(parts(next(s for s in sessions if s["id"] == row["id"])["dates"])[0])
    if first - datetime.timedelta(meant) not in started | ended:
        off.append(f"{row['id']}: {first}, {meant} days from {started}")
check("a session of +9d is nine days after the day of the start", off)
there = collections.Counter()
for kind in ("people", "needs", "sessions", "structures", "poles"):
    there[kind] = len(list(csv.DictReader(run("export", kind)[1].splitlines())))
check("all of it is in the records",
      [f"{kind}: {there[kind]} of {len(rows(kind))}" for kind in there
       if there[kind] != len(rows(kind))])
os.remove(os.path.join(content, "demo"))
code, text, trouble = run("demo")
check("a content folder without a demonstration is told, not passed over",
      [] if code == 1 and "demo" in trouble else [code, text, trouble])
print(f"1..{number}")
sys.exit(0)
