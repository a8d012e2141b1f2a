#!/usr/bin/env python3
"""From a gap to a session: the planner proposes, the facilitator adjusts or refuses, the trainer is
asked first, those who need it hear of it once she agrees. Speaks TAP."""
import json
import os
import sqlite3
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


def plan(keeper, address):
    return json.loads(keeper.ask(address.replace("/planifier?", "/planifier.json?")).text)


def tell_rules(site, said):
    """What no plan breaks, seen from the rows."""
    local = [each for session in said["sessions"] for each in session["serves"]]
    check("nobody is served twice for the same need and nobody who asks is left out of the count",
          len({(each["need_id"], each.get("person_id")) for each in local}) == len(local) and
          said["served"] == len(local) and
          said["asked"] == said["served"] + sum(each["people"] for each in said["unserved"]), str(said))
    for session in said["sessions"]:
        shared = rows(site, "SELECT level FROM person_skill WHERE person_id = ? AND skill_id = ? AND shares = 1",
                      session["trainer_id"], session["skill_id"])
        wanted = {rows(site, "SELECT skill_id FROM need WHERE id = ?", each["need_id"])[0][0]
                  for each in session["serves"]}
        check(f"“{session['skill']}”: its trainer shares it, its needs ask for it, enough come",
              shared and wanted == {session["skill_id"]} and session["people"] >= 4 and
              session["starts_at"] > site.now() and
              session["trainer_id"] not in [each.get("person_id") for each in session["serves"]], str(session))


def tell_refusals(keeper, page, said):
    first = said["sessions"][0]
    refusing = {name: [href for href in page.links() if name in href][0]
                for name in ("sans_personne", "sans_jour", "sans_savoir")}
    again = plan(keeper, refusing["sans_personne"])
    check("not this person: she gives nothing in the next plan",
          first["trainer_id"] not in [each.get("trainer_id") for each in again["sessions"]], str(again))
    again = plan(keeper, refusing["sans_savoir"])
    check("not this skill: it is not planned", first["skill_id"] not in
          [each["skill_id"] for each in again["sessions"] + again["unserved"]] and
          again["asked"] < said["asked"], str(again))
    again = plan(keeper, refusing["sans_jour"])
    day = lambda session: session["starts_at"] // 86400
    check("not that day: nothing is on it", day(first) not in [day(each) for each in again["sessions"]], str(again))


def propose(site, keeper, page):
    """The form as the plan fills it in, sent as it is."""
    href = [href for href in page.links() if "formateur=" in href][0]
    form = keeper.ask(href)
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


def tell_accepted(site, keeper, page, said):
    first = said["sessions"][0]
    trainer, = rows(site, "SELECT email, name FROM person WHERE id = ?", first["trainer_id"])[0:1]
    asker = [rows(site, "SELECT email FROM person WHERE id = ?", each["person_id"])[0][0]
             for each in first["serves"] if each.get("person_id")][0]
    before = len(letters(site, trainer[0], "Donneriez-vous"))
    done = propose(site, keeper, page)
    check("proposed", done.status == 303 and "/seances/" in (done.location or ""), done.text[:1500])
    number = int(urllib.parse.urlsplit(done.location).path.split("/")[2].split("-")[0])
    asked = letter(site, trainer[0], "Donneriez-vous", before + 1)
    check("its trainer is asked by mail", asked and "demandent" in body(asked), body(asked))
    check("those who need it have heard nothing yet", not letters(site, asker, first["skill"]) and
          rows(site, "SELECT COUNT(*) FROM session_trainer WHERE session_id = ?", number) == [(0,)])
    link = [urllib.parse.urlsplit(word).path for word in body(asked).split() if word.startswith("http")][0]
    come = come_in(site, "quelquun@example.org")
    come.post(link, reponse="oui")
    check("she agrees: she gives it", soon(lambda: rows(
        site, "SELECT person_id FROM session_trainer WHERE session_id = ?", number) == [(first["trainer_id"],)]))
    title = rows(site, "SELECT title FROM session WHERE id = ?", number)[0][0]
    check("then those who need it are told", letter(site, asker, title[:20]), str(
        [str(mail["Subject"]) for mail in letters(site, asker)]))


def tell_declined(site, keeper):
    said = plan(keeper, DESK + "?semaines=6")
    page = keeper.ask(DESK + "?semaines=6")
    trainer = rows(site, "SELECT email FROM person WHERE id = ?", said["sessions"][0]["trainer_id"])[0][0]
    done = propose(site, keeper, page)
    check("proposed, of another plan", done.status == 303, str(done.words("p", class_="wrong") + done.words("span", class_="wrong") + done.words("li"))[:900])
    number = int(urllib.parse.urlsplit(done.location).path.split("/")[2].split("-")[0])
    asked = letter(site, trainer, "Donneriez-vous")
    link = [urllib.parse.urlsplit(word).path for word in body(asked).split() if word.startswith("http")][0]
    come_in(site, "autre@example.org").post(link, reponse="non")
    check("a no calls it off, and the needs are open for the next plan", soon(lambda: rows(
        site, "SELECT state FROM session WHERE id = ?", number) == [(3,)]) and
          plan(keeper, DESK + "?semaines=6")["asked"] == said["asked"])


def main():
    with Site() as site:
        keeper = come_in(site, KEEPER)
        empty = keeper.ask(DESK)
        check("the page says what it will do, and plans when asked", empty.status == 200 and
              "semaines" in [each["name"] for each, _ in empty.all("input") if "name" in each] and
              not empty.words("h2", id="seances"))
        page = keeper.ask(DESK + "?semaines=6")
        said = plan(keeper, DESK + "?semaines=6")
        check("it proposes sessions for the needs of the demonstration", page.status == 200 and
              said["sessions"] and said["sessions"][0]["skill"] in page.text, page.text[:800])
        told = json.loads(site.run("plan", "--pole", "batiment", "--weeks", "6", "--seconds", "1.5", "--json"))
        check("the command says the same", [(each["skill"], each["starts_at"]) for each in told["sessions"]] ==
              [(each["skill"], each["starts_at"]) for each in said["sessions"]], str(told))
        check("nobody else plans for the pole", come_in(site, "passante@example.org").ask(DESK).status == 403)
        check("odd numbers of weeks are taken as the nearest allowed", all(
            keeper.ask(f"{DESK}?semaines={weeks}").status == 200 for weeks in ("0", "-3", "x", "1")))
        tell_rules(site, said)
        tell_refusals(keeper, page, said)
        tell_declined(site, keeper)
        tell_accepted(site, keeper, page, said)
    check.end()


main()
