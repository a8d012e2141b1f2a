#!/usr/bin/env python3
"""From a gap to a session: the planner proposes, the facilitator adjusts or refuses, the trainer is
asked first, those who need it hear of it once she agrees. Speaks TAP."""
import json
import os
import sqlite3
import time
import urllib.parse

from serving import Site, Steps, soon
from sessions_shared import body, come_in, letter, letters

check = Steps()
DESK = "/poles/batiment/bureau/planifier"
KEEPER = "nadege.tirardcollet@example.com"


def rows(site, sql, *values):
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    found = base.execute(sql, values).fetchall()
    base.close()
    return found


def look(keeper):
    """The plan that is kept, once no other one is being made."""
    return soon(lambda: (said := json.loads(keeper.ask(DESK + ".json").text)) and not said["is_making"] and said)


def act(keeper, **fields):
    token = keeper.ask("/moi").all("input", name="jeton")[0][0]["value"]
    return keeper.ask(DESK, "POST", {"jeton": token, "semaines": "6",
                                     **{name: str(value) for name, value in fields.items()}})


def plan(keeper):
    act(keeper, calculer=1)
    return look(keeper)


def said_making(page):
    return "en cours de calcul" in page.text


def given(said):
    """The first session that somebody gives: no circle."""
    return next(each for each in said["sessions"] if not each["is_circle"])


def tell_rules(site, said):
    """What no plan breaks, seen from the rows."""
    local = [each for session in said["sessions"] for each in session["serves"]]
    check("nobody is served twice for the same need and nobody who asks is left out of the count",
          len({(each["need_id"], each.get("person_id")) for each in local}) == len(local) and
          said["served"] == len(local) and
          said["asked"] == said["served"] + sum(each["people"] for each in said["unserved"]), str(said))
    for session in said["sessions"]:
        shared = rows(site, "SELECT level FROM person_skill WHERE person_id = ? AND skill_id = ? AND shares = 1",
                      session.get("trainer_id"), session["skill_id"])
        wanted = {rows(site, "SELECT skill_id FROM need WHERE id = ?", each["need_id"])[0][0]
                  for each in session["serves"]}
        check(f"“{session['skill']}”: its trainer shares it or it is a circle, its needs ask for it, enough come",
              bool(shared) != session["is_circle"] and wanted == {session["skill_id"]} and session["people"] >= 4 and
              session["starts_at"] > site.now() and
              session.get("trainer_id", 0) not in [each.get("person_id") for each in session["serves"]], str(session))


def tell_refusals(site, keeper, said):
    """Each teaches the next plans, whoever asks for them, up to the end of the horizon."""
    first = given(said)
    done = act(keeper, personne=first["trainer_id"])
    again = look(keeper)
    check("not this person: she gives nothing in the next plan", done.status == 303 and
          first["trainer_id"] not in [each.get("trainer_id") for each in again["sessions"]], str(again))
    act(keeper, savoir=first["skill_id"])
    told = json.loads(site.run("plan", "--pole", "batiment", "--rounds", "50", "--json"))
    check("not this skill: the command knows it too", first["skill_id"] not in
          [each["skill_id"] for each in told["sessions"] + told["unserved"]] and
          told["asked"] < said["asked"], str(told))
    other = again["sessions"][0] if again["sessions"] else first
    act(keeper, jour="%04d%02d%02d" % day(other))
    again = look(keeper)
    check("not that day: nothing is on it", day(other) not in [day(each) for each in again["sessions"]], str(again))
    check("nonsense is refused in words", act(keeper).status == 400 == act(keeper, jour=3).status and
          act(keeper, personne=1, savoir=1).status == 400 and act(keeper, savoir=999999).status == 404)
    check("another pole’s desk remembers none of it", rows(
        site, "SELECT COUNT(DISTINCT pole_id), COUNT(*) FROM plan_refusal") == [(1, 3)])
    check("what she refuses is noted, nobody’s words", rows(
        site, "SELECT COUNT(*) FROM audit WHERE verb = 'refuse in plan' AND pole_id IS NOT NULL") == [(3,)])
    page = keeper.ask(DESK)
    check("the page says that something is left out", "rien" in [
        each.get("name") for each, _ in page.all("button")], page.text[:600])
    act(keeper, rien=1)
    again = look(keeper)
    check("all over again: everything is planned", again["asked"] == said["asked"] and
          again["session_total"] == said["session_total"], str(again))


