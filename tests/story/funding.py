#!/usr/bin/env python3
"""Paying together for a training: from a gap to a file, promises, the remaining cost a head, all or
nothing on the deadline with mails to everybody who promised. Speaks TAP."""
import json
import os
import sqlite3
import time

from serving import SOURCE, Site, Steps, soon
from sessions_shared import body, come_in, letter, letters, token

check = Steps()
DAY = 86400
DESK = "/poles/batiment/bureau/financements"


def day(site, days):
    then = time.localtime(site.now() + days * DAY)
    return {"jour0": then.tm_mday, "mois0": then.tm_mon, "annee0": then.tm_year}


def told(browser, path):
    return json.loads(browser.ask(path + ".json").text)["funding"]


def promise(browser, path, **more):
    return browser.post(path, jeton=token(browser.ask(path)), **more)


def skill_asked(site, pole):
    """A skill asked for in the pole, and the address of somebody who asks."""
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        return records.execute(
            "SELECT n.skill_id, p.email FROM need n JOIN person p ON p.id = n.person_id JOIN pole o ON o.id = n.pole_id"
            " WHERE o.key = ? AND n.skill_id IS NOT NULL AND n.state < 3 AND n.merged_into IS NULL AND n.expires_at > ?"
            " AND p.email IS NOT NULL AND p.id NOT IN (SELECT person_id FROM account WHERE person_id IS NOT NULL)"
            " ORDER BY n.id DESC LIMIT 1", (pole, site.now())).fetchone()


def open_file(site, keeper, title, cost, least):
    form = token(keeper.ask(DESK))
    return keeper.post(DESK, jeton=form, titre=title, cout=cost, personnes=least,
                       **day(site, 20)).location


