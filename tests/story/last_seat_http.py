#!/usr/bin/env python3
"""People who have come in register over HTTP for the last seats of a session, all at once: exactly the
seats are given, nobody has two, and who was answered before another one asked stands before her on the
waitlist, at the place her page tells. ETABLI_RACES (2) and ETABLI_RUNNERS (24) say how often and how
many; script/soak runs more. Speaks TAP."""
import hashlib
import http.client
import json
import os
import secrets
import sqlite3
import threading
import time
import urllib.parse

from serving import FORM, Site, Steps

RACES, RUNNERS = int(os.environ.get("ETABLI_RACES", "2")), int(os.environ.get("ETABLI_RUNNERS", "24"))
SEATS, COOKIE = 3, "etabli"
check = Steps()


def records(site, sql, *values):
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=30)
    with base:
        rows = base.execute(sql, values).fetchall()
    base.close()
    return rows


class Runner:
    """Someone signed in, as if by a link: her cookie's hash stands in the records (base/secret.h)."""

    def __init__(self, site, number):
        self.site, self.number = site, number
        token = secrets.token_urlsafe(32)
        now = site.now()
        records(site, "INSERT INTO account (id, email, lang, created_at, seen_at) VALUES (?, ?, 'fr', ?, ?)",
                70000 + number, f"coureuse{number}@example.org", now, now)
        records(site, "INSERT INTO signed_in (id, account_id, token_hash, device, created_at, seen_at, "
                "expires_at) VALUES (?, ?, ?, 'course', ?, ?, ?)", 70000 + number, 70000 + number,
                hashlib.blake2b(token.encode(), digest_size=32).hexdigest(), now, now, now + 86400)
        self.form = hashlib.blake2b(token.encode(), digest_size=32, key=b"etabli: token of forms").hexdigest()
        self.headers = {"Cookie": f"{COOKIE}={token}"}

    def connect(self):
        self.connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        self.connection.connect()

    def register(self, session):
        body = urllib.parse.urlencode({"jeton": self.form, "nom": f"Coureuse {self.number}"})
        self.began = time.monotonic()
        self.connection.request("POST", f"/seances/{session}/inscription", body, {**FORM, **self.headers})
        answer = self.connection.getresponse()
        self.ended = time.monotonic()
        self.status, self.text = answer.status, answer.read().decode()
        self.connection.close()

    def place(self, session):
        return json.loads(self.site.ask(f"/seances/{session}.json", self.headers)[1]).get("my_place")


def make_session(site, number):
    now = site.now()
    records(site, "INSERT INTO session (id, title, level, format, is_online, seats, threshold, state, created_at,"
            " updated_at, version) VALUES (?, 'Les dernières places', 0, 2, 0, ?, 1, 1, ?, ?, 1)",
            number, SEATS, now, now)
    records(site, "INSERT INTO session_date (session_id, position, starts_at, ends_at, is_fixed) "
            "VALUES (?, 0, ?, ?, 1)", number, now + 30 * 86400, now + 30 * 86400 + 7200)
    return number


def race(runners, session):
    """Two by two: of each pair the second begins when the first is answered."""
    gate = threading.Barrier(len(runners) // 2)

    def run(pair):
        for one in pair:
            one.connect()
        gate.wait()
        for one in pair:
            one.register(session)
    threads = [threading.Thread(target=run, args=(runners[i:i + 2],)) for i in range(0, len(runners), 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def tell(site, runners, session):
    race(runners, session)
    rows = records(site, "SELECT a.id - 70000, r.state FROM registration r JOIN account a ON a.person_id = "
                   "r.person_id WHERE r.session_id = ? ORDER BY r.position", session)
    order = [number for number, _ in rows]
    statuses = {one.status for one in runners}
    check("every one of them is answered", statuses == {303}, (statuses, runners[0].text[:800]))
    check(f"{SEATS} have a seat, everyone else waits, nobody is there twice",
          [state for _, state in rows] == [0] * SEATS + [1] * (len(runners) - SEATS) and
          sorted(order) == [one.number for one in runners], rows)
    by_number = {one.number: one for one in runners}
    wrong = [(a, b) for i, a in enumerate(order) for b in order[i + 1:]
             if by_number[b].ended < by_number[a].began]
    check("who was answered before another one asked stands before her", not wrong, wrong)
    told = {one.number: one.place(session) for one in runners}
    wrong = [(number, told[number]) for rank, number in enumerate(order[SEATS:], 1)
             if not told[number] or told[number].get("rank") != rank]
    wrong += [(number, told[number]) for number in order[:SEATS]
              if not told[number] or told[number].get("rank")]
    check("and each is told the place she has", not wrong, wrong)


with Site() as served:
    clients = [Runner(served, number) for number in range(RUNNERS - RUNNERS % 2)]
    for turn in range(RACES):
        tell(served, clients, make_session(served, 70000 + turn))
check.end()
