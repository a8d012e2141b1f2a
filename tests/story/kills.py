#!/usr/bin/env python3
"""A site that is killed (SIGKILL) again and again while people write, over HTTP: what was answered
is there each time it is up again, nobody has two seats, no seat is sold twice, the waitlist is in
order, each thing done has its mail, the records are sound, the search finds what was written.
ETABLI_KILLS says how often (12 unless said otherwise). Speaks TAP."""
import datetime
import glob
import http.client
import os
import random
import sqlite3
import statistics
import threading
import time
import urllib.parse

from serving import FORM, Site, Steps, soon
from sessions_shared import come_in, token

KILLS = int(os.environ.get("ETABLI_KILLS", "12"))
PEOPLE = 6
SEATED, WAITING, LEFT = 0, 1, 2
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre"]
CONFIG = "exchange:\n  open_needs: 100\n"

check = Steps()
chance = random.Random(3)


class Unsaid(Exception):
    """No answer came: it may have been done or not."""


class Writer:
    """Someone who has come in and does one thing after the other on one connection. Knows what she
    was told: `true` maps a thing to what stands in the records, `mails` a template to how many."""

    def __init__(self, site, number):
        self.site, self.number = site, number
        self.email = f"w{number}@example.org"
        browser = come_in(site, self.email)
        self.cookie = "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
        self.connection, self.edits, self.answers, self.odd = None, 0, 0, []
        page = browser.ask("/moi/fiche")
        self.token = token(page)
        self.visible = [a["value"] for a, _ in page.all("input", name="visible") if "checked" in a]
        self.true, self.mails, self.arrived, self.needs, self.unsaid = {}, {}, {}, [], None

    def connect(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)

    def ask(self, method, path, **fields):
        """(status, body); Unsaid when the connection ends before the answer."""
        body = urllib.parse.urlencode({"jeton": self.token, **fields}, True) if method == "POST" else None
        try:
            self.connection.request(method, path, body, {**FORM, "Cookie": self.cookie})
            answer = self.connection.getresponse()
            return answer.status, answer.read().decode("utf-8")
        except (OSError, http.client.HTTPException) as gone:
            raise Unsaid from gone

    def post(self, thing, value, path, **fields):
        """Does it, and keeps what it made true once that was answered."""
        self.unsaid = (thing, value, time.monotonic())
        status, body = self.ask("POST", path, **fields)
        if status == 303:
            self.became(*self.unsaid)
        elif status not in (409, 422):
            self.odd.append((path, fields, status, body[:300]))
        self.unsaid = None
        self.answers += 1

    def became(self, thing, value, asked_at):
        """It was done: what is true now, and the mail that goes with it."""
        before = self.true.get(thing)
        self.true[thing] = value
        kind = thing[0]
        if kind == "seat" and before != value:
            self.count("seat" if value else "session_left")
            self.arrived[thing[1]] = (asked_at, time.monotonic()) if value else None
        elif kind == "support" and before is None:
            self.count("need_supported")
        elif kind == "need":
            self.count("need_stated")
            self.needs.append(value)

    def count(self, template):
        self.mails[template] = self.mails.get(template, 0) + 1

    def edit(self):
        status, text = self.ask("GET", "/moi/fiche")
        version = text.split('name="version" value="')[1].split('"')[0] if status == 200 else "0"
        self.edits += 1
        about = f"Présentation {self.edits} de {self.number}"
        self.post(("card",), about, "/moi/fiche", nom=f"Prénom {self.number}", version=version,
                  presentation=about, visible=self.visible, faire="enregistrer",
                  savoir="Relier un livre", niveau="3", transmet="0")

    def something(self, sessions, needs):
        what = chance.random()
        session, need = chance.choice(sessions), chance.choice(needs)
        self.edits += 1
        if what < .40:
            self.post(("seat", session), True, f"/seances/{session}/inscription",
                      nom=f"Prénom {self.number}")
        elif what < .65:
            self.post(("seat", session), False, f"/seances/{session}/ma-place", geste="quitter")
        elif what < .70:
            self.post(("taken", session), None, f"/seances/{session}/ma-place", geste="prendre")
        elif what < .82:
            words = f"mots {self.edits} de {self.number}"
            self.post(("support", need), words, f"/besoins/{need}/soutenir", mots=words)
        elif what < .88 and self.true.get(("support", need)): # who has no part in it may not look
            self.post(("support", need), None, f"/besoins/{need}/suivi", geste="quitter")
        elif what < .97:
            self.edit()
        else:
            words = f"kiwarou{self.number}x{self.edits} zolbecq"
            self.post(("need", words), words, "/besoins", texte=words)

    def write(self, sessions, needs):
        self.connect()
        try:
            while True:
                self.something(sessions, needs)
        except Unsaid:
            self.connection.close()


