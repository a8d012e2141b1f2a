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
import urllib.parse

from serving import Site, Steps, soon
from sessions_shared import come_in, token

check = Steps()
DAY = 86400
CALM = {"none": "calm", "crowd": "tight", "elsewhere": "hard", "no_time": "hard", "planned": "calm", "proposed": "tight"}


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
    sessions = [row[0] for row in base.execute("SELECT id FROM session ORDER BY id")]
    # Of every third nobody has said yes to giving it.
    base.executemany("DELETE FROM session_trainer WHERE session_id = ?", [(each,) for each in sessions[::3]])
    for number in range(30):
        base.execute("INSERT INTO session_need VALUES (?, ?, ?)",
                     (chance.choice(sessions), 100 + number, first["need"] + chance.randint(0, 79)))
    for number in range(60):
        base.execute(
            "INSERT INTO introduction (id, asker_id, resource_id, wave, state, asker_shows,"
            " resource_shows, created_at, expires_at) VALUES (?, ?, ?, 0, ?, 0, 0, ?, ?)",
            (first["introduction"] + number, people[0], chance.choice(people), chance.randint(0, 5),
             now - chance.choice([0, 40, 80, 500]) * DAY, now))
    anew(base)
    base.commit()
    base.close()
    return poles


def anew(base):
    """What is written past the program marks nothing: all is to be counted anew."""
    base.execute("INSERT INTO gap_stale VALUES (0, 0, (SELECT MAX(number) + 1 FROM change))"
                 " ON CONFLICT DO UPDATE SET number = excluded.number")


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
    labels, parents, names, first = {}, {}, {}, {}
    for row in base.execute("SELECT skill_id, folded, kind, lang FROM skill_label ORDER BY skill_id DESC"):
        labels.setdefault(row["skill_id"], set()).add(row["folded"])
        if row["kind"] == 0 and row["lang"] == "fr":
            names[row["skill_id"]] = row["folded"]
            first[row["folded"]] = row["skill_id"]
    for row in base.execute("SELECT id, parent_id FROM skill"):
        parents[row["id"]] = row["parent_id"]
    given = {row[0] for row in base.execute("SELECT session_id FROM session_trainer")}
    coming, proposed = set(), set()
    for session, need, state, form in base.execute(
            "SELECT t.id, need_id, state, format FROM session_need x JOIN session t ON t.id = x.session_id"
            " WHERE t.state IN (0, 1)"):
        (coming if state == 1 or form == 16 or session in given else proposed).add(need)
    waiting, in_vain = {}, {}
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
        skill = first.get(names.get(stands["skill_id"]), stands["skill_id"])
        asking.setdefault(skill, set()).update(who)
        waiting.setdefault(skill, set()).update(set() if stands["id"] in coming else who)
        in_vain.setdefault(skill, set()).update(set() if stands["id"] in coming | proposed else who)
        windows = [tuple(row) for row in base.execute(
            "SELECT weekday, start_min, end_min FROM need_window WHERE need_id = ?", (stands["id"],))]
        times.setdefault(skill, []).append(windows)
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
        same = {skill} | {other for other in names if names[other] == names.get(skill)}
        as_good = same | {other for other in labels for twin in same if labels[other] & labels.get(twin, set())}
        as_good |= {other for other, parent in parents.items() if parent in same}
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
        if not waiting[skill]:
            cause = "planned"
        elif not in_vain[skill]:
            cause = "proposed"
        elif not live:
            counts = [sum(state == each for state in best.values()) for each in order[1:]]
            cause = ["unconfirmed", "pausing", "quota", "silent"][counts.index(max(counts))] if best else "nobody"
        elif not live & here:
            cause = "elsewhere"
        elif not common:
            cause = "no_time"
        else:
            cause = "crowd" if len(waiting[skill]) >= 4 * len(live) else "none"
        report[skill] = (len(who), len(waiting[skill]), len(waiting[skill] - in_vain[skill]), len(live), len(live & here), len(best), cause)
    base.close()
    return report, found


