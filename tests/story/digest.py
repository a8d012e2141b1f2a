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
    db = rows_of(site)
    soon(lambda: db.execute("SELECT 1 FROM job WHERE name = 'digest' AND last_at > ?",
                            (then.timestamp() - 120,)).fetchone(), 30) # it has been through everyone
    db.close()


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

    # yes and "suggest someone", under a need whose author can be told
    lea = add(db, "person", name="Léa Demande", name_folded="lea demande", email="lea@example.org",
              email_folded="lea@example.org", formats=0, quota_month=-1, state=2, created_at=site.now(),
              updated_at=site.now(), version=1)
    asked = {}
    for words in ("monter un col de chemise", "poser une fermeture éclair"):
        asked[words] = add(db, "need", text=words, level=2, state=1, skill_id=skill, person_id=lea,
                           created_at=site.now(), expires_at=site.now() + 90 * 86400, updated_at=site.now(),
                           version=1, followed=4)
    to_its_day(site)
    soon(lambda: len(digests(site, "karim@example.org")) >= 4, 30)
    words = " ".join(parts(digests(site, "karim@example.org")[-1])[0].split())
    order = sorted(asked, key=words.index)
    yes, other = (re.findall(r"http\S+?(/resume/[^?\s]+)\?reponse=oui", words)[order.index(text)]
                  for text in asked)
    check("the digest offers to suggest someone", "Proposer quelqu’un" in words, words)
    wrong = site.post(yes, {"reponse": "oui", "mots": "é" * 2001})
    check("a word too long is said beside its field, and nothing is answered", wrong.status == 422 and
          wrong.words("span", id="words-wrong") and
          not db.execute("SELECT 1 FROM introduction WHERE need_id = ?", (asked["monter un col de chemise"],)).fetchall(),
          wrong.text)
    done = site.post(yes, {"reponse": "oui", "mots": "Passez samedi, je vous montre."})
    check("yes leads to the page where the two go on", done.status == 303 and
          (done.location or "").startswith("/contact/"), done.text)
    check("the contact is accepted, the need answered", db.execute(
        "SELECT i.state, i.asker_id, i.resource_id, n.answered_at IS NOT NULL FROM introduction i JOIN need n "
        "ON n.id = i.need_id WHERE n.id = ?", (asked["monter un col de chemise"],)).fetchall() == [(1, lea, karim, 1)])
    told = soon(lambda: [mail for mail in mails(site.mail_folder, 0) if "lea@example.org" in str(mail["To"])], 20)
    check("its author is told, with her words and a link", told and "Passez samedi" in parts(told[-1])[0] and
          "/contact/" in parts(told[-1])[0], told and parts(told[-1])[0])
    page = site.page(done.location)
    check("and they write to each other there", page.status == 200 and page.all("textarea", name="mots"), page.text)
    again = site.post(yes, {"reponse": "oui"})
    check("a second yes is said to be there already", again.status == 409 and "déjà répondu" in again.text, again.text)
    empty = site.post(other, {"reponse": "quelqu-un", "qui": " "})
    check("suggesting nobody is said beside the field", empty.status == 422 and
          empty.words("span", id="suggested-wrong"), empty.text)
    done = site.post(other, {"reponse": "quelqu-un", "qui": "Jean, de la mercerie"})
    check("suggesting someone is noted", done.status == 200 and "saura qui vous suggérez" in done.text, done.text)
    told = soon(lambda: [mail for mail in mails(site.mail_folder, 0) if "lea@example.org" in str(mail["To"]) and
                         "Jean, de la mercerie" in parts(mail)[0]], 20)
    check("and told to the author of the need", told and "poser une fermeture" in parts(told[0])[0],
          told and parts(told[0])[0])
    db.execute("UPDATE need SET state = 4 WHERE id = ?", (need,))
    late = db.execute("SELECT id FROM need WHERE text = 'broder un ourlet'").fetchone()[0]
    link = re.findall(r"http\S+?(/resume/[^?\s]+)\?reponse=oui", parts(digests(site, "karim@example.org")[1])[0])[0]
    page = site.post(link, {"reponse": "oui"})
    check("a need nobody has confirmed is answered by a session, and that is said", page.status == 409 and
          f"/seances/nouvelle?besoin={late}" in page.text and "confirmé" in page.text, page.text)
check.end()
