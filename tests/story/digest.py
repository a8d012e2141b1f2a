#!/usr/bin/env python3
"""The weekly digest: one mail on its day when there is something to say, needs that fit what one
passes on, answers by link, silence for who stopped or pauses. Speaks TAP."""
import datetime
import os
import re
import sqlite3
import time

from serving import Site, Steps, mails, parts, soon

check = Steps()
# Four days from now, so that no digest is due when the story begins.
DAY = (datetime.datetime.now(datetime.timezone.utc).weekday() + 4) % 7
CONFIG = f'data: "FOLDER/data"\nsite:\n  time_zone: "UTC"\ndigest:\n  weekday: {DAY + 1}\n  hour: 9\n'


def rows_of(site):
    return sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20,
                           isolation_level=None)


def add(db, table, **values):
    if table in ("person", "need", "session"):
        values["id"] = db.execute(
            "INSERT INTO sequence (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET "
            "last = sequence.last + 1 RETURNING last", (table,)).fetchone()[0]
    db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
               list(values.values()))
    return values.get("id")


def trainer(db, now, name, skill, **values):
    address = f"{name}@example.org"
    number = add(db, "person", **dict(
        dict(name=name, name_folded=name, email=address, email_folded=address, formats=0,
             quota_month=-1, state=1, confirmed_at=now, created_at=now, updated_at=now, version=1),
        **values))
    add(db, "person_skill", person_id=number, position=0, skill_id=skill, label="savoir rare",
        level=3, shares=1, formats=0)
    return number


def to_its_day(site):
    """Moves to the next day of the digest, 9:01 UTC."""
    now = datetime.datetime.fromtimestamp(site.now(), datetime.timezone.utc)
    then = now.replace(hour=9, minute=1, second=0) + datetime.timedelta(days=(DAY - now.weekday()) % 7)
    if then <= now:
        then += datetime.timedelta(days=7)
    site.advance(seconds=int((then - now).total_seconds()))


def digests(site, address):
    return [mail for mail in mails(site.mail_folder, 0) if address in str(mail["To"]) and
            "Votre semaine" in mail["Subject"]]


with Site(CONFIG, clock=True) as site:
    db, now = rows_of(site), site.now()
    skill = db.execute("SELECT MAX(id) FROM skill").fetchone()[0]
    karim = trainer(db, now, "karim", skill)
    paused = trainer(db, now, "pause", skill, pause_until=now + 90 * 86400)
    full = trainer(db, now, "pleine", skill, quota_month=0)
    stopped = trainer(db, now, "stop", skill)
    db.execute("INSERT INTO mail_setting VALUES ('stop@example.org', 0, NULL, NULL)")
    need = add(db, "need", text="régler une machine à coudre", level=2, state=0, skill_id=skill,
               created_at=now, expires_at=now + 90 * 86400, updated_at=now, version=1)
    for position in range(2):
        add(db, "need_support", need_id=need, position=position, created_at=now)
    to_its_day(site)
    check("who can answer gets a digest on its day",
          soon(lambda: digests(site, "karim@example.org"), 20))
    mail = digests(site, "karim@example.org")[0]
    words, markup = parts(mail)
    check("it shows the need and how many people share it",
          "machine à coudre" in words and "3 personnes" in words, words)
    check("with ways to answer", f"/seances/nouvelle?besoin={need}" in words and
          "Pas maintenant" in words and "reponse=pas-moi" in words, words)
    check("and a way to stop it", "One-Click" in mail["List-Unsubscribe-Post"])
    time.sleep(1)
    check("who pauses, is at her quota or stopped it gets none",
          not any(digests(site, who + "@example.org") for who in ("pause", "pleine", "stop")))
    link = re.search(r"http\S+?(/resume/[^?\s]+)\?reponse=pas-moi", words).group(1)
    page = site.page(link + "?reponse=pas-moi")
    check("the link shows the need and the answers, the one pressed first", page.status == 200 and
          page.all("button", name="reponse")[0][0]["value"] == "pas-moi", page.text)
    check("looking notes nothing", db.execute("SELECT COUNT(*) FROM link WHERE purpose = 9 AND "
                                              "used_at IS NOT NULL").fetchone()[0] == 0)
    done = site.post(link, {"reponse": "pas-moi"})
    check("answering is noted and thanked for", done.status == 200 and "Merci" in done.text, done.text)
    site.advance(days=1)
    time.sleep(1.5)
    check("one a week and no more", len(digests(site, "karim@example.org")) == 1)
    to_its_day(site)
    time.sleep(2)
    check("a need she refused comes no more, and nothing to say is no mail",
          len(digests(site, "karim@example.org")) == 1)
    db.execute("UPDATE need SET skill_id = ?, text = 'affûter des ciseaux', external_id = 'b' "
               "WHERE id = ?", (skill, need))
    add(db, "need", text="broder un ourlet", level=2, state=0, skill_id=skill, created_at=site.now(),
        expires_at=site.now() + 90 * 86400, updated_at=site.now(), version=1)
    to_its_day(site)
    check("another need makes another digest the week after",
          soon(lambda: len(digests(site, "karim@example.org")) == 2, 20))
    check("with that need only", "broder un ourlet" in parts(digests(site, "karim@example.org")[1])[0]
          and "affûter" not in parts(digests(site, "karim@example.org")[1])[0])
    pole = db.execute("SELECT MIN(id) FROM pole").fetchone()[0]
    for who in (karim, stopped):
        add(db, "person_pole", person_id=who, position=0, pole_id=pole)
    far = add(db, "session", title="Affûter ensemble", pole_id=pole, level=0, format=2, is_online=0, seats=6,
              threshold=3, state=0, created_at=site.now(), updated_at=site.now(), version=1)
    for position, days in enumerate((50, 57)):
        add(db, "session_date", session_id=far, position=position, starts_at=site.now() + days * 86400,
            ends_at=site.now() + days * 86400 + 7200, is_fixed=0)
    to_its_day(site)
    check("a session that is proposed is told to the members of its pole, however far",
          soon(lambda: len(digests(site, "karim@example.org")) == 3, 20) and
          not digests(site, "stop@example.org"))
    words = parts(digests(site, "karim@example.org")[-1])[0].replace("\u00a0", " ")
    check("as one that is proposed, with dates to choose from", "Affûter ensemble" in words and
          f"/seances/{far}" in words and "ou à 1 autre date" in words and
          "à partir de 3 personnes" in " ".join(words.split()), words)
    check("a link nobody has is told in words", site.page("/resume/x").status == 410)
check.end()
