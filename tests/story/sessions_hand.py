#!/usr/bin/env python3
"""A session is run for people who phone: registered by hand, with the dates that suit them, changed
and given back for them; each traced and shown as noted by the animation. Who runs it without a card
of her own does so too, and writes to those who come. Speaks TAP."""
import datetime
import sqlite3

from serving import Browser, Site, Steps, plain
from sessions_shared import body, come_in, letter, letters, register, token

check = Steps()


def day(site, days, number=1):
    at = datetime.datetime.fromtimestamp(site.now() + days * 86400)
    return {f"jour{number}": at.day, f"mois{number}": at.month, f"annee{number}": at.year,
            f"de{number}": "18h", f"a{number}": "20h"}


def rows(site, sql, *values):
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        return records.execute(sql, values).fetchall()


def propose(site, browser, jeton, **fields):
    done = browser.post("/seances", jeton=jeton, nom="Amal Benali", ou="ailleurs", lieu="Atelier", **fields)
    return int(done.location.split("/seances/")[1].split("?")[0].split("-")[0])


def audited(site, verb, number):
    return rows(site, "SELECT account_id, pole_id, person_id FROM audit WHERE verb = ? AND detail = ?",
                verb, f"session {number}")


def tell_hand(site, amal, jeton):
    pole = site.json("/poles")["poles"][0]["url"].split("/")[-1]
    number = propose(site, amal, jeton, titre="Par téléphone", pole=pole, places="3", seuil="2",
                     **day(site, 20), **day(site, 27, 2))
    run = f"/seances/{number}/conduite"
    dates = [str(each["starts_at"]) for each in site.json(f"/seances/{number}")["session"]["dates"]]
    register(site, number, "Ève", "eve@example.org", dates=dates)
    wrong = amal.post(run, jeton=jeton, geste="inscrire", nom="", dates=dates)
    check("without a name: told beside the field", wrong.status == 422 and wrong.all("span", id="nom-wrong"), wrong.text)
    wrong = amal.post(run, jeton=jeton, geste="inscrire", nom="Marguerite Sans-Ordi")
    check("without a date: told too, the name is kept", wrong.status == 422 and wrong.all("span", id="dates-wrong") and
          wrong.all("input", id="nom", value="Marguerite Sans-Ordi"), wrong.text)
    done = amal.post(run, jeton=jeton, geste="inscrire", nom="Marguerite Sans-Ordi", dates=dates[:1])
    page = amal.ask(run)
    check("someone without e-mail has a seat, noted by the animation", done.status == 303 and
          "Marguerite Sans-Ordi" in page.text and "noté par l’animation" in page.text and
          page.text.count("noté par l’animation") == 1, page.text)
    her = rows(site, "SELECT id FROM person WHERE name = 'Marguerite Sans-Ordi'")[0][0]
    trace = audited(site, "register for", number)
    check("the audit knows who did it, for whom, in which pole", len(trace) == 1 and trace[0][0] and trace[0][1] and
          trace[0][2] == her, trace)
    check("once", amal.post(run, jeton=jeton, geste="inscrire", nom="Marguerite Sans-Ordi",
                            dates=dates[:1]).status == 409)
    check("her dates are counted", [each["count"] for each in votes(page, dates)] == [2, 1], votes(page, dates))
    done = amal.post(run, jeton=jeton, geste="dates", personne=her, dates=dates[1:])
    page = amal.ask(run)
    check("her dates change on the phone", done.status == 303 and len(audited(site, "choose dates for", number)) == 1 and
          [each["count"] for each in votes(page, dates)] == [1, 2], votes(page, dates))
    check("but not to none, and not of someone who has no place", amal.post(
        run, jeton=jeton, geste="dates", personne=her).status == 422 and amal.post(
        run, jeton=jeton, geste="dates", personne="999999", dates=dates).status == 409)
    done = amal.post(run, jeton=jeton, geste="inscrire", nom="Fanny Mail", courriel="fanny@example.org", dates=dates)
    mail = letter(site, "fanny@example.org", "Votre place")
    check("who has an address gets the mail with the link to her place", done.status == 303 and "/place/" in body(mail))
    place = Browser(site).ask("/place/" + body(mail).split("/place/")[1].split()[0])
    check("where she reads that it was noted for her", "Noté par l’animation" in place.text, place.text)
    full = amal.post(run, jeton=jeton, geste="inscrire", nom="Quatrième Personne", dates=dates)
    check("past the seats one waits, by hand as well", full.status == 303 and rows(
        site, "SELECT r.state FROM registration r JOIN person p ON p.id = r.person_id WHERE p.name = 'Quatrième Personne'"
        ) == [(1,)])
    done = amal.post(run, jeton=jeton, geste="retirer", personne=her)
    check("a seat is given back on the phone, and offered to who waits", done.status == 303 and
          len(audited(site, "leave for", number)) == 1 and rows(
              site, "SELECT hold_until > 0 FROM registration r JOIN person p ON p.id = r.person_id "
              "WHERE p.name = 'Quatrième Personne'") == [(1,)])
    stranger = come_in(site, "curieux@example.org")
    check("nobody else does any of this", all(stranger.post(
        run, jeton=token(stranger.ask("/moi")), geste=what, personne=her, nom="X Y", dates=dates).status == 403
        for what in ("inscrire", "dates", "retirer")))
    return number


def votes(page, dates):
    """How many people each date suits, as the page that runs a session tells it."""
    labels = [plain(words) for _, words in page.all("label", class_="tick") if "(convient" in words]
    return [{"count": int("".join(c for c in label.split("(convient à")[1] if c.isdigit()))}
            for label in labels[:len(dates)]]


def tell_admin(site, number):
    """An admin who never gave a name is nobody's card."""
    admin = come_in(site, "admin@example.org")
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        account = records.execute("SELECT id FROM account WHERE email='admin@example.org'").fetchone()[0]
        records.execute("INSERT INTO role (id, account_id, kind, granted_at) VALUES (9300, ?, 2, 1)", (account,))
    run = f"/seances/{number}/conduite"
    page = admin.ask(run)
    jeton = token(page)
    check("who runs it without a card sees the page, and is asked for her name where it is shown",
          page.status == 200 and page.all("input", id="name"), page.status)
    dates = [str(each["starts_at"]) for each in site.json(f"/seances/{number}")["session"]["dates"]]
    done = admin.post(run, jeton=jeton, geste="inscrire", nom="Gus Sans-Ordi", dates=dates)
    check("she registers someone", done.status == 303, done.text)
    wrong = admin.post(run, jeton=jeton, geste="ecrire", mots="Venez tôt.")
    check("without a name her message is not sent", wrong.status == 422 and wrong.all("span", id="name-wrong") and
          "Venez tôt." in wrong.text, wrong.text)
    done = admin.post(run, jeton=jeton, geste="ecrire", mots="Venez tôt.", de="Odile Garde")
    mail = letter(site, "eve@example.org", "vous écrit")
    check("with one it is", done.status == 303 and "Odile Garde" in str(mail["Subject"]) and
          "Venez tôt." in body(mail), done.text)
    check("and the name is asked once", not admin.ask(run).all("input", id="name"))


with Site(clock=True) as served:
    amal_b = come_in(served, "amal@example.org")
    form_token = token(amal_b.ask("/seances/nouvelle"))
    tell_admin(served, tell_hand(served, amal_b, form_token))
check.end()