def tell_moves(site, keeper):
    """A new plan moves what the one before had only when that is worth it."""
    days = lambda said: {each["skill_id"]: day(each) for each in said["sessions"]}
    command = ("plan", "--pole", "batiment", "--rounds", "50", "--json")
    with open(os.path.join(site.folder.name, "stay.yaml"), "w", encoding="utf-8") as file:
        file.write("plan:\n  stay: 0\n")
    free = lambda: days(json.loads(site.run(*command, "--config", file.name)))
    before, freely = look(keeper), free()
    moved = next(each for each in before["sessions"] if each["times_left"] > 2 and not each["is_circle"])
    act(keeper, jour="%04d%02d%02d" % day(moved))
    look(keeper)
    act(keeper, rien=1)
    after = look(keeper)
    check("what had to move for a day stays where it moved to when it could go back", moved["skill_id"] in days(after) and
          days(after)[moved["skill_id"]] != day(moved), f"{moved} {days(after)}")
    check("without plan.stay nothing is remembered; the command remembers as the page does",
          free() == freely and days(json.loads(site.run(*command))) == days(after), f"{free()} {freely} {days(after)}")


def day(session):
    return time.gmtime(session["starts_at"])[:3]


def answer(site, address, word):
    mail = letter(site, address, "Animeriez-vous")
    link = [urllib.parse.urlsplit(each).path for each in body(mail).split() if each.startswith("http")][0]
    return come_in(site, "autre@example.org").post(link, reponse=word)


def tell_second(site, keeper):
    """What one person alone can pass on is given with somebody who knows it and passes it on to nobody."""
    first = given(look(keeper))
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    others = [row[0] for row in base.execute(
        "SELECT DISTINCT k.person_id FROM person_skill k JOIN person p ON p.id = k.person_id WHERE k.skill_id = ? AND "
        "k.shares = 1 AND k.person_id <> ? AND p.email IS NOT NULL", (first["skill_id"], first["trainer_id"]))]
    served = {each.get("person_id") for each in first["serves"]}
    chosen = next(who for who in others if who not in served)
    were = base.execute("SELECT shares, level, rowid FROM person_skill WHERE skill_id = ? OR person_id = ?",
                        (first["skill_id"], chosen)).fetchall()
    base.executemany("UPDATE person_skill SET shares = 0, level = 1 WHERE skill_id = ? AND person_id = ?",
                     [(first["skill_id"], who) for who in others])
    # Who gives something else in a plan is second of nothing, and which day it is decides what is given.
    base.execute("UPDATE person_skill SET shares = 0 WHERE person_id = ?", (chosen,))
    base.execute("UPDATE person_skill SET level = 3 WHERE skill_id = ? AND person_id = ?", (first["skill_id"], chosen))
    base.execute("DELETE FROM availability WHERE person_id = ?", (chosen,))
    base.execute("UPDATE person SET commune = (SELECT commune FROM person WHERE id = ?2) WHERE id = ?1",
                 (chosen, first["trainer_id"]))
    base.commit()
    base.close()
    said = plan(keeper)
    both = next((each for each in said["sessions"] if each.get("second_id")), {})
    check("a skill at risk is planned with who could give it next", both.get("second_id") == chosen and
          both["trainer_id"] == first["trainer_id"] and chosen not in [each.get("person_id") for each in both["serves"]] and
          both["people"] == len(both["serves"]), str(said))
    page = keeper.ask(DESK)
    check("the page says so, and the form names both", "pourrait l’animer la prochaine fois" in page.text and any(
        f"formateur={first['trainer_id']}&formateur={chosen}" in href for href in page.links()), str(page.links()))
    long = act(keeper, accepter=both.get("number", 0), vu=said["made_at"], lieu="x" * 201)
    check("a place that is too long is refused in words", long.status == 422 and long.words(
        "span", id=f"faux-lieu-{both['number']}") and f"#lieu-{both['number']}" in long.links() and
          long.all("input", id=f"lieu-{both['number']}")[0][0]["value"] == "x" * 201, long.text[:900])
    done = act(keeper, accepter=both.get("number", 0), vu=said["made_at"])
    number, = rows(site, "SELECT MAX(id) FROM session")[0]
    trainer, second = [rows(site, "SELECT email FROM person WHERE id = ?", who)[0][0] for who in (first["trainer_id"], chosen)]
    check("accepted, both are asked", done.status == 303 and letter(site, trainer, "Animeriez-vous") and
          letter(site, second, "Animeriez-vous"), done.text[:900])
    page = keeper.ask(DESK)
    check("the page says what comes next: who is waited for, and that the place is missing",
          f"Proposée à {both['trainer']}, {both['second']}, sans réponse" in page.text and
          "Le lieu reste à trouver" in page.text and f"/seances/{number}/modifier#place" in page.links(), page.links())
    answer(site, second, "non")
    check("who would be second says no: the first is still asked", rows(
        site, "SELECT state FROM session WHERE id = ?", number) == [(0,)])
    answer(site, trainer, "non")
    check("when nobody is left who could give it, it is called off", soon(lambda: rows(
        site, "SELECT state FROM session WHERE id = ?", number) == [(3,)]))
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    base.executemany("UPDATE person_skill SET shares = ?, level = ? WHERE rowid = ?", were)
    base.commit()
    base.close()