CONFIG = open(os.path.join(SOURCE, "config", "site.example.yaml"), encoding="utf-8").read().split("funders:")[0] + """
funders:
  - {key: par-tete, name: Fonds par tête, pays: les frais, a_person: 150, checked_on: 2026-11-15, checked_by: La Cordée}
  - {key: a-l-heure, name: Fonds à l’heure, pays: les frais, an_hour: 20, checked_on: 2024-01-02, checked_by: La Cordée}
"""
with Site(CONFIG, clock=True) as site:
    keeper = come_in(site, "nadege.tirardcollet@example.com")
    two = [come_in(site, address) for address in ("abdelkader.benhamida@example.com", "sylvain.pra@example.org")]
    stranger = come_in(site, "passante@example.org")
    manager = come_in(site, "gerante@example.org")
    site.run("admin", "grant", "gerante@example.org", "manager", "--structure", "elan-vercors")
    gaps = keeper.ask("/poles/batiment/bureau/manques")
    check("a gap that nobody can answer leads to a file", any(href.startswith(DESK + "?competence=")
                                                              for href in gaps.links()))
    form = token(keeper.ask(DESK))
    wrong = keeper.post(DESK, jeton=form, titre="x", cout="beaucoup", personnes=3, jour0="hier")
    check("mistakes are told, values kept", wrong.status == 422 and "beaucoup" in wrong.text)
    path = open_file(site, keeper, "Repérer l’amiante, une journée", 900, 2)
    check("the keeper of the pole opens a file", path and path.startswith("/financements/"), str(path))
    check("nobody else does", stranger.ask(DESK).status == 403)
    today = keeper.post(DESK, jeton=form, titre="Dernier jour", cout=10, personnes=1, **day(site, 0),
                        competence=999999999)
    check("promises count on the last day too; a skill that is gone is none", today.status == 303 and
          told(keeper, today.location)["state"] == "open" and
          promise(two[0], today.location, montant=1).status == 303, today.text)
    promise(two[0], today.location) # and takes it back
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records: # she came in with an older address too
        records.execute("INSERT INTO account (id, email, lang, created_at, seen_at, person_id) SELECT MAX(id) + 1,"
                        " 'ancienne@example.org', 'fr', 0, 0, (SELECT person_id FROM account WHERE email ="
                        " 'abdelkader.benhamida@example.com') FROM account")
    first = told(keeper, path)
    check("nothing is promised yet: all of it is left for the least number", first["a_head"] == 450 and
          first["people"] == 0 and first["state"] == "open", str(first))
    promise(two[0], path, viens=1, montant=200)
    promise(two[1], path, viens=1, montant=100)
    promise(two[0], path, viens=1, montant=300)
    half = told(keeper, path)
    check("a promise replaces the one before; what is left is shared", (half["pledged"], half["people"], half["left"],
                                                                        half["a_head"]) == (400, 2, 500, 250), str(half))
    page = stranger.ask(path)
    check("people are counted, not named", "Abdelkader" not in page.text and "400" in page.text)
    check("without a name nothing is promised", promise(stranger, path, montant=5).status == 422)
    check("an odd amount is refused", promise(two[0], path, montant="cent").status == 422)
    check("nobody promises for a structure she does not manage",
          promise(two[0], path, structure="batir-ensemble-y", montant=500).status == 403)
    site.run("admin", "grant", "sylvain.pra@example.org", "manager", "--structure", "batir-ensemble-y")
    promise(two[1], path, structure="batir-ensemble-y", montant=500)
    full = told(keeper, path)
    check("a structure gives the rest", full["left"] == 0 and full["people"] == 2, str(full))
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records: # she reads English, and has a card
        records.execute("INSERT INTO person (id, name, name_folded, formats, quota_month, state, created_at, updated_at,"
                        " version) SELECT MAX(id) + 1, 'Gérante', 'gerante', 0, -1, 0, 0, 0, 1 FROM person")
        records.execute("UPDATE account SET person_id = (SELECT MAX(id) FROM person) WHERE email = 'gerante@example.org'")
        records.execute("UPDATE account SET lang = 'en' WHERE email = 'sylvain.pra@example.org'")
    lone = open_file(site, keeper, "Une journée promise", 100, 1)
    promise(manager, lone, structure="elan-vercors", montant=80)
    promise(two[1], lone, viens=1, montant=1)
    promise(manager, lone, viens=1, montant=7)
    site.run("erase", "gerante@example.org", "--yes")
    check("what someone promised for a structure stays when she is erased, her own does not",
          (told(keeper, lone)["pledged"], told(keeper, lone)["people"]) == (81, 1), str(told(keeper, lone)))
    other = open_file(site, keeper, "Une autre journée", 1000, 5)
    promise(two[0], other, viens=1, montant=50)
    site.advance(days=21)
    check("on the deadline the one that has all is paid for, the other one falls",
          soon(lambda: told(keeper, path)["state"] == "reached" and told(keeper, other)["state"] == "fell", 30))
    soon(lambda: letters(site, "abdelkader.benhamida@example.com", "non financée"), 20)
    mails = [str(mail["Subject"]) for mail in letters(site, "abdelkader.benhamida@example.com", "Formation")]
    check("who promised is told of each, once", sorted(subject.split("\u00a0")[0] for subject in mails) ==
          ["Formation financée", "Formation non financée"], str(mails))
    english = letters(site, "sylvain.pra@example.org", "Paid together")
    check("once for herself and her structure, in the language she reads", len(english) == 1, str(english))
    fell = letters(site, "sylvain.pra@example.org", "Not paid together")
    check("one person is one person", fell and "1 person of 1 would have come." in body(fell[0]) and
          "81 euros of 100 were promised." in body(fell[0]) and "/en/financements/" in body(fell[0]),
          body(fell[0]) if fell else "none")
    skill, asker = skill_asked(site, "batiment")
    form = token(keeper.ask(DESK))
    timed = keeper.post(DESK, jeton=form, titre="Une journée à l’heure", cout=600, personnes=2, heures=7,
                        competence=skill, **day(site, 20)).location
    funders = json.loads(keeper.ask(timed + ".json").text)["funders"]
    check("what is left for each by who pays for her, and old rules are called so",
          [(row["pays"], row["left"], row["is_old"]) for row in funders] == [(150, 150, False), (140, 160, True)],
          str(funders))
    check("the page says so in words", "Il y a plus d’un an" in keeper.ask(timed).text and
          "150\u00a0€" in keeper.ask(timed).text.replace(" €", "\u00a0€"))
    opened = letter(site, asker, "Une formation à financer ensemble")
    check("who asks for that skill hears of it, once", opened and timed in body(opened) and
          len(letters(site, asker, "à financer ensemble")) == 1, str(asker))
    check("then nothing can be promised any more", two[0].post(
        path, jeton=token(two[0].ask("/moi")), viens=1, montant=1).status == 409)
check.end()