def propose(site, writer, number):
    at = datetime.datetime.fromtimestamp(site.now() + (100 + number) * 86400)
    writer.connect()
    status, body = writer.ask("POST", "/seances", nom=f"Prénom {writer.number}", titre=f"Dispute {number}",
                              ou="ailleurs", lieu="Ici", places="2", seuil="1", jour1=at.day,
                              mois1=MONTHS[at.month - 1], annee1=at.year, de1="18h", a1="20h")
    if status != 303:
        raise SystemExit(f"Bail out! no session: {status} {body[:800]}")


class Truth:
    """What stands in the records, read beside the server."""

    def __init__(self, site):
        self.db = sqlite3.connect(f"file:{site.data}/etabli.sqlite?mode=ro", uri=True, timeout=20)

    def all(self, statement, *values):
        return self.db.execute(statement, values).fetchall()

    def one(self, statement, *values):
        found = self.db.execute(statement, values).fetchone()
        return found[0] if found else None

    def of(self, writer, thing):
        who = "(SELECT person_id FROM account WHERE email = ?)"
        if thing[0] == "seat":
            return self.one("SELECT state FROM registration WHERE session_id = ? AND person_id = " + who,
                            thing[1], writer.email) in (SEATED, WAITING)
        if thing[0] == "support":
            return self.one("SELECT words FROM need_support WHERE need_id = ? AND person_id = " + who,
                            thing[1], writer.email)
        if thing[0] == "card":
            return self.one("SELECT about FROM person WHERE id = " + who, writer.email)
        if thing[0] == "need":
            return self.one("SELECT text FROM need WHERE text = ? AND email_folded = ?", thing[1],
                            writer.email)
        return None


def settle(truth, writer):
    """What nobody was told: done when the records say so."""
    if writer.unsaid and writer.unsaid[0][0] != "taken":
        thing, value, _ = writer.unsaid
        if truth.of(writer, thing) == value and writer.true.get(thing, False) != value:
            writer.became(*writer.unsaid)
    writer.unsaid = None


def what_is_lost(truth, writers):
    return [(writer.email, thing, value, truth.of(writer, thing)) for writer in writers
            for thing, value in writer.true.items()
            if thing[0] != "taken" and truth.of(writer, thing) != value]


def what_is_oversold(truth, sessions):
    wrong = []
    for session in sessions:
        rows = truth.all("SELECT person_id, state, COALESCE(hold_until, 0) FROM registration "
                         "WHERE session_id = ? ORDER BY position", session)
        taken = sum(state == SEATED or hold > 0 for _, state, hold in rows)
        if taken > 2 or len({person for person, _, _ in rows}) != len(rows):
            wrong.append(("oversold", session, rows))
        line = [hold > 0 for _, state, hold in rows if state == WAITING]
        if line != sorted(line, reverse=True) or (taken < 2 and not all(line)):
            wrong.append(("the line", session, rows))
    return wrong


def what_is_out_of_order(truth, writers, sessions):
    """Who was answered before another asked comes before her."""
    wrong = []
    for session in sessions:
        place = dict(truth.all(
            "SELECT a.email, r.position FROM registration r JOIN account a ON a.person_id = r.person_id "
            "WHERE r.session_id = ? AND r.state IN (0, 1)", session))
        here = [(w.email, *w.arrived[session]) for w in writers if w.arrived.get(session)]
        wrong += [(session, first, second) for first, _, answered in here for second, asked, _ in here
                  if answered < asked and not place.get(first, 0) < place.get(second, 0)]
    return wrong


