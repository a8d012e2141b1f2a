#!/usr/bin/env python3
"""Needs in free words: those alike come together, named by their commonest words, as a row of the gaps
with who could answer by skills nearly the same; a facilitator confirms the name, merges, splits, says
which skill it is, and undoes each. Speaks TAP."""
import json
import sqlite3

from serving import Site, Steps, soon
from sessions_shared import come_in, letter, letters, token

check = Steps()
GAPS = "/poles/batiment/bureau/manques"
DESK = "/poles/batiment/bureau/planifier"
DAY = 86400
WORDS = ["Apprendre à piloter un drone", "Je cherche quelqu’un pour piloter un drone au-dessus d’un chantier",
         "pilotage de drone", "Fabriquer des bougies parfumées", "bougies parfumées maison"]


def records(site, sql, *values):
    base = sqlite3.connect(site.data + "/etabli.sqlite", timeout=20)
    with base:
        rows = base.execute(sql, values).fetchall()
    base.close()
    return rows


def state(site, text, **more):
    pole = records(site, "SELECT id FROM pole WHERE key = 'batiment'")[0][0]
    number = records(site, "SELECT MAX(id) + 1 FROM need")[0][0]
    values = {"id": number, "pole_id": pole, "text": text, "level": 0, "state": 0, "created_at": site.now() - DAY,
              "expires_at": site.now() + 80 * DAY, "updated_at": site.now(), "version": 1, **more}
    records(site, f"INSERT INTO need ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", *values.values())
    records(site, "INSERT INTO gap_stale VALUES (1, ?, (SELECT MAX(number) + 1 FROM change))"
            " ON CONFLICT DO UPDATE SET number = excluded.number", pole) # as the program does
    return number


def groups(keeper):
    return [row for row in json.loads(keeper.ask(GAPS + ".json").text)["gaps"] if row["group_id"]]


def named(keeper, part):
    return next((row for row in groups(keeper) if part in row["label"].lower()), None)


def page(keeper, number):
    return json.loads(keeper.ask(f"/groupes/{number}.json").text)


def do(keeper, number, **fields):
    return keeper.post(f"/groupes/{number}", jeton=token(keeper.ask(f"/groupes/{number}")), **fields)


def same(site):
    """Between the two a job may write."""
    return soon(lambda: is_same(site), 10)


def is_same(site):
    return site.run("gaps", "--json", "--pole", "batiment") == site.run("gaps", "--json", "--pole", "batiment",
                                                                       "--recount")


def plan(keeper, **fields):
    keeper.post(DESK, jeton=token(keeper.ask("/moi")), semaines=6, **fields)
    return soon(lambda: (said := json.loads(keeper.ask(DESK + ".json").text)) and not said["is_making"] and said, 30)


def of(said, number):
    """What the plan says of a group: its session, or why there is none."""
    return next((each for each in said["sessions"] + said["unserved"] if each.get("group_id") == number), None)


def tell_plan(site, keeper, number):
    said = plan(keeper, calculer=1)
    told = said and of(said, number)
    check("the planner plans for those who ask in free words, together", told and told["people"] == 4 and
          "drone" in told["skill"] and not said.get("is_failed"), str(said))
    without = plan(keeper, savoir=-number)
    check("a group is refused like a skill, and taken back", not of(without, number) and
          of(plan(keeper, rien=1), number), str(without))
    planned = next((each for each in said["sessions"] if each.get("group_id") == number), None)
    if not planned:
        check("a plan for four who ask the same has a session", False, str(told))
        return
    said = json.loads(keeper.ask(DESK + ".json").text)
    planned = of(said, number)
    accepted = keeper.post(DESK, jeton=token(keeper.ask("/moi")), accepter=planned["number"], vu=said["made_at"])
    served = records(site, "SELECT COUNT(*) FROM session_need x JOIN need n ON n.id = x.need_id WHERE n.group_id = ?",
                     number)[0][0]
    check("accepted, its session serves their needs", accepted.status == 303 and served == 4,
          f"{accepted.status} {served} {accepted.text[-500:]}")


def tell_funding(site, keeper, row, need):
    """Whoever stated that need has an address; a file for the group is opened from its row."""
    person, address = records(site, "SELECT id, email FROM person WHERE state = 1 AND email LIKE '%@example.com'"
                              " AND id NOT IN (SELECT person_id FROM account WHERE person_id IS NOT NULL) LIMIT 1")[0]
    records(site, "UPDATE need SET person_id = ? WHERE id = ?", person, need)
    records(site, "INSERT INTO gap_stale VALUES (0, 0, (SELECT MAX(number) + 1 FROM change))")
    fundings = DESK.replace("planifier", "financements")
    form = keeper.ask(f"{fundings}?competence=-{row['group_id']}&personnes={row['asking']}")
    values = {field["name"]: field.get("value", "") for field, _ in form.all("input") if field.get("name")}
    check("the form of a funding comes filled in", values["titre"] == row["label"] and
          values["personnes"] == str(row["asking"]) and values["annee0"], str(values))
    opened = keeper.post(fundings, **{**values, "cout": 600})
    check("opened, who asks in free words hears of it", opened.status == 303 and
          letter(site, address, row["label"]), f"{opened.status} {letters(site, address)}")