def groups(site):
    """Rows that stand for needs in free words: tests/story/word_groups.py tells of them."""
    with sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20) as base:
        return base.execute("SELECT COUNT(DISTINCT group_id) FROM need WHERE group_id IS NOT NULL AND skill_id IS NULL"
                            " AND merged_into IS NULL AND state < 3 AND expires_at > ?", (time.time(),)).fetchone()[0]


def reported(site, pole=None):
    text = site.run("gaps", "--json", *(["--pole", pole] if pole else []))
    said = json.loads(text)
    return said, {row["skill_id"]: (row["asking"], row["waiting"], row["proposed"], row["live"], row["live_here"], row["known"], row["cause"])
                  for row in said["gaps"] if row["skill_id"]}


def marked(site):
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    count = base.execute("SELECT COUNT(*) FROM gap_stale").fetchone()[0]
    base.close()
    return count


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
        deadline = time.time() + 20
        while marked(site) and time.time() < deadline:
            time.sleep(.1)
        kept = [site.run("gaps", "--json", *where) for where in ([], ["--pole", keys[poles[0]]])]
        anew_said = [site.run("gaps", "--json", "--recount", *where) for where in ([], ["--pole", keys[poles[0]]])]
        check(f"seed {seed}: what the server kept says the same", not marked(site) and kept == anew_said)
        different = differing(expected, rows)
        if said["gap_total"] > len(rows):
            different = [each for each in different if not each.endswith("said None")]
        check(f"seed {seed}: so is the whole site, by pole", not different and len(expected) ==
              said["gap_total"] - groups(site),
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
        check("what is wide scrolls in a region with a name, and its colours are explained before it",
              all(each.get("tabindex") == "0" and (each.get("aria-label") or each.get("aria-labelledby"))
                  for each, _ in page.all("div", role="region")) and len(page.all("div", role="region")) >= 2 and
              0 < page.text.find("legend heats") < page.text.find("heatmap") < page.text.find("table heat"))
        check("the letters of the months are not drawn smaller on a small screen", page.all("svg", class_="trend") and
              "viewBox" not in page.all("svg", class_="trend")[0][0], str(page.all("svg", class_="trend")))
        check("its JSON says what the command says",
              [(row["label"], row["asking"], row["cause"]) for row in said["gaps"]] ==
              [(row["label"], row["asking"], row["cause"]) for row in asked["gaps"]])
        check("nobody else sees it", stranger.ask(desk).status == 403 and
              stranger.ask(desk + "/csv").status == 403 and site.ask(desk)[0] == 303)
        text = keeper.ask(desk + "/csv").text
        sheet = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
        check("the spreadsheet has a line for each skill, in French", sheet[0][0] == "compétence demandée" and text[0] == "\ufeff" and
              sheet[0][-1] == "cause" and {row[-1] for row in sheet[1:]} & {"Personne", "Réponse possible"} and
              [row[0] for row in sheet[1:]] == [row["label"] for row in said["gaps"]], str(sheet[:2]))
        check("the Monday page leads there", desk in keeper.ask("/poles/batiment/bureau").text)
        proposing = [href for href in page.links() if "competence=" in href]
        form = keeper.ask(proposing[0]) if proposing else None
        check("a gap leads to a session, its skill filled in", form and form.status == 200 and
              said["gaps"][0]["label"] in form.text)
        everywhere = json.loads(keeper.ask("/manques.json").text)
        whole = keeper.ask("/manques")
        first, *later = whole.text.split("<details")
        check("the page of all poles shows the worst gaps first and folds the others, in the table too",
              first.count('<li class="open') <= 8 and len(whole.all("details", class_="folded")) == 3 and
              len(whole.all("table", class_="heat")) == 2 and all(
                  whole.text.count(f">{row['label']}</a></th>") == 1 for row in everywhere["gaps"] if row["skill_id"]),
              str(len(later)))
        told = json.loads(site.run("gaps", "--json"))
        check("the gaps of the whole site stand by pole, as the command tells", everywhere["gap_total"] ==
              told["gap_total"] > said["gap_total"] and "Pôle bâtiment" in
              [column["name"] for column in everywhere["columns"]] and len(everywhere["poles"]) == 12)
        check("strangers see neither these nor the poster", stranger.ask("/manques").status == 403 and
              stranger.ask("/manques/csv").status == 403 and stranger.ask(desk + "/affiche").status == 403)
        poster = keeper.ask(desk + "/affiche")
        check("the poster names the worst gaps and where to say so", poster.status == 200 and
              said["gaps"][0]["label"] in poster.text and "/poles/batiment" in poster.text)
        base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
        with base:
            base.execute("UPDATE need SET is_private = 1 WHERE skill_id IN (SELECT b.skill_id FROM skill_label a"
                         " JOIN skill_label b ON b.folded = a.folded WHERE a.skill_id = ?)",
                         (said["gaps"][0]["skill_id"],))
        hung = keeper.ask(desk + "/affiche").words("ul", class_="wanted")
        check("nothing that only private needs ask for is put on the wall", hung and
              said["gaps"][1]["label"] in hung[0] and said["gaps"][0]["label"] + " " not in hung[0], hung)
        secret = said["gaps"][0]["skill_id"]
        with base:
            anew(base)
        site_wide = json.loads(keeper.ask("/manques.json").text)["gaps"]
        check("what only private needs ask for counts in its pole only", secret not in
              [row["skill_id"] for row in site_wide] and secret in
              [row["skill_id"] for row in json.loads(keeper.ask(desk + ".json").text)["gaps"]])
        with base:
            base.execute("UPDATE need SET is_private = 0")
            anew(base)
        base.close()
        shut = [href for href in keeper.ask("/manques").links() if href.startswith("/poles/") and
                keeper.ask(href.split("#")[0]).status != 200]
        check("no link of the whole site leads where she may not go", not shut, str(shut))
        tell_trend(site, said["trend"])
        # Everyone who could answer stops: the cause changes, and so does the page.
        base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
        skill = next(row["skill_id"] for row in said["gaps"] if row["live"] and row["waiting"])
        with base:
            base.execute("UPDATE person SET pause_until = ? WHERE id IN (SELECT person_id FROM person_skill"
                         " WHERE skill_id = ?)", (int(time.time()) + 30 * DAY, skill))
            anew(base)
        base.close()
        row = next(row for row in json.loads(keeper.ask(desk + ".json").text)["gaps"]
                   if row["skill_id"] == skill)
        page = keeper.ask(desk)
        check("who pauses is phantom supply, and the page says so", row["live"] == 0 and
              row["cause"] == "pausing" and row["phantom"] > 0 and "Toutes en pause" in page.text, str(row))
        check("its form to ask people bears her token", not page.all("form", method="post") or token(page))
        told = site.fails("gaps", "--pole", "nulle-part")
        check("a pole that is not there is told", 'there is no pole "nulle-part"' in told, told)


def tell_trend(site, trend):
    """Pressure, reach and fairness, from the rows."""
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    pole = base.execute("SELECT id FROM pole WHERE key = 'batiment'").fetchone()[0]
    rows = base.execute("SELECT id, person_id, created_at, answered_at, merged_into FROM need"
                        " WHERE pole_id = ?", (pole,)).fetchall()
    since = trend["months"][0]["at"] - DAY / 2
    needs = {row[0]: row for row in rows if row[2] >= since and not row[4]}
    asking, served = set(), set()
    for need, row in needs.items():
        who = {row[1] or f"n{need}"} | {person or f"s{need}.{place}" for person, place in base.execute(
            "SELECT person_id, position FROM need_support WHERE need_id = ?", (need,))}
        asking |= who
        served |= who if row[3] else set()
    waits = sorted(row[3] - row[2] for row in needs.values() if row[3])
    loads = sorted((row[0] for row in base.execute(
        "SELECT COUNT(*) FROM session_trainer t JOIN session s ON s.id = t.session_id WHERE s.pole_id = ?"
        " AND s.state = 2 AND (SELECT MIN(starts_at) FROM session_date d WHERE d.session_id = s.id) >= ?"
        " GROUP BY t.person_id", (pole, since))), reverse=True)
    base.close()
    busiest = sum(loads[:-(-len(loads) // 10)])
    counted = (len(asking), len(served), sum(1 for _ in needs), sum(loads),
               round(busiest * 100 / sum(loads)) if loads else 0,
               round(waits[len(waits) // 2] / DAY) if waits else 0)
    said = (trend["asking"], trend["served"], sum(month["stated"] for month in trend["months"]),
            trend["sessions"], trend["busiest_percent"], trend["wait_days"])
    check("twelve months: who asked and was served, waits, sessions and the busiest tenth, as from the rows",
          counted == said and len(trend["months"]) == 12, f"{counted} {said}")


def tell_quiet():
    """A pole made lately is not said to have been quiet since the site began."""
    with Site(clock=True) as site:
        site.advance(days=40)
        base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
        base.execute("INSERT INTO pole (id, key, name, kind, version) SELECT 900, 'neuf', 'Pôle neuf', kind, 1 "
                     "FROM pole LIMIT 1")
        base.execute("INSERT INTO change SELECT MAX(number) + 1, 4, 900, ? FROM change", (site.now() - 3 * DAY,))
        base.commit()
        base.close()
        keeper = come_in(site, "nadege.tirardcollet@example.com")
        quiet = {pole["name"]: pole["quiet_days"] for pole in json.loads(keeper.ask("/manques.json").text)["poles"]}
        check("a new pole is quiet for as long as it is there", quiet["Pôle neuf"] == 3 and
              max(quiet.values()) >= 40, quiet)


def tell_searches():
    """Words searched for in vain on three days show; nothing else of the search is kept."""
    with Site(clock=True) as site:
        desk = "/poles/batiment/bureau/manques.json"
        base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
        name = base.execute("SELECT name FROM person WHERE state = 1").fetchone()[0]
        keeper = come_in(site, "nadege.tirardcollet@example.com")

        def search(*all_words):
            return [site.ask("/recherche?q=" + urllib.parse.quote(words))[0] for words in all_words]

        def noted(words, days=1):
            return soon(lambda: base.execute("SELECT COUNT(*) FROM search_miss WHERE words = ?",
                                             (words,)).fetchone()[0] == days)

        first, last = name.split()[0], name.split()[-1]
        search(first, f"{first} Zbrouchlinski", f"{last} {first} zbrouchlinska", "zbrouchlik@example.org",
               "zbrouchlik 06 12 34 56 78", "zz", "poser du placo", "Fabriquer un  Zbrouchlik")
        noted("fabriquer un zbrouchlik")
        search("fabriquer un zbrouchlik", "dompter la brouchelle")
        noted("dompter la brouchelle")
        check("a name, whole or in part, known or not, leaves nothing, nor do numbers and addresses",
              {row[0] for row in base.execute("SELECT words FROM search_miss")} ==
              {"fabriquer un zbrouchlik", "dompter la brouchelle"})
        rows = base.execute("SELECT * FROM search_miss WHERE words LIKE '%zbrouchlik'").fetchall()
        check("a search in vain leaves its words and the day, once a day", len(rows) == 1 and
              rows[0][0] == "fabriquer un zbrouchlik" and abs(rows[0][1] - time.time() // DAY) <= 1, str(rows))
        columns = [row[1] for row in base.execute("PRAGMA table_info(search_miss)")]
        check("and nothing else", columns == ["words", "day"], str(columns))
        site.advance(days=2)
        search("fabriquer un zbrouchlik", name)
        noted("fabriquer un zbrouchlik", 2)
        check("two days are not shown", json.loads(keeper.ask(desk).text)["searched"] == [])
        site.advance(days=3)
        asked = search("fabriquer un zbrouchlik", "chasser le grolandin")
        is_noted = noted("fabriquer un zbrouchlik", 3)
        rows = base.execute("SELECT * FROM search_miss").fetchall()
        said = json.loads(keeper.ask(desk).text)["searched"]
        check("three different days are, with what to do", [(row["words"], row["days"]) for row in said] ==
              [("fabriquer un zbrouchlik", 3)] and "Cherché sans succès" in keeper.ask(desk[:-5]).text, (asked, is_noted, rows, said))
        site.advance(days=181)
        gone = soon(lambda: base.execute("SELECT COUNT(*) FROM search_miss").fetchone()[0] == 0, 20)
        check("after the time of the notes nothing is left", gone)
        base.close()


tell_searches()
tell_quiet()
tell_page()
for each_seed in (1, 2, 3):
    tell_counts(each_seed)
check.end()
