#!/usr/bin/env python3
"""The life of a session: too few people, prolonged once, cancelled, its need given back; enough
people, confirmed, reminded, held, ticked, two questions, a skill on a card. The clock is moved.
Speaks TAP."""
import datetime
import os
import re
import sqlite3
import time

from serving import Browser, Site, Steps, soon
from sessions_shared import body, come_in, letter, letters, path_in, register, token

check = Steps()
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre"]


def day(site, days, number=1):
    at = datetime.datetime.fromtimestamp(site.now() + days * 86400)
    return {f"jour{number}": at.day, f"mois{number}": MONTHS[at.month - 1],
            f"annee{number}": at.year, f"de{number}": "18h", f"a{number}": "20h"}


def propose(site, browser, jeton, **fields):
    done = browser.post("/seances", jeton=jeton, nom="Amal Benali", ou="ailleurs", lieu="Atelier", **fields)
    if done.status != 303:
        return done, 0
    return done, int(done.location.split("/seances/")[1].split("?")[0].split("-")[0])


def state(site, number):
    return site.json(f"/seances/{number}")["session"]["state"]


def until(ask, within_s=6):
    return soon(ask, within_s)


def tell_too_few(site, amal, jeton):
    need = site.json("/besoins")["needs"][0]["id"]
    _, number = propose(site, amal, jeton, titre="Trop peu de monde", besoin=need, places="5", seuil="3",
                        **day(site, 10), **day(site, 17, 2))
    dates = [str(each["starts_at"]) for each in site.json(f"/seances/{number}")["session"]["dates"]]
    register(site, number, "Seule", "seule@example.org", dates=dates)
    before = site.json(f"/seances/{number}")["session"]["decide_at"]
    site.advance(days=8)
    put_off = letter(site, "seule@example.org", "Décision repoussée")
    after = site.json(f"/seances/{number}")["session"].get("decide_at", 0)
    check("at the go/no-go date with too few people it is put off once, and everyone is told honestly",
          put_off and after > before and "1 sur les 3" in body(put_off), body(put_off))
    check("its trainer is told too", letter(site, "amal@example.org", "Décision repoussée"))
    site.advance(seconds=after - site.now() + 60)
    gone = letter(site, "seule@example.org", "Annulée")
    check("the second time it is cancelled, with the reason", gone and "il en faut 3" in body(gone) and
          state(site, number) == "cancelled", body(gone))
    check("and the need is given back", site.json(f"/besoins/{need}")["need"]["state"] == "qualified")
    rows = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    check("it counts as unanswered again, so that it is looked after", rows.execute(
        "SELECT answered_at FROM need WHERE id = ?", (need,)).fetchone() == (None,))
    page = site.page(f"/seances/{number}")
    check("nobody registers any more", "annulée" in page.text and not page.all("input", name="nom"), page.text)
    check("and no seat is said to be free", all("Places" not in each.words("dt") for each in (
        page, amal.ask(f"/seances/{number}/conduite"))))


