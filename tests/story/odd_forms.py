#!/usr/bin/env python3
"""Forms with values that no form offers: numbers out of range, choices that are not there. Each is told
beside its field, what else was typed is kept, nothing is written. Speaks TAP."""
import contextlib
import datetime
import os
import sqlite3

from serving import Browser, Site, Steps, fields_of
from sessions_shared import come_in, token

check = Steps()


def count(site, table):
    with contextlib.closing(sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=10)) as base:
        return base.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def is_told(page, field, status=422):
    """At the field, which the summary leads to."""
    ids = {attributes.get("id"): attributes for _, attributes, _ in page.elements}
    return (page.status == status and page.all("a", href=f"#{field}") and field in ids and
            (f"{field}-wrong" in ids or ids[field].get("class") == "wrong"))


def tell_needs(site):
    before = count(site, "need")
    for name, value, field in (("quand", "21", "when"), ("quand", "-1", "when"), ("quand", "lundi", "when"),
                               ("quand", "", "when"), ("niveau", "5", "level"), ("niveau", "1 ", "level")):
        page = Browser(site).ask("/besoins", "POST", [("texte", "souder une pédale"), ("commune", "Voiron"),
                                                      ("quand", "3"), (name, value)])
        check(f"a need with {name}={value!r} is told so", is_told(page, field), page.text)
        check("and what was typed is kept", "souder une pédale" in page.text and
              page.all("input", name="commune", value="Voiron") and
              "checked" in page.all("input", name="quand", value="3")[0][0], page.text)
    check("no need was written", count(site, "need") == before)
    done = Browser(site).ask("/besoins", "POST", [("texte", "souder une pédale"), ("quand", "0"), ("quand", "20")])
    check("half-days that are there are taken", done.status == 303, done.text)


def tell_sessions(site):
    amal = come_in(site, "amal.forme@example.org")
    jeton = token(amal.ask("/seances/nouvelle"))
    at = datetime.datetime.fromtimestamp(site.now() + 20 * 86400)
    before = count(site, "session")
    right = dict(jeton=jeton, nom="Amal Forme", titre="Souder une pédale", ou="ailleurs", lieu="Ici", places="8",
                 seuil="2", jour1=at.day, mois1=at.month, annee1=at.year, de1="18h", a1="20h")
    for odd, field in (({"ou": "nulle-part"}, "where"), ({"ou": "salle", "salle": "1x"}, "room"),
                       ({"ou": "salle", "salle": "-1"}, "room"), ({"format": "danse"}, "format"),
                       ({"niveau": "0"}, "level"), ({"pole": "nulle-part"}, "pole"), ({"besoin": "1x"}, "needs"),
                       ({"places": "1001"}, "seats"), ({"seuil": "9"}, "threshold")):
        page = amal.post("/seances", **{**right, **odd})
        check(f"a session with {odd} is told so", is_told(page, field, 409 if "besoin" in odd else 422),
              page.text)
        check("and its title is kept", page.all("input", name="titre", value="Souder une pédale"))
    check("no session was written", count(site, "session") == before)


def tell_cards(site):
    hers = come_in(site, "sylvain.pra@example.org")
    fields = fields_of(hers.ask("/moi/fiche"))
    for odd, field in ((("format", "255"), "formats"), (("format", "1x"), "formats"), (("format", ""), "formats"),
                       (("quand", "99"), "when"), (("niveau", "7"), "skill-00"), (("quota", "101"), "quota"),
                       (("visible", "9"), "visibility")):
        sent = [pair for pair in fields if pair[0] != odd[0] or odd[0] == "quand"]
        page = hers.ask("/moi/fiche", "POST", sent + [odd, ("faire", "enregistrer")])
        check(f"a card with {odd} is told so", is_told(page, field), page.text)
    for day, month, year in (("14x", "3", "2027"), ("31", "2", "2027"), ("14", "3", "2027x"), ("-1", "3", "2027")):
        sent = [pair for pair in fields if pair[0] not in ("jour", "mois", "annee")]
        page = hers.ask("/moi/fiche", "POST", sent + [("jour", day), ("mois", month), ("annee", year),
                                                      ("faire", "enregistrer")])
        check(f"back from a pause on {day} {month} {year} is no day", is_told(page, "pause") and
              page.all("input", name="jour", value=day), page.text)
    return hers


def tell_others(site, hers):
    jeton = token(hers.ask("/moi"))
    page = hers.post("/moi/courriels", jeton=jeton, courriels="peut-être")
    check("mails of no kind are told so", is_told(page, "which"), page.text)
    person = next(each["id"] for each in site.json("/personnes")["people"] if "Pra" not in each["name"])
    page = hers.post(f"/personnes/{person}/contact", jeton=jeton, mots="Bonjour, j’aimerais apprendre", besoin="1x")
    check("a need that is no number is told so", page.status == 422 and "l’un de vos besoins" in page.text and
          "Bonjour, j’aimerais apprendre" in page.text, page.text)
    check("and to who has not come in nothing is told", Browser(site).post(
        f"/personnes/{person}/contact", mots="Bonjour", besoin="1x").status == 303)
    keeper = come_in(site, "nadege.tirardcollet@example.com")
    jeton = token(keeper.ask("/moi"))
    for weeks in ("0", "27", "-3", "six", "1e9"):
        page = keeper.post("/poles/batiment/bureau/planifier", jeton=jeton, semaines=weeks, calculer="1")
        check(f"a plan over {weeks} weeks is told so", is_told(page, "semaines") and
              page.all("input", id="semaines", value=weeks), page.text)
    need = next(each["id"] for each in site.json("/besoins?pole=batiment")["needs"])
    page = keeper.post(f"/besoins/{need}/qualifier", jeton=jeton, pole="batiment", savoir_faire="1x", mots="")
    check("a skill that is no number is told so", page.status == 422 and "Choisissez le savoir-faire" in page.text, page.text)


with Site() as served:
    tell_needs(served)
    tell_sessions(served)
    tell_others(served, tell_cards(served))
check.end()