def tell_weights(site, said):
    """Each of these settings is worth something in a plan; the others are told by tests/unit/plan_file.py."""
    first = given(said)
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    needs = ",".join(str(each["need_id"]) for each in first["serves"])
    were = base.execute(f"SELECT id, deadline_at, could_pass_on FROM need WHERE id IN ({needs})").fetchall()
    base.execute(f"UPDATE need SET deadline_at = ?, could_pass_on = 'la soudure' WHERE id IN ({needs})",
                 (site.now() + 29 * 86400,))
    others = [who for who, in base.execute(
        "SELECT DISTINCT person_id FROM person_skill WHERE skill_id = ? AND shares = 1 AND person_id <> ?",
        (first["skill_id"], first["trainer_id"]))]
    base.executemany("UPDATE person_skill SET shares = 0 WHERE skill_id = ? AND person_id = ?",
                     [(first["skill_id"], who) for who in others])
    base.commit()

    def worth(**weights):
        path = os.path.join(site.folder.name, "weights.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write("plan:\n" + "".join(f"  {name}: {value}\n" for name, value in weights.items()))
        return json.loads(site.run("plan", "--pole", "batiment", "--rounds", "50", "--json",
                                   "--config", path))["worth_permille"]

    for name in ("waiting", "deadline", "reciprocity", "risk"):
        none, much = worth(**{name: 0.0}), worth(**{name: 3.0})
        check(f"plan.{name} is worth something", much > none > 0, f"{none} {much}")
    base.executemany("UPDATE person_skill SET shares = 1 WHERE skill_id = ? AND person_id = ?",
                     [(first["skill_id"], who) for who in others])
    base.executemany("UPDATE need SET deadline_at = ?2, could_pass_on = ?3 WHERE id = ?1", were)
    base.commit()
    base.close()


def propose(site, keeper, page, planned):
    """The form as the plan fills it in, sent as it is."""
    check("the page leads to the form of the session", planned["propose_url"] in page.links(), page.links())
    form = keeper.ask(planned["propose_url"])
    fields = {}
    for tag, attributes, words in form.elements:
        name = attributes.get("name")
        if not name:
            continue
        if tag == "input" and attributes.get("type") in ("radio", "checkbox") and "checked" not in attributes:
            continue
        if tag in ("input", "textarea"):
            fields.setdefault(name, []).append(attributes.get("value", "".join(words)))
    fields.pop("q", None)
    check("the form is filled in: skill, date, who gives it, the needs",
          all(fields.get(name, [""])[0] for name in ("titre", "competence", "jour1", "de1", "avec", "autre", "besoin")),
          str(fields))
    fields.update(lieu="Atelier municipal", commune="Grenoble", places="10", seuil="4")
    return keeper.ask("/seances", "POST", fields)


def gap_of(keeper, planned):
    said = json.loads(keeper.ask("/poles/batiment/bureau/manques.json").text)
    return next(row for row in said["gaps"] if row["skill_id"] == planned["skill_id"])


def tell_unanswered(site, keeper, first, number):
    """Before she has said yes, nothing is answered, and every page says so."""
    row, page = gap_of(keeper, first), keeper.ask("/poles/batiment/bureau/manques")
    check("a session that is only proposed is no answer: the gaps say so", row["cause"] == "proposed" and
          row["waiting"] == row["proposed"] == len(first["serves"]) and "Proposée, sans réponse" in page.text and
          not any(rows(site, "SELECT answered_at FROM need WHERE id = ?", each["need_id"])[0][0]
                  for each in first["serves"]), str(row))
    check("and lead to it", page.text.count(f'href="/seances/{number}"') == 1 and
          page.text.count("Voir la séance") == 1 + sum(each["cause"] == "planned" for each in json.loads(keeper.ask(
              "/poles/batiment/bureau/manques.json").text)["gaps"]), page.text.count("Voir la séance"))
    own, other = keeper.ask(f"/seances/{number}"), site.page(f"/seances/{number}")
    check("its page says by name who has not answered, to who keeps the pole only",
          f"Proposée à {first['trainer']}, sans réponse" in own.text and "Proposée à" not in other.text and
          "n’a encore dit oui" in other.text, other.text[:1500])


def tell_accepted(site, keeper, page, said):
    # A need that another session answers is answered, whatever is proposed beside it.
    first = next(each for each in said["sessions"] if not each["is_circle"] and not rows(
        site, "SELECT s.id FROM session_need m JOIN session s ON s.id = m.session_id WHERE s.state < 2 AND "
        f"m.need_id IN ({','.join(str(served['need_id']) for served in each['serves'])})"))
    trainer, = rows(site, "SELECT email, name FROM person WHERE id = ?", first["trainer_id"])[0:1]
    asker = [rows(site, "SELECT email FROM person WHERE id = ?", each["person_id"])[0][0]
             for each in first["serves"] if each.get("person_id")][0]
    before = len(letters(site, trainer[0], "Animeriez-vous"))
    done = propose(site, keeper, page, first)
    check("proposed", done.status == 303 and "/seances/" in (done.location or ""), done.text[:1500])
    number = int(urllib.parse.urlsplit(done.location).path.split("/")[2].split("-")[0])
    again = plan(keeper)
    check("what is proposed is kept: it is not planned once more", again["kept"] >= said["kept"] + len(
        first["serves"]) and not {each["need_id"] for each in first["serves"]} &
        {each["need_id"] for session in again["sessions"] for each in session["serves"]}, str(again))
    asked = letter(site, trainer[0], "Animeriez-vous", before + 1)
    tell_unanswered(site, keeper, first, number)
    check("its trainer is asked by mail", asked and "demandent" in body(asked), body(asked))
    check("those who need it have heard nothing yet", not letters(site, asker, first["skill"]) and
          rows(site, "SELECT COUNT(*) FROM session_trainer WHERE session_id = ?", number) == [(0,)])
    link = [urllib.parse.urlsplit(word).path for word in body(asked).split() if word.startswith("http")][0]
    come = come_in(site, "quelquun@example.org")
    come.post(link, reponse="oui")
    check("she agrees: she gives it", soon(lambda: rows(
        site, "SELECT person_id FROM session_trainer WHERE session_id = ?", number) == [(first["trainer_id"],)]))
    check("now it is an answer: the gaps say that a session is coming", gap_of(keeper, first)["cause"] == "planned" and
          all(rows(site, "SELECT answered_at FROM need WHERE id = ?", each["need_id"])[0][0] for each in first["serves"]),
          str(gap_of(keeper, first)))
    title = rows(site, "SELECT title FROM session WHERE id = ?", number)[0][0]
    check("then those who need it are told", letter(site, asker, title[:20]), str(
        [str(mail["Subject"]) for mail in letters(site, asker)]))


def tell_declined(site, keeper):
    said = plan(keeper)
    page = keeper.ask(DESK)
    trainer = rows(site, "SELECT email FROM person WHERE id = ?", given(said)["trainer_id"])[0][0]
    before = len(letters(site, trainer, "Animeriez-vous"))
    done = propose(site, keeper, page, given(said))
    check("proposed, of another plan", done.status == 303, str(done.words("p", class_="wrong") + done.words("span", class_="wrong") + done.words("li"))[:900])
    number = int(urllib.parse.urlsplit(done.location).path.split("/")[2].split("-")[0])
    letter(site, trainer, "Animeriez-vous", before + 1)
    answer(site, trainer, "non")
    check("a no calls it off, and the needs are open for the next plan", soon(lambda: rows(
        site, "SELECT state FROM session WHERE id = ?", number) == [(3,)]) and
          plan(keeper)["asked"] == said["asked"])


def tell_command(site):
    """From a terminal: as accepting each on the page, and never the same twice."""
    command = ("plan", "--pole", "batiment", "--rounds", "50", "--json", "--apply-as-proposals")
    check("who does not keep the pole proposes nothing from a terminal either", all(
        words in site.fails(*command, "--as", address) for address, words in
        (("passante@example.org", "not for you"), ("personne@example.org", "nobody comes in"))) and
          "wants --pole" in site.fails("plan", "--problem", "x", "--apply-as-proposals"),
          site.fails(*command, "--as", "passante@example.org"))
    before, told = rows(site, "SELECT COUNT(*), MAX(id) FROM session"), json.loads(site.run(*command))
    made = {each["session_id"]: each for each in told["sessions"]}
    check("the command proposes each session of its plan, by who keeps the pole", made and 0 not in made and rows(
        site, "SELECT COUNT(*) FROM session") == [(before[0][0] + len(made),)] and rows(
        site, "SELECT COUNT(*) FROM session s JOIN person p ON p.id = s.created_by WHERE s.id > ? AND p.email = ?",
        before[0][1], KEEPER) == [(len(made),)], str(told))
    for number, each in made.items():
        needs = {need for need, in rows(site, "SELECT need_id FROM session_need WHERE session_id = ?", number)}
        start, seats = rows(site, "SELECT d.starts_at, s.seats FROM session s JOIN session_date d ON d.session_id = s.id "
                            "WHERE s.id = ?", number)[0]
        asked = letter(site, rows(site, "SELECT email FROM person WHERE id = ?", each["trainer_id"])[0][0],
                       each["skill"]) if not each["is_circle"] else True
        check(f"“{each['skill']}”: with its date, its needs and room for all, and who would give it is asked", asked and
              needs == {one["need_id"] for one in each["serves"]} and start == each["starts_at"] and
              seats >= len(each["serves"]), f"{needs} {start} {seats} {each}")
    given_by = {each["trainer_id"]: number for number, each in made.items() if not each["is_circle"]}
    check("nobody gives anything before she agrees", rows(
        site, "SELECT COUNT(*) FROM session_trainer WHERE session_id > ?", before[0][1]) == [(0,)] and given_by)
    check("it is in the audit: each session, and that a plan was applied", rows(
        site, "SELECT COUNT(*) FROM audit WHERE verb = 'apply plan' AND actor = 'cli'") == [(1,)] and rows(
        site, "SELECT COUNT(*) FROM audit WHERE verb = 'propose session' AND detail IN (" +
        ",".join(f"'session {number}'" for number in made) + ")") == [(len(made),)])
    again = json.loads(site.run(*command))
    served = {(one["need_id"], one.get("person_id")) for each in made.values() for one in each["serves"]}
    check("once more: nobody is served twice, who is asked already is not asked for the same hour", not served & {
        (one["need_id"], one.get("person_id")) for each in again["sessions"] for one in each["serves"]} and not {
        (each.get("trainer_id"), each["starts_at"]) for each in again["sessions"] if not each["is_circle"]} & {
        (each.get("trainer_id"), each["starts_at"]) for each in made.values()}, str(again))


def main():
    with Site() as site:
        keeper = come_in(site, KEEPER)
        empty = keeper.ask(DESK)
        check("the page says what it will do, and plans when asked", empty.status == 200 and
              "semaines" in [each["name"] for each, _ in empty.all("input") if "name" in each] and
              not empty.words("h2", id="seances"))
        asked = act(keeper, calculer=1)
        page = keeper.ask(DESK)
        check("asking for a plan answers at once; the page says that it is made, and looks again by itself",
              asked.status == 303 and asked.location == DESK and (page.refresh == "2" or not said_making(page)),
              f"{asked.location} {page.refresh}")
        said, page = look(keeper), keeper.ask(DESK)
        check("once it is there the page looks no more, and says of when it is", not page.refresh and
              abs(said["made_at"] - site.now()) < 60 and "Plan calculé le" in page.text, page.text[:900])
        check("it proposes sessions for the needs of the demonstration", page.status == 200 and
              said["sessions"] and said["sessions"][0]["skill"] in page.text, page.text[:800])
        told = json.loads(site.run("plan", "--pole", "batiment", "--weeks", "6", "--seconds", "1.5", "--json"))
        check("the command says the same", [(each["skill"], each["starts_at"]) for each in told["sessions"]] ==
              [(each["skill"], each["starts_at"]) for each in said["sessions"]], str(told))
        marks = [words for _, words in page.all("text", class_="number")]
        check("a week calendar shows each session by its number, with a title, and a table beside it",
              len(marks) == len(said["sessions"]) and len(page.all("svg", class_="agenda")) == 1 and
              "agenda-titre" in page.text and page.text.count("Semaine du ") == page.text.count(">après-midi<") > 0 and len(page.all("tr")) == len(said["sessions"]) + 1,
              f"{marks} {len(page.all('tr'))}")
        forms = [urllib.parse.parse_qs(urllib.parse.urlsplit(each["propose_url"]).query) for each in said["sessions"]]
        check("the form of a session is filled in with its commune where no room is known",
              forms and all(form.get("commune") == [each["commune"]] for form, each in zip(forms, said["sessions"])
                            if not each.get("room")), str(forms))
        table = [words for words in page.words("td", class_="number")]
        check("the table says the numbers of the sessions",
              [words for words in table[::2]] == [str(i + 1) for i in range(len(said["sessions"]))], str(table))
        refused = come_in(site, "passante@example.org").ask(DESK)
        check("nobody else plans for the pole, and who follows the link is told that it is not for her",
              refused.status == 403 and "n’est pas pour vous" in refused.text, refused.text[-900:])
        check("odd numbers of weeks are told so, and the plan stays", all(
            act(keeper, calculer=1, semaines=weeks).status == 422 for weeks in ("0", "-3", "x", "27")) and
              rows(site, "SELECT weeks FROM plan") == [(6,)] and look(keeper)["served"] == said["served"])
        tell_rules(site, said)
        tell_refusals(site, keeper, said)
        tell_moves(site, keeper)
        tell_second(site, keeper)
        tell_weights(site, said)
        tell_declined(site, keeper)
        tell_accepted(site, keeper, page, said)
        tell_command(site)
        check("no pole has a plan that nobody asked for", rows(
            site, "SELECT COUNT(*), SUM(is_weekly) FROM plan") == [(1, 0)])
    check.end()


main()
