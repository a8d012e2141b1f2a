"""Seeded problems for the planner, drawn from the demonstration directory (content/demo).

Skills, their sharers and levels, weekly times, communes and languages are those of its people; a
problem with more people than it has draws each trait from one of them. What it does not say (rooms,
the way between communes, what a need is worth) is drawn too. The same kind and seed give the same
file on every machine."""
import csv
import math
import os
import random
import re

DEMO = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../content/demo")
DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
MONDAY = 1_796_000_400 - 1_796_000_400 % 86400 + 4 * 86400  # 2026-11-30, 0:00 UTC
# degrees; the others lie somewhere within 40 km of Grenoble
PLACES = {"Grenoble": (45.19, 5.72), "Échirolles": (45.14, 5.72), "Fontaine": (45.19, 5.69),
          "Voiron": (45.36, 5.59), "Saint-Martin-d’Hères": (45.17, 5.76), "Crolles": (45.28, 5.88),
          "Meylan": (45.21, 5.78), "Le Pont-de-Claix": (45.12, 5.70), "Vizille": (45.08, 5.77),
          "La Mure": (44.90, 5.79), "Seyssinet-Pariset": (45.18, 5.69), "Saint-Égrève": (45.23, 5.68),
          "Voreppe": (45.30, 5.64), "Tullins": (45.30, 5.49), "Mens": (44.82, 5.75)}
SIZES = {50: (50, 15, 40, 5, 6), 500: (500, 100, 40, 10, 30), 5000: (5000, 1000, 80, 60, 120)}
HARD = ("plain", "times", "star", "rooms")


