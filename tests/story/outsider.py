#!/usr/bin/env python3
"""Someone who wants in where she may not: cards she may not see by another door, links used for
what they were not made for, forms without their token, mails to a victim, forms sent twice at once,
words that try to become headers, HTML or formulas. Speaks TAP."""
import datetime
import glob
import os
import secrets
import sqlite3
import threading
import time

from serving import Browser, Site, Steps, soon
from sessions_shared import body, come_in, letter, letters, path_in, token

check = Steps()
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre"]


def write(site, statement, *values):
    db = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    found = db.execute(statement, values).fetchall()
    db.commit()
    db.close()
    return found


def day(site, days, number=1):
    at = datetime.datetime.fromtimestamp(site.now() + days * 86400)
    return {f"jour{number}": at.day, f"mois{number}": MONTHS[at.month - 1], f"annee{number}": at.year,
            f"de{number}": "18h", f"a{number}": "20h"}


def at_once(*asks):
    """What each of them answers, all asked at the same moment."""
    gate, answers = threading.Barrier(len(asks)), [None] * len(asks)

    def go(number):
        gate.wait()
        answers[number] = asks[number]()
    threads = [threading.Thread(target=go, args=(number,)) for number in range(len(asks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


class Insider:
    """Comes in with a name."""

    def __init__(self, site, address, name):
        self.site, self.address, self.name = site, address, name
        self.browser = come_in(site, address)
        self.jeton = token(self.browser.ask("/moi"))
        self.post("/moi/fiche", nom=name, version="0", faire="enregistrer")

    def ask(self, path):
        return self.browser.ask(path)

    def post(self, path, **fields):
        return self.browser.ask(path, "POST", {"jeton": self.jeton, **fields})

    def propose(self, title, days=30, **more):
        done = self.post("/seances", titre=title, ou="ailleurs", lieu="Ici", places="8", seuil="2",
                         nom=self.name, **day(self.site, days), **more)
        return done, done.location and int(done.location.split("/seances/")[1].split("?")[0].split("-")[0])


def tell_cards(site, eve):
    """A card for her structure only, one that is withdrawn, a draft: by every door."""
    person, name, headline = write(site, "SELECT p.id, p.name, p.headline FROM person p WHERE p.state = 1 "
                                   "AND p.email IS NOT NULL AND p.headline IS NOT NULL AND p.id NOT IN "
                                   "(SELECT person_id FROM session_trainer) LIMIT 1")[0]
    for what, state, visibility in (("for her structure only", 1, 2), ("withdrawn", 2, 0), ("a draft", 0, 0)):
        write(site, "UPDATE person SET state = ?, visibility = ? WHERE id = ?", state, visibility, person)
        doors = [f"/personnes/{person}", f"/personnes/{person}.json", f"/personnes/{person}/contact",
                 f"/personnes/{person}/contact.json", f"/personnes/{person}/fiche"]
        seen = [door for door in doors for page in [eve.ask(door)]
                if page.status not in (403, 404) or name in page.text or headline in page.text]
        check(f"a card that is {what} is behind no door", not seen, seen)
        asked = eve.post(f"/personnes/{person}/contact", mots="Bonjour, montrez-moi", nom="Eve")
        check(f"and nobody asks her for anything ({what})", asked.status in (403, 404), asked.status)
    write(site, "UPDATE person SET state = 1, visibility = 0 WHERE id = ?", person)


def tell_trainers(site, eve):
    """Whose card is not shown is not named on the page of a session that was imported with her."""
    session, person, name = write(
        site, "SELECT s.id, p.id, p.name FROM session s JOIN session_trainer t ON t.session_id = s.id JOIN "
        "person p ON p.id = t.person_id WHERE s.state = 0 AND p.state = 1 LIMIT 1")[0]
    for what, state in (("a draft", 0),):
        write(site, "UPDATE person SET state = ?, confirmed_at = NULL WHERE id = ?", state, person)
        for place in (f"/seances/{session}", f"/seances/{session}.json", "/seances.atom",
                      f"/seances/{session}/agenda.ics"):
            check(f"the name of {what} is not on {place.replace(str(session), '…')}",
                  name not in site.ask(place)[1])
        check("nor for who has come in", name not in eve.ask(f"/seances/{session}").text)
    write(site, "UPDATE person SET state = 1, confirmed_at = created_at WHERE id = ?", person)


def tell_private(site, eve):
    need = site.json("/besoins")["needs"][1]["id"]
    browser = Browser(site)
    browser.post(f"/besoins/{need}/soutenir", nom="Marin", email="marin@example.org", mots="moi")
    link = path_in(body(letter(site, "marin@example.org", "Un clic")), "/confirmer/")
    write(site, "UPDATE need SET is_private = 1 WHERE id = ?", need)
    text = write(site, "SELECT text FROM need WHERE id = ?", need)[0][0]
    done = browser.post(link)
    check("a link asked for before a need became private lets nobody in",
          done.status != 303 and not write(site, "SELECT 1 FROM need_support s JOIN person p ON "
                                           "p.id = s.person_id WHERE p.email = 'marin@example.org'"), done.status)
    seen = [path for path in (f"/besoins/{need}", f"/besoins/{need}.json", f"/besoins/{need}/soutenir",
                              f"/besoins/{need}/suivi", f"/besoins/{need}/qualifier", "/besoins.atom",
                              "/besoins.json", "/besoins?page=1", f"/seances/nouvelle?besoin={need}",
                              "/index.json", "/moi")
            if text in eve.ask(path).text or text in site.ask(path)[1]]
    check("a private need is nowhere", not seen, seen)
    done, _ = eve.propose("Sur un besoin privé", besoin=need)
    check("nobody answers it by its number", done.status in (409, 422) and text not in done.text, done.status)
    write(site, "UPDATE need SET is_private = 0, expires_at = ? WHERE id = ?", site.now() - 5, need)
    check("a need that is over is not supported",
          eve.post(f"/besoins/{need}/soutenir", mots="trop tard").status in (409, 410, 422))
    write(site, "UPDATE need SET expires_at = ? WHERE id = ?", site.now() + 9000000, need)


def tell_links(site, eve, mallory):
    """Each kind of link on the address of each other kind."""
    doors = {"/suivi/": 1, "/place/": 1, "/avis/": 1, "/contact/": 1, "/fiche/": 1, "/courriels/": 1,
             "/confirmer/": 1, "/co-animation/": 1, "/resume/": 1, "/premiere-administration/": 1,
             "/connexion/lien/": 1, "/agenda/": 1}
    done, session = eve.propose("À plusieurs voix", avec="complice@example.org")
    browser = Browser(site)
    browser.post("/besoins", texte="affûter un rabot ancien", email="lien@example.org")
    mallory.post(f"/seances/{session}/inscription", nom=mallory.name)
    mails = [(letter(site, "lien@example.org"), "/suivi/"),
             (letter(site, mallory.address, "Votre place"), "/place/"),
             (letter(site, "complice@example.org"), "/co-animation/")]
    changes = "SELECT COUNT(*) FROM change WHERE thing <> 7" # but for mails that leave meanwhile
    before = write(site, changes)[0][0]
    for mail, own in mails:
        path = path_in(body(mail), own)
        check(f"a link of {own} came by mail", path, mail and body(mail))
        if not path:
            continue
        secret, wrong = path.split("/")[-1], []
        for door in doors:
            if door == own:
                continue
            for answer in (browser.ask(door + secret), browser.post(door + secret, geste="quitter", nom="Eve",
                                                                     faire="refuser", email="x@example.org")):
                if answer.status not in (403, 404, 405, 410):
                    wrong.append((door, answer.status))
        check(f"the link of {own} opens no other door", not wrong, wrong)
        odd = [(text, page.status) for text in (secret[:-1], secret + "A", secret.swapcase(), secret + "%00",
                                                "%2e%2e%2f" + secret, secret[:10] + "%0d%0a" + secret[10:])
               for page in [browser.ask(own + text.replace("%", "%"))] if page.status not in (400, 404, 410)]
        check(f"nor does half of it, or more than it ({own})", not odd, odd)
        page = browser.ask(path)
        check("its page tells no other site where it was", "no-referrer" in page.text or
              "same-origin" in page.text or "no-referrer" in str(site.ask(path)[2]["Referrer-Policy"]) or
              "same-origin" in str(site.ask(path)[2]["Referrer-Policy"]), site.ask(path)[2].items())
    check("looking changed nothing", write(site, changes)[0][0] == before)


def tell_forms(site, eve, oscar):
    _, session = eve.propose("Pour les formulaires")
    wrong = []
    for path, fields in ((f"/seances/{session}/inscription", {"nom": "Eve"}),
                         (f"/seances/{session}/conduite", {"geste": "annuler"}),
                         ("/moi/courriels", {}), ("/moi/effacer", {"oui": "1"}), ("/moi/fiche", {"nom": "X"}),
                         ("/deconnexion", {}), ("/seances", {"titre": "X"}), ("/besoins", {"texte": "xyz xyz"}),
                         ("/moi/fiche/etat", {"faire": "retirer"})):
        for given in ({}, {"jeton": oscar.jeton}, {"jeton": ""}, {"jeton": eve.jeton[:-1]}):
            if eve.browser.ask(path, "POST", {**fields, **given}).status != 403:
                wrong.append((path, given))
        for origin in ("https://evil.example", "null", f"http://127.0.0.1:{site.port}.evil.example"):
            cookie = "; ".join(f"{k}={v}" for k, v in eve.browser.cookies.items())
            status = site.ask(path, {"Cookie": cookie, "Origin": origin, "Content-Type":
                              "application/x-www-form-urlencoded"}, "POST", f"jeton={eve.jeton}")[0]
            if status != 403:
                wrong.append((path, origin, status))
    check("no form without its token, with another's, or from another site", not wrong, wrong)
    wrong = [(path, page.status) for path in (
        f"/seances/{session}/conduite", f"/seances/{session}/emargement")
        for page in (oscar.ask(path), oscar.post(path, geste="annuler", present="1"))
        if page.status != 403]
    check("nobody runs another's session", not wrong, wrong)
    huge = "9" * 30
    wrong = [(path, page.status) for path in ("/personnes/", "/besoins/", "/seances/", "/competences/",
                                              "/moi/contacts/")
             for number in (huge, "9223372036854775807", "-1", "0", "1e3", "0x10", "1;2")
             for page in [eve.ask(path + number)] if page.status not in (400, 403, 404)]
    check("numbers beyond all numbers are not found", not wrong, wrong)
    bad = [(suite, done.location) for suite in
           ("//evil.example", "https://evil.example", "/\\evil.example", "/%09/evil.example",
            "/en//evil.example", "javascript:alert(1)", "/\t/evil.example", "///evil.example")
           for done in [eve.ask("/connexion?suite=" + suite)]
           if done.location and ("evil" in done.location and not done.location.startswith("/en/")
                                 or done.location.startswith("//"))]
    check("nobody is sent to another site", not bad, bad)


def tell_bombs(site, eve):
    for number in range(8):
        eve.propose(f"Bombe {number}", days=40 + number, avec="victime@example.org")
    time.sleep(1)
    count = len(letters(site, "victime@example.org"))
    check("an address is written to five times an hour at most, whoever asks", count <= 5, count)
    statuses = [Browser(site).post("/besoins", texte=f"besoin en rafale {number}",
                                   email=f"cible{number}@example.org").status for number in range(24)]
    check("one network address makes twenty mails an hour leave at most",
          statuses.count(303) <= 20 and 422 in statuses or 429 in statuses, statuses)


def tell_twice(site, eve, mallory):
    def count(statement, *values):
        return write(site, statement, *values)[0][0]
    at_once(*[lambda: eve.propose("Envoyée deux fois", days=60)] * 3)
    check("a session proposed twice at once is one",
          count("SELECT COUNT(*) FROM session WHERE title = 'Envoyée deux fois'") == 1)
    at_once(*[lambda: eve.post("/besoins", texte="un besoin envoyé deux fois")] * 3)
    check("a need sent twice at once is one",
          count("SELECT COUNT(*) FROM need WHERE text = 'un besoin envoyé deux fois'") == 1)
    check("and has one mail", len(soon(lambda: letters(site, eve.address, "besoin")) or []) >= 1 and
          count("SELECT COUNT(*) FROM outbox WHERE template = 'need_stated' AND content LIKE "
                "'%un besoin envoyé deux fois%' AND recipient = ?", eve.address) <= 1)
    _, session = eve.propose("Une course", days=70)
    at_once(*[lambda: mallory.post(f"/seances/{session}/inscription", nom=mallory.name)] * 3)
    check("a place asked for three times at once is one", count(
        "SELECT COUNT(*) FROM registration WHERE session_id = ?", session) == 1 and
        len(letters(site, mallory.address, "Votre place")) <= 2)
    need = site.json("/besoins")["needs"][-1]["id"]
    at_once(*[lambda: eve.post(f"/besoins/{need}/soutenir", mots="moi aussi")] * 3)
    check("a support sent three times at once is one", count(
        "SELECT COUNT(*) FROM need_support s JOIN account a ON a.person_id = s.person_id "
        "WHERE s.need_id = ? AND a.email = ?", need, eve.address) == 1)
    person = count("SELECT MAX(id) FROM person WHERE state = 1 AND visibility = 0 AND email IS NOT NULL "
                   "AND structure_id IS NOT NULL")
    at_once(*[lambda: eve.post(f"/personnes/{person}/contact", mots="Bonjour, on se voit ?")] * 3)
    check("a person asked three times at once is asked once", count(
        "SELECT COUNT(*) FROM introduction i JOIN account a ON a.person_id = i.asker_id "
        "WHERE i.resource_id = ? AND a.email = ?", person, eve.address) == 1)


def tell_words(site):
    evil = "Ève <img src=x onerror=alert(1)>\r\nBcc: victime@example.org"
    mallory = come_in(site, "mallory@example.org")
    jeton = token(mallory.ask("/moi"))
    title = "=HYPERLINK(1)\r\nATTENDEE:mailto:victime@example.org\r\n<script>alert(1)</script>"
    done = mallory.ask("/seances", "POST", {"jeton": jeton, "titre": title, "ou": "ailleurs", "lieu": evil,
                                            "places": "3", "seuil": "1", "nom": evil, **day(site, 50),
                                            "avec": "lecteur@example.org"})
    check("odd words are words, or refused", done.status in (303, 400, 422), done.status)
    if done.status == 303:
        session = int(done.location.split("/seances/")[1].split("?")[0].split("-")[0])
        mallory.post(f"/seances/{session}/inscription", jeton=jeton, nom=evil)
        for path in (f"/seances/{session}", "/seances.atom"):
            text = site.ask(path)[1]
            check(f"they stay words on {path.replace(str(session), '…')}",
                  "<script>alert" not in text and "<img src=x" not in text)
        text = site.ask(f"/seances/{session}/agenda.ics")[1]
        check("and in a calendar", "\nATTENDEE:mailto:vic" not in text and "\nBcc" not in text, text)
    time.sleep(1)
    raw = [open(path, "rb").read() for path in glob.glob(os.path.join(site.mail_folder, "*.eml"))]
    check("no header is added to a mail", not any(
        line.lower().startswith((b"bcc:", b"attendee:mailto:vic")) for mail in raw for line in mail.split(b"\n")))
    told = letters(site, "lecteur@example.org") + letters(site, "mallory@example.org")
    html = [part.get_content() for mail in told for part in mail.walk() if part.get_content_type() == "text/html"]
    check("nor HTML", html and not any("<script>" in text or "<img src=x" in text for text in html))
    check("a subject is one line", told and not any("\n" in str(mail["Subject"]) for mail in told))
    long = "é" * 10000
    wrong = []
    for path, fields in (("/besoins", {"texte": long}), ("/seances", {"titre": long}),
                         ("/moi/fiche", {"nom": long, "version": "0"}), ("/moi/fiche", {"nom": "M", "presentation": long,
                                                                         "version": "0", "savoir": long})):
        page = mallory.ask(path, "POST", {"jeton": jeton, **fields})
        if page.status not in (409, 413, 422, 400):
            wrong.append((path, page.status))
    check("ten thousand letters are refused in words", not wrong, wrong)


def tell_same(site):
    """Known and unknown addresses: the same answer."""
    write(site, "SELECT 1")
    seen = {}
    for address in ("eve@example.org", secrets.token_hex(4) + "@example.org"):
        begun = time.monotonic()
        page = Browser(site).post("/connexion", email=address)
        seen[address] = (page.status, page.location.replace(address, "…") if page.location else None)
        seen[address + " s"] = time.monotonic() - begun
    kinds = {value for key, value in seen.items() if not key.endswith(" s")}
    check("known and unknown addresses get the same answer", len(kinds) == 1, seen)


with Site(clock=True) as served:
    insider = Insider(served, "eve@example.org", "Ève Dehors")
    oscar = Insider(served, "oscar@example.org", "Oscar Dehors")
    tell_cards(served, insider)
    tell_trainers(served, insider)
    tell_private(served, insider)
    tell_links(served, insider, oscar)
    tell_forms(served, insider, oscar)
    tell_words(served)
    tell_same(served)
    served.advance(hours=2)
    tell_twice(served, insider, oscar)
    tell_bombs(served, insider)
check.end()