with Site('data: "FOLDER/data"\nplan:\n  seconds: 1\n', clock=True) as site:
    keeper = come_in(site, "nadege.tirardcollet@example.com")
    other = come_in(site, "sylvain.pra@example.org")
    numbers = [state(site, words) for words in WORDS]
    hidden = state(site, "piloter un drone la nuit, en secret", is_private=1)
    drone = soon(lambda: (named(keeper, "drone") or {}).get("asking", 0) >= 3 and named(keeper, "drone"), 30)
    candles = named(keeper, "bougies")
    check("needs alike are one row, whatever form their words have", drone and drone["asking"] == 3, str(groups(keeper)))
    check("others are another one", candles and candles["asking"] == 2, str(candles))
    check("a private need is in no group", drone["needs"] == 3 and "secret" not in keeper.ask(GAPS).text)
    check("a row has its cells, its cause and what to do", len(drone["cells"]) ==
          len(json.loads(keeper.ask(GAPS + ".json").text)["columns"]) and drone["cause"] in ("nobody", "none", "unconfirmed", "crowd", "elsewhere") and
          any(f"besoin={drone['oldest_need_id']}" in href or "recherche" in href for href in keeper.ask(GAPS).links()))
    check("counted anew, they are the same", same(site))
    check("nobody else sees or changes a group", other.ask(f"/groupes/{drone['group_id']}").status in (403, 404) and
          other.post(f"/groupes/{drone['group_id']}", jeton=token(other.ask("/moi")), geste="nommer",
                     nom="x y").status in (403, 404))

    do(keeper, drone["group_id"], geste="nommer", nom="Télépilotage de drone")
    check("a facilitator confirms its name", soon(lambda: named(keeper, "télépilotage"), 10))
    late = state(site, "piloter un petit drone pour photographier un toit")
    check("a need stated later joins it, under that name",
          soon(lambda: (named(keeper, "télépilotage") or {}).get("asking") == 4, 30), str(groups(keeper)))
    do(keeper, drone["group_id"], geste="renommer")
    check("and takes her name back", soon(lambda: named(keeper, "télépilotage") is None and named(keeper, "drone"), 30))

    tell_plan(site, keeper, drone["group_id"])
    tell_funding(site, keeper, named(keeper, "drone"), late)

    do(keeper, candles["group_id"], geste="regrouper", avec=drone["group_id"])
    check("two groups merged are one row", soon(lambda: named(keeper, "bougies") is None and
                                                [r["asking"] for r in groups(keeper) if r["group_id"] == drone["group_id"]] == [6], 10))
    check("a group that holds another one is not merged further", do(keeper, drone["group_id"], geste="regrouper",
                                                                     avec=candles["group_id"]).status == 409)
    check("counted anew, they are the same", same(site))
    do(keeper, candles["group_id"], geste="detacher")
    back = soon(lambda: named(keeper, "bougies"), 20)
    check("taken apart, both are as before", back and back["asking"] == 2 and named(keeper, "drone")["asking"] == 4)

    made = do(keeper, drone["group_id"], geste="separer", besoin=late)
    split = int(made.location.rsplit("/", 1)[1]) if made.status == 303 else 0
    check("needs ticked become a group of their own", split and page(keeper, split)["people"] == 1 and
          page(keeper, drone["group_id"])["people"] == 3, made.text)
    check("not all of them", do(keeper, split, geste="separer", besoin=late).status == 422)
    do(keeper, split, geste="regrouper", avec=drone["group_id"])
    check("and come together again", page(keeper, drone["group_id"])["people"] == 4)

    skill, label = records(site, "SELECT skill_id, text FROM skill_label WHERE kind = 0 AND lang = 'fr' LIMIT 1")[0]
    do(keeper, candles["group_id"], geste="savoir", savoir_faire=skill)
    check("said to be a skill, its needs name it", named(keeper, "bougies") is None and
          records(site, "SELECT COUNT(*) FROM need WHERE skill_id = ? AND id IN (?, ?)", skill, *numbers[3:])[0][0] == 2)
    do(keeper, candles["group_id"], geste="savoir", savoir_faire=0)
    check("and none again", soon(lambda: named(keeper, "bougies"), 10))
    check("counted anew, they are the same", same(site))
    verbs = {row[0] for row in records(site, "SELECT verb FROM audit WHERE detail LIKE 'group %'")}
    check("the journal holds each deed", verbs == {"name words", "unname words", "merge words", "part words",
                                                   "split words", "words are skill", "words are free"}, str(verbs))
    records(site, "UPDATE need SET state = 4, version = version + 1 WHERE id IN (?, ?)", *numbers[3:])
    check("the name of a group goes with its last need",
          soon(lambda: not records(site, "SELECT 1 FROM word_group WHERE id = ?", candles["group_id"]) or None, 20) is not None or
          not records(site, "SELECT 1 FROM word_group WHERE id = ?", candles["group_id"]))
check.end()
