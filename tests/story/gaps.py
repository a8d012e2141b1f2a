#!/usr/bin/env python3
"""The gaps of a pole: counted again here from the rows, by other means, for a directory made by
chance; then the page, its spreadsheet and the command say the same. Speaks TAP."""
import csv
import io
import json
import os
import random
import sqlite3
import time

from serving import Site, Steps
from sessions_shared import come_in, token

check = Steps()
DAY = 86400
CALM = {"none": "calm", "crowd": "tight", "elsewhere": "hard", "no_time": "hard"}


def make_directory(site, chance):
    """Skills with twins and children, cards in every state, needs merged, supported and closed."""
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    now = int(time.time())
    rows = {name: base.execute(f"SELECT MAX(id) FROM {name}").fetchone()[0] or 0
            for name in ("person", "need", "skill", "introduction")}
    structures = [row[0] for row in base.execute("SELECT id FROM structure")][:4] + [None]
    poles = [row[0] for row in base.execute("SELECT id FROM pole ORDER BY id")][:3]
    first = {name: top + 1 for name, top in rows.items()}
    skills = list(range(first["skill"], first["skill"] + 30))
    for number, skill in enumerate(skills):
        parent = skills[number - 7] if number % 7 == 6 else None
        base.execute("INSERT INTO skill VALUES (?, 'gap', ?, ?, NULL, NULL, 1)",
                     (skill, f"g{number}", parent))
        # Number 20 and number 3 are called the same.
        name = f"savoir gazounet {3 if number == 20 else number}"
        base.execute("INSERT INTO skill_label VALUES (?, 0, 'fr', 0, ?, ?)",
                     (skill, name, name))
    people = list(range(first["person"], first["person"] + 120))
    for person in people:
        address = f"p{person % 97}@example.org" if chance.random() < .9 else None
        base.execute(
            "INSERT INTO person (id, structure_id, name, name_folded, email, email_folded, formats,"
            " quota_month, pause_until, state, confirmed_at, declined_at, created_at, updated_at, version)"
            " VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, 1)",
            (person, chance.choice(structures), f"P{person}", f"p{person}", address, address,
             chance.choice([-1, -1, 0, 1, 5]), chance.choice([None, None, now + DAY, now - DAY]),
             chance.choice([0, 1, 1, 1, 1, 2]),
             chance.choice([None, now - 10 * DAY, now - 200 * DAY, now - 400 * DAY, now - 90 * DAY]),
             chance.choice([None] * 9 + [now]), now, now))
        for place, skill in enumerate(chance.sample(skills[:25], chance.randint(0, 4))):
            base.execute("INSERT INTO person_skill VALUES (?, ?, ?, 'x', 3, ?, 0)",
                         (person, place, skill, int(chance.random() < .8)))
        for place, pole in enumerate(chance.sample(poles, chance.randint(0, 2))):
            base.execute("INSERT INTO person_pole VALUES (?, ?, ?)", (person, place, pole))
        if chance.random() < .7:
            base.execute("INSERT INTO availability VALUES (?, 0, ?, 540, 600)",
                         (person, chance.randint(1, 5)))
    for number in range(80):
        need = first["need"] + number
        merged = first["need"] + chance.randint(0, number - 1) if number > 20 and chance.random() < .2 else None
        if merged and base.execute("SELECT merged_into FROM need WHERE id = ?", (merged,)).fetchone()[0]:
            merged = None
        base.execute(
            "INSERT INTO need (id, person_id, structure_id, pole_id, skill_id, text, level, state,"
            " created_at, expires_at, updated_at, version, merged_into)"
            " VALUES (?, ?, ?, ?, ?, 'besoin', 0, ?, ?, ?, ?, 1, ?)",
            (need, chance.choice(people + [None] * 30), chance.choice(structures),
             chance.choice(poles + [None]), chance.choice(skills + [None] * 5),
             chance.choice([0, 1, 1, 2, 3, 4]), now - chance.randint(0, 500) * DAY,
             now + chance.choice([-1, 30, 60, 90]) * DAY, now, merged))
        for place in range(chance.choice([0, 0, 1, 2, 3])):
            base.execute("INSERT INTO need_support VALUES (?, ?, ?, NULL, ?)",
                         (need, place, chance.choice(people + [None] * 20), now - DAY))
        if chance.random() < .6:
            base.execute("INSERT INTO need_window VALUES (?, 0, ?, 540, 600)", (need, chance.randint(1, 5)))
    for number in range(60):
        base.execute(
            "INSERT INTO introduction (id, asker_id, resource_id, wave, state, asker_shows,"
            " resource_shows, created_at, expires_at) VALUES (?, ?, ?, 0, ?, 0, 0, ?, ?)",
            (first["introduction"] + number, people[0], chance.choice(people), chance.randint(0, 5),
             now - chance.choice([0, 40, 80, 500]) * DAY, now))
    base.commit()
    base.close()
    return poles