def what_has_no_mail(truth, writers):
    wrong = []
    for writer in writers:
        rows = dict(truth.all("SELECT template, COUNT(*) FROM outbox WHERE recipient = ? "
                              "GROUP BY template", writer.email))
        offered = rows.get("session_seat_free", 0)
        seats = rows.get("session_registered", 0) + rows.get("session_waitlisted", 0)
        # a seat that was held and taken is told a second time
        if not writer.mails.get("seat", 0) <= seats <= writer.mails.get("seat", 0) + offered:
            wrong.append((writer.email, "seat", writer.mails, rows))
        wrong += [(writer.email, template, writer.mails, rows)
                  for template in ("session_left", "need_supported", "need_stated")
                  if rows.get(template, 0) != writer.mails.get(template, 0)]
    return wrong


def is_found(site, words):
    return words in site.ask("/recherche?q=" + words, {"Accept": "application/json"})[1]


class Story:
    def __init__(self, site):
        self.site, self.wrong, self.up_s, self.caught_s = site, {}, [], []
        self.writers = [Writer(site, number) for number in range(PEOPLE)]
        for writer in self.writers:
            writer.connect()
            writer.edit()
        for number in range(3):
            propose(site, self.writers[0], number)
        self.truth = Truth(site)
        self.sessions = [row[0] for row in self.truth.all(
            "SELECT id FROM session WHERE title LIKE 'Dispute %'")]
        self.needs = [need["id"] for need in site.json("/besoins")["needs"][:3]]

    def note(self, kind, found):
        if found:
            self.wrong.setdefault(kind, []).extend(found)

    def kill(self):
        threads = [threading.Thread(target=writer.write, args=(self.sessions, self.needs))
                   for writer in self.writers]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(.05, .8))
        self.site.server.kill()
        self.site.server.wait()
        for thread in threads:
            thread.join()
        begun = time.monotonic()
        self.site.start()
        self.site.ask("/healthz")
        self.up_s.append(time.monotonic() - begun)

    def look(self):
        """After a start: every promise."""
        begun, truth = time.monotonic(), Truth(self.site)
        last = [writer.needs[-1] for writer in self.writers if writer.needs]
        self.note("index", [] if soon(lambda: all(is_found(self.site, w.split()[0]) for w in last), 15)
                  else last)
        self.caught_s.append(time.monotonic() - begun)
        for writer in self.writers:
            settle(truth, writer)
        self.note("lost", what_is_lost(truth, self.writers))
        self.note("oversold", what_is_oversold(truth, self.sessions))
        self.note("order", what_is_out_of_order(truth, self.writers, self.sessions))
        self.note("mails", what_has_no_mail(truth, self.writers))
        self.note("odd", [each for writer in self.writers for each in writer.odd])
        said = self.site.run("check", "--data", self.site.data)
        self.note("check", [said] if "damage" in said else [])
        truth.db.close()

    def tell(self):
        answers = sum(writer.answers for writer in self.writers)
        print(f"# {KILLS} kills, {answers} answers, {sum(map(len, (w.needs for w in self.writers)))} needs, "
              f"up again in {statistics.median(self.up_s):.2f} s (median), {max(self.up_s):.2f} s (worst), "
              f"index {max(self.caught_s):.2f} s (worst)", flush=True)
        for kind, name in {
                "lost": "everything that was answered is in the records",
                "oversold": "no seat is sold twice, nobody has two",
                "order": "who was answered first stands before who asked later",
                "mails": "each thing done has its mail, and no other has",
                "check": "etabli check finds the records sound",
                "odd": "every answer is one of those a page gives"}.items():
            check(name, not self.wrong.get(kind), self.wrong.get(kind, [])[:4])
        check("the search finds what was written, within 5 s more often than not",
              not self.wrong.get("index") and statistics.median(self.caught_s) < 5, self.caught_s)
        check("it is up again, within 2 s more often than not", statistics.median(self.up_s) < 2, self.up_s)

    def tell_mails(self):
        """Once all have left: a file each, one more a kill at most."""
        rows = soon(lambda: self.truth.one("SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL") == 0, 20)
        sent = self.truth.one("SELECT COUNT(*) FROM outbox")
        files = len(glob.glob(os.path.join(self.site.mail_folder, "*.eml")))
        check("every mail has left, and no more than one a kill twice",
              rows and sent <= files <= sent + KILLS, (rows, sent, files))


with Site(CONFIG) as served:
    story = Story(served)
    for _ in range(KILLS):
        story.kill()
        story.look()
    story.tell()
    story.tell_mails()
check.end()