def tell_life(site, amal, jeton):
    skill = site.json("/competences")["skills"][0]["title"]
    _, number = propose(site, amal, jeton, titre="Une belle séance", places="3", seuil="2",
                        competence=skill, **day(site, 20), **day(site, 27, 2))
    check("it is proposed", number)
    dates = [str(each["starts_at"]) for each in site.json(f"/seances/{number}")["session"]["dates"]]
    register(site, number, "Béa", "bea@example.org", dates=dates)
    register(site, number, "Cid", "cid@example.org", dates=dates[1:])
    stranger = come_in(site, "curieux@example.org")
    check("only who gives it, keeps its pole or administers runs it",
          stranger.ask(f"/seances/{number}/conduite").status == 403 and
          Browser(site).ask(f"/seances/{number}/conduite").status == 303 and
          stranger.ask(f"/seances/{number}/emargement").status == 403)
    page = amal.ask(f"/seances/{number}/conduite")
    check("she sees who comes, and no address", "Béa" in page.text and "Cid" in page.text and
          "bea@example.org" not in page.text and "convient à 2 personnes" in page.text, page.text)
    own, other = amal.ask(f"/seances/{number}"), stranger.ask(f"/seances/{number}")
    check("she is not asked to register for what she gives herself, others are",
          f"/seances/{number}/inscription" not in own.text and f"/seances/{number}/inscription" in other.text and
          f"/seances/{number}/conduite" in own.links(), own.text)
    wrote = amal.post(f"/seances/{number}/conduite", jeton=jeton, geste="ecrire", mots="Apportez des gants.")
    mail = letter(site, "bea@example.org", "vous écrit")
    check("she writes to them by relay", wrote.status == 303 and "Apportez des gants." in body(mail) and
          "amal@example.org" not in mail.as_string(), body(mail))
    check("an empty message is told", amal.post(f"/seances/{number}/conduite", jeton=jeton, geste="ecrire",
                                                mots=" ").status == 422)
    early = amal.post(f"/seances/{number}/emargement", jeton=jeton, present="1")
    check("nobody is ticked before it begins", early.status == 409, early.text)
    decide = site.json(f"/seances/{number}")["session"]["decide_at"]
    site.advance(seconds=decide - site.now() + 60)
    sure = letter(site, "cid@example.org", "Elle a lieu")
    session = site.json(f"/seances/{number}")["session"]
    check("enough people: confirmed by itself, at the date that suits most", sure and
          state(site, number) == "confirmed", session)
    check("once a date is fixed it is the only one, everywhere", len(session["dates"]) == 1 and
          session["dates"][0]["starts_at"] == int(dates[1]) and
          all("convient à" not in page.text and not page.all("input", name="dates") and
              page.text.count("jusqu’à") == 1 for page in (site.page(f"/seances/{number}"), amal.ask(f"/seances/{number}/conduite"),
                           amal.ask(f"/seances/{number}/emargement"))))
    check("the other date is shown no more", [str(each["starts_at"]) for each in session["dates"]] == dates[1:],
          session["dates"])
    calendar = [part for part in (sure.walk() if sure else []) if part.get_content_type() == "text/calendar"]
    check("with the date for their calendars", calendar and "METHOD:REQUEST" in calendar[0].get_content() and
          calendar[0].get_content().count("BEGIN:VEVENT") == 1)
    start = int(dates[1])
    site.advance(seconds=start - 29 * 3600 - site.now())
    check("thirty hours before they are reminded", letter(site, "bea@example.org", "Bientôt"))
    time.sleep(1.2)
    reminded = len(letters(site, "bea@example.org", "Bientôt"))
    check("once, or twice with the one of seven days before", reminded in (1, 2), reminded)
    check("who gives it too", letter(site, "amal@example.org", "Bientôt"))
    site.advance(seconds=start + 1800 - site.now())
    check("on the day, noting who came is what her page offers first",
          f"/seances/{number}/emargement" in amal.ask(f"/seances/{number}/conduite").links(class_="button")[:1])
    check("and no seat is said to be free in what has begun", all("Places" not in each.words("dt") for each in (
        site.page(f"/seances/{number}"), amal.ask(f"/seances/{number}/conduite"))))
    page = amal.ask(f"/seances/{number}/emargement")
    widths = {sum(int(span or 1) for span in re.findall(r'<t[hd](?: colspan="(\d+)")?[ >]', row))
              for row in page.text.split("<tr")[1:]}
    check("every row of the sheet has as many columns", len(widths) == 1, widths)
    boxes = page.all("input", name="present")
    check("the sheet has a line and a signature for each", len(boxes) == 2 and page.all("th", class_="sign"))
    bea = [each for each in boxes if each[0]["id"] in
           [label[0]["for"] for label in page.all("label") if label[1] == "Béa"]][0][0]["value"]
    ticked = amal.post(f"/seances/{number}/emargement", jeton=jeton, present=bea)
    check("who came is ticked, the other is a no-show", ticked.status == 303 and state(site, number) == "held" and
          "absence" in amal.ask(f"/seances/{number}/conduite").text)
    check("no seat is called free in what has taken place", "libre" not in
          site.page(f"/seances/{number}").text + amal.ask(f"/seances/{number}/conduite").text)
    site.advance(hours=5)
    asked = letter(site, "bea@example.org", "Deux questions")
    check("two questions afterwards, to who came", asked and
          not letters(site, "cid@example.org", "Deux questions"), body(asked))
    check("and thanks to who gave it", letter(site, "amal@example.org", "Merci"))
    tell_feedback(site, path_in(body(asked), "/avis/"), skill, amal, number)


def tell_feedback(site, link, skill, amal, number):
    bea = Browser(site)
    check("no answer is told", bea.post(link).status == 422)
    check("she answers", bea.post(link, utile="4", montrer="oui", mots="Très clair").status == 303)
    page = bea.ask(link)
    check("the skill is proposed for her card, and not put there yet",
          skill in page.text and page.words("button", value="ajouter"), page.text)
    check("who gave it reads what was said, without a name",
          "Très clair" in amal.ask(f"/seances/{number}/conduite").text)
    added = bea.post(link, geste="ajouter")
    check("after she confirms, it is on her card", added.status == 303 and
          "sur votre fiche" in bea.ask(added.location).text)
    mine = come_in(site, "bea@example.org").ask("/moi")
    check("her own page knows the session", "Une belle séance" in mine.text, mine.text)
    check("and that of who gives it", "Une belle séance" in amal.ask("/moi").text)