def month_start():
    local = time.localtime()
    return int(time.mktime((local.tm_year, local.tm_mon, 1, 0, 0, 0, 0, 0, -1)))


def count_again(site, pole):
    """The same report, from the rows, one person after another."""
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    base.row_factory = sqlite3.Row
    now = int(time.time())
    needs = {row["id"]: row for row in base.execute("SELECT * FROM need")}
    people = {row["id"]: row for row in base.execute("SELECT * FROM person")}
    labels, parents = {}, {}
    for row in base.execute("SELECT skill_id, folded FROM skill_label"):
        labels.setdefault(row["skill_id"], set()).add(row["folded"])
    for row in base.execute("SELECT id, parent_id FROM skill"):
        parents[row["id"]] = row["parent_id"]
    asking, times, found = {}, {}, {"needs": 0, "unqualified": 0, "people": set()}
    for stands in needs.values():
        if (stands["merged_into"] or stands["state"] > 2 or stands["expires_at"] <= now or
                pole and stands["pole_id"] != pole):
            continue
        who = set()
        for need in needs.values():
            if need["id"] == stands["id"] or need["merged_into"] == stands["id"]:
                who.add(need["person_id"] or f"n{need['id']}")
                for row in base.execute("SELECT * FROM need_support WHERE need_id = ?", (need["id"],)):
                    who.add(row["person_id"] or f"s{need['id']}.{row['position']}")
        found["needs"] += 1
        found["people"] |= who
        if not stands["skill_id"]:
            found["unqualified"] += 1
            continue
        asking.setdefault(stands["skill_id"], set()).update(who)
        windows = [tuple(row) for row in base.execute(
            "SELECT weekday, start_min, end_min FROM need_window WHERE need_id = ?", (stands["id"],))]
        times.setdefault(stands["skill_id"], []).append(windows)
    members = {row[0] for row in base.execute("SELECT person_id FROM person_pole WHERE pole_id = ?", (pole,))}

    def stands_at(person):
        same = {other["id"] for other in people.values()
                if other["id"] == person["id"] or
                person["email_folded"] and other["email_folded"] == person["email_folded"]}
        contacts = list(base.execute(f"SELECT * FROM introduction WHERE resource_id IN ({','.join(map(str, same))})"))
        used = sum(row["created_at"] >= month_start() and row["state"] in (0, 1, 3, 5) for row in contacts)
        own = [row for row in contacts if row["resource_id"] == person["id"] and row["state"] in (1, 2, 3, 5)]
        last = max(own, key=lambda row: row["id"]) if own else None
        if (person["state"] != 1 or not person["email"] or not person["confirmed_at"] or
                person["confirmed_at"] <= now - 360 * DAY):
            return "unconfirmed"
        if (person["pause_until"] or 0) > now:
            return "pausing"
        if used >= (2 if person["quota_month"] < 0 else person["quota_month"]):
            return "at_quota"
        if last and last["state"] == 3 and last["created_at"] >= now - 360 * DAY:
            return "silent"
        return "live"

    order = ["live", "unconfirmed", "pausing", "at_quota", "silent"]
    report = {}
    for skill, who in asking.items():
        as_good = {skill} | {other for other in labels if labels[other] & labels.get(skill, set())}
        as_good |= {other for other, parent in parents.items() if parent == skill}
        best, here, days = {}, set(), {}
        for row in base.execute("SELECT * FROM person_skill WHERE shares = 1"):
            person = people[row["person_id"]]
            if row["skill_id"] not in as_good or person["declined_at"]:
                continue
            human = person["email_folded"] or person["id"]
            state = stands_at(person)
            if human not in best or order.index(state) < order.index(best[human]):
                best[human] = state
            if not pole or person["id"] in members:
                here.add(human)
            windows = [tuple(each) for each in base.execute(
                "SELECT weekday, start_min, end_min FROM availability WHERE person_id = ?", (person["id"],))]
            days.setdefault(human, []).append(windows)
        live = {human for human, state in best.items() if state == "live"}
        common = any(not windows for windows in times[skill]) or any(
            any(not windows for windows in days[human]) or
            any(day == other and max(start, begin) < min(end, finish)
                for windows in days[human] for day, start, end in windows
                for asked in times[skill] for other, begin, finish in asked) for human in live)
        if not live:
            counts = [sum(state == each for state in best.values()) for each in order[1:]]
            cause = ["unconfirmed", "pausing", "quota", "silent"][counts.index(max(counts))] if best else "nobody"
        elif not live & here:
            cause = "elsewhere"
        elif not common:
            cause = "no_time"
        else:
            cause = "crowd" if len(who) >= 4 * len(live) else "none"
        report[skill] = (len(who), len(live), len(live & here), len(best), cause)
    base.close()
    return report, found