def rows(name):
    with open(os.path.join(DEMO, name + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def windows(text):
    """Weekly times as (day, first minute, last minute)."""
    found = re.findall(r"(\w+) (\d+):(\d\d)-(\d+):(\d\d)", text)
    return [(DAYS.index(day), int(h) * 60 + int(m), int(to) * 60 + int(tm))
            for day, h, m, to, tm in found if day in DAYS]


def shares(text):
    return [(skill.strip(), int(level)) for skill, level in
            re.findall(r"([^;()]+)\((\d)(?![^)]*non-partage)[^)]*\)", text)]


class Directory:
    """What the demonstration says, as lists to draw from."""

    def __init__(self):
        people = rows("people")
        self.windows = [w for person in people for w in windows(person["availability"])]
        self.communes = [person["commune"] for person in people if person["commune"]]
        self.languages = [person["languages"].split("; ") or ["fr"] for person in people]
        self.quotas = [int(person["quota"]) for person in people if person["quota"] not in ("", "0")]
        self.levels = [level for person in people for _, level in shares(person["skills"])]
        held = {}
        for person in people:
            for skill, _ in shares(person["skills"]):
                held[skill] = held.get(skill, 0) + 1
        self.skills = sorted(held, key=lambda skill: (-held[skill], skill))
        self.held = held


def dates(directory, count, chance):
    """Dates of two hours over so many weeks that each has about seven, at the usual times."""
    weeks = max(1, count // 7)
    starts = sorted({(w[0], w[1]) for w in directory.windows if w[2] - w[1] >= 120})
    made = set()
    while len(made) < count:
        day, minute = chance.choice(starts)
        made.add(((chance.randrange(weeks) * 7 + day), minute))
    return [{"id": f"d{i}", "starts_at": MONDAY + day * 86400 + minute * 60,
             "ends_at": MONDAY + day * 86400 + minute * 60 + 7200, "_at": (day, minute)}
            for i, (day, minute) in enumerate(sorted(made))]


def times(directory, of_dates, chance, count):
    """Who has `count` weekly times: the dates that fall within one of them, nine in ten."""
    own = [chance.choice(directory.windows) for _ in range(count)]
    return [date["id"] for date in of_dates
            if any(w[0] == date["_at"][0] % 7 and w[1] - 30 <= date["_at"][1] <= w[2] - 90
                   for w in own) and chance.random() < .9]


def communes(directory, chance):
    names = sorted(set(directory.communes))
    at = {name: PLACES.get(name) or (45.19 + chance.uniform(-.3, .3), 5.72 + chance.uniform(-.4, .4))
          for name in names}
    ways = [[5 if a == b else round(5 + 1.3 * math.hypot((at[a][0] - at[b][0]) * 111,
                                                          (at[a][1] - at[b][1]) * 78))
             for b in names] for a in names]
    return names, ways


def some_skills(directory, names, chance, star):
    """Some skills with their levels, often those that many share."""
    if star:
        return [{"skill": name, "level": 4} for name in names[:max(3, len(names) // 5)]]
    own = {names[int(len(names) * chance.random() ** 1.5)] for _ in range(chance.randint(1, 3))}
    return [{"skill": name, "level": max(2, chance.choice(directory.levels))} for name in sorted(own)]


def make_people(directory, names, of_dates, chance, trainers, learners, hard):
    people = []
    for i in range(trainers + learners):
        is_star = hard == "star" and i == 0
        count = (2 if learners > 50 else 3) if hard == "times" else chance.randint(3, 6)
        person = {"id": f"p{i}", "commune": chance.choice(directory.communes),
                  "languages": chance.choice(directory.languages),
                  "dates": times(directory, of_dates, chance, 16 if is_star else count),
                  "needs_step_free": chance.random() < .04}
        if i < trainers:
            person.update(shares=some_skills(directory, names, chance, is_star), load=chance.randrange(3),
                          quota=12 if is_star else chance.choice(directory.quotas))
            if hard == "star" and i:
                person["quota"] = 1
        people.append(person)
    return people


def make_needs(names, people, trainers, count, chance):
    """One person in ten has several needs, one need in twelve is a trainer's own."""
    learners = people[trainers:]
    made = []
    for i in range(count):
        who = learners[i % len(learners)] if chance.random() < .9 else chance.choice(people)
        made.append({"id": f"n{i}", "person": who["id"],
                     "skill": names[int(len(names) * chance.random() ** 1.7)],
                     "level": chance.choice([1, 1, 2, 2, 3]), "value": round(1 + 2 * chance.random(), 3)})
    return made


def make_rooms(directory, of_dates, count, chance, hard):
    if hard == "rooms":
        count = max(1, count // 3)
    return [{"id": f"r{i}", "commune": chance.choice(list(PLACES)[:8]),
             "capacity": chance.randint(4, 7) if hard == "rooms" else chance.randint(6, 15),
             "equipment": ["atelier"] if chance.random() < .5 else [],
             "is_step_free": chance.random() < .7,
             "dates": [date["id"] for date in of_dates if chance.random() < .8]} for i in range(count)]


def make(size, hard, seed):
    """A problem of that size (50, 500, 5000) and kind (HARD) as docs/plan.md says."""
    needs, trainers, date_count, rooms, skill_count = SIZES[size]
    chance = random.Random(f"{size}/{hard}/{seed}")
    directory = Directory()
    names = directory.skills[:skill_count]
    of_dates = dates(directory, date_count, chance)
    places, ways = communes(directory, chance)
    people = make_people(directory, names, of_dates, chance, trainers, needs * 9 // 10, hard)
    problem = {
        "dates": of_dates, "communes": places, "travel_min": ways, "travel_most_min": 45,
        "skills": [{"id": name, "equipment": ["atelier"] if chance.random() < .25 else [],
                    "near": [{"skill": names[(i + 1) % len(names)], "closeness": .6}]
                    if chance.random() < .5 else []} for i, name in enumerate(names)],
        "people": people, "needs": make_needs(names, people, trainers, needs, chance),
        "rooms": make_rooms(directory, of_dates, rooms, chance, hard),
        "threshold": 4, "seats_most": 12, "comfortable": 6,
        "weights": {"travel_hour": .3, "session": 1.5, "empty_seat": .3, "load": .3, "circle": .6,
                    "level_off": .8}}
    for date in of_dates:
        del date["_at"]
    return problem