def tell_noted_date(site, amal):
    """As an import or an older version notes it: one date fixed, the others kept."""
    _, number = propose(site, amal, token(amal.ask("/seances/nouvelle")), titre="Notée ailleurs", places="4",
                        seuil="1", **day(site, 10), **day(site, 17, 2))
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        records.execute("UPDATE session SET state = 1 WHERE id = ?", (number,))
        records.execute("UPDATE session_date SET is_fixed = 1 WHERE session_id = ? AND position = 1", (number,))
        kept = records.execute("SELECT starts_at FROM session_date WHERE session_id = ? AND is_fixed = 1",
                               (number,)).fetchone()[0]
    sheet = amal.ask(f"/seances/{number}/emargement")
    check("an attendance sheet has the fixed date only", sheet.text.count("jusqu’à") == 1 and
          [each["starts_at"] for each in site.json(f"/seances/{number}")["session"]["dates"]] == [kept], sheet.text)
    check("and nobody is asked which date suits her",
          not site.page(f"/seances/{number}").all("input", name="dates"))


def tell_chosen_date(site, amal, jeton):
    _, number = propose(site, amal, jeton, titre="Chacun sa date", places="4", seuil="2",
                        **day(site, 10), **day(site, 17, 2))
    dates = [str(each["starts_at"]) for each in site.json(f"/seances/{number}")["session"]["dates"]]
    register(site, number, "Une", "une@example.org", dates=dates[:1])
    register(site, number, "Deux", "deux@example.org", dates=dates[1:])
    decide = site.json(f"/seances/{number}")["session"]["decide_at"]
    site.advance(seconds=decide - site.now() + 60)
    put_off = letter(site, "une@example.org", "Décision repoussée")
    check("two people at two dates are not two on one date: put off", "1 sur les 2" in body(put_off) and
          state(site, number) == "proposed", body(put_off))
    register(site, number, "Trois", "trois@example.org", dates=dates[1:])
    decide = site.json(f"/seances/{number}")["session"]["decide_at"]
    site.advance(seconds=decide - site.now() + 60)
    check("once enough come on one date it takes place then", letter(site, "deux@example.org", "Elle a lieu") and
          letter(site, "trois@example.org", "Elle a lieu") and state(site, number) == "confirmed")
    other = letter(site, "une@example.org", "Une autre date")
    check("whom that date does not suit is told, and her place given back", other and
          not letters(site, "une@example.org", "Elle a lieu") and
          "Une" not in [each[1] for each in amal.ask(f"/seances/{number}/emargement").all("label")], body(other))


def tell_unticked(site, amal, jeton):
    need = [each["id"] for each in site.json("/besoins")["needs"] if each["state"] != "met"][0]
    _, number = propose(site, amal, jeton, titre="Jamais cochée", besoin=need, places="3", seuil="1",
                        **day(site, 9))
    register(site, number, "Eva", "eva@example.org")
    start = site.json(f"/seances/{number}")["session"]["dates"][0]["starts_at"]
    decide = site.json(f"/seances/{number}")["session"]["decide_at"]
    site.advance(seconds=decide - site.now() + 60)
    letter(site, "eva@example.org", "Elle a lieu")
    site.advance(seconds=start - site.now() + 7 * 86400)
    early = letters(site, "amal@example.org", "Qui est venu")
    site.advance(hours=4)
    asked = letter(site, "amal@example.org", "Qui est venu")
    check("a week after, who gives it is reminded to tick", not early and asked and
          f"/seances/{number}/" in body(asked), body(asked))
    site.advance(days=3)
    seen = until(lambda: "checked" in str(amal.ask(f"/seances/{number}/emargement").all("input", name="present")))
    check("three days later who had a seat has come, and it is held", seen and state(site, number) == "held")
    check("once only", len(letters(site, "amal@example.org", "Qui est venu")) == 1)


def tell_by_hand(site, amal, jeton):
    _, number = propose(site, amal, jeton, titre="Retirée à la main", places="3", seuil="1", **day(site, 9))
    register(site, number, "Dina", "dina@example.org")
    done = amal.post(f"/seances/{number}/conduite", jeton=jeton, geste="annuler", mots="La chaudière a rendu l’âme.")
    mail = letter(site, "dina@example.org", "Annulée")
    check("cancelled by hand, with her words and a calendar file that takes it back",
          done.status == 303 and "chaudière" in body(mail) and any(
              "METHOD:CANCEL" in part.get_content() for part in mail.walk()
              if part.get_content_type() == "text/calendar"), body(mail))
    check("only once", amal.post(f"/seances/{number}/conduite", jeton=jeton, geste="annuler").status == 409)


with Site(clock=True) as served:
    amal_b = come_in(served, "amal@example.org")
    form_token = token(amal_b.ask("/seances/nouvelle"))
    tell_by_hand(served, amal_b, form_token)
    tell_life(served, amal_b, form_token)
    tell_too_few(served, amal_b, form_token)
    tell_unticked(served, amal_b, form_token)
    tell_chosen_date(served, amal_b, form_token)
    tell_noted_date(served, amal_b)
check.end()