def reported(site, pole=None):
    text = site.run("gaps", "--json", *(["--pole", pole] if pole else []))
    said = json.loads(text)
    return said, {row["skill_id"]: (row["asking"], row["live"], row["live_here"], row["known"], row["cause"])
                  for row in said["gaps"]}


def differing(expected, said):
    return [f"skill {skill}: counted {expected.get(skill)}, said {said.get(skill)}"
            for skill in sorted(set(expected) | set(said)) if expected.get(skill) != said.get(skill)]


def tell_counts(seed):
    with Site() as site:
        poles = make_directory(site, random.Random(seed))
        keys = dict(sqlite3.connect(os.path.join(site.data, "etabli.sqlite")).execute("SELECT id, key FROM pole"))
        for pole in poles:
            expected, found = count_again(site, pole)
            said, rows = reported(site, keys[pole])
            check(f"seed {seed}: the {len(rows)} skills asked for in {keys[pole]} are counted as from the rows",
                  not differing(expected, rows) and len(rows) > 5, "\n".join(differing(expected, rows)))
            check(f"seed {seed}: so are its needs and people",
                  (said["needs"], said["unqualified"], said["asking"]) ==
                  (found["needs"], found["unqualified"], len(found["people"])), str((said["needs"], found)))
            heats = [CALM.get(row["cause"], "open") for row in said["gaps"]]
            worst = ["open", "hard", "tight", "calm"]
            check(f"seed {seed}: the worst stand first", heats == sorted(heats, key=worst.index) and
                  heats == [row["heat"] for row in said["gaps"]], str(heats))
            check(f"seed {seed}: cells add up to at least what the row says",
                  all(sum(cell["asking"] for cell in row["cells"]) >= row["asking"] and
                      sum(cell["known"] for cell in row["cells"]) >= row["known"] and
                      len(row["cells"]) == len(said["columns"]) for row in said["gaps"]))
        expected, found = count_again(site, None)
        said, rows = reported(site)
        different = differing(expected, rows)
        if said["gap_total"] > len(rows):
            different = [each for each in different if not each.endswith("said None")]
        check(f"seed {seed}: so is the whole site, by pole", not different and said["gap_total"] == len(expected),
              "\n".join(different))


def tell_page():
    """As the keeper of a pole sees it, and goes on from there."""
    with Site() as site:
        desk = "/poles/batiment/bureau/manques"
        keeper = come_in(site, "nadege.tirardcollet@example.com")
        stranger = come_in(site, "passante@example.org")
        page = keeper.ask(desk)
        said = json.loads(keeper.ask(desk + ".json").text)
        asked, _ = reported(site, "batiment")
        check("the page of a pole shows its gaps to who keeps it", page.status == 200 and
              "poser du placo" in page.text and f"{said['gap_total']} compétences demandées" in page.words("h2"),
              page.text[:600])
        check("its JSON says what the command says",
              [(row["label"], row["asking"], row["cause"]) for row in said["gaps"]] ==
              [(row["label"], row["asking"], row["cause"]) for row in asked["gaps"]])
        check("nobody else sees it", stranger.ask(desk).status == 403 and
              stranger.ask(desk + "/csv").status == 403 and site.ask(desk)[0] == 303)
        sheet = list(csv.reader(io.StringIO(keeper.ask(desk + "/csv").text.lstrip("\ufeff"))))
        check("the spreadsheet has a line for each skill, in French", sheet[0][0] == "compétence demandée" and
              [row[0] for row in sheet[1:]] == [row["label"] for row in said["gaps"]], str(sheet[:2]))
        check("the Monday page leads there", desk in keeper.ask("/poles/batiment/bureau").text)
        proposing = [href for href in page.links() if "competence=" in href]
        form = keeper.ask(proposing[0]) if proposing else None
        check("a gap leads to a session, its skill filled in", form and form.status == 200 and
              said["gaps"][0]["label"] in form.text)
        # Everyone who could answer stops: the cause changes, and so does the page.
        base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
        skill = next(row["skill_id"] for row in said["gaps"] if row["label"] == "poser du placo")
        with base:
            base.execute("UPDATE person SET pause_until = ? WHERE id IN (SELECT person_id FROM person_skill"
                         " WHERE skill_id = ?)", (int(time.time()) + 30 * DAY, skill))
        base.close()
        row = next(row for row in json.loads(keeper.ask(desk + ".json").text)["gaps"]
                   if row["skill_id"] == skill)
        page = keeper.ask(desk)
        check("who pauses is phantom supply, and the page says so", row["live"] == 0 and
              row["cause"] == "pausing" and row["phantom"] > 0 and "Toutes en pause" in page.text, str(row))
        check("its form to ask people bears her token", not page.all("form", method="post") or token(page))
        told = site.fails("gaps", "--pole", "nulle-part")
        check("a pole that is not there is told", 'there is no pole "nulle-part"' in told, told)


tell_page()
for each_seed in (1, 2, 3):
    tell_counts(each_seed)
check.end()
