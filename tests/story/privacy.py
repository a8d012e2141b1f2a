#!/usr/bin/env python3
"""Privacy: what comes by mail and how it stops, everything held about oneself, being erased, and
what the site forgets by itself. Speaks TAP."""
import glob
import json
import os
import re
import shutil
import sqlite3
import time

from serving import SOURCE, FORM, Browser, Page, Site, Steps, mails, parts, soon

check = Steps()


def path_of(url):
    return re.sub(r"^https?://[^/]+", "", url)


def come_in(site, address, count):
    """A browser that has come in; `count` mails are there afterwards."""
    browser = Browser(site)
    browser.post("/connexion", email=address)
    words = parts(mails(site.mail_folder, count)[count - 1])[0]
    browser.post(path_of(re.search(r"http\S+/connexion/lien/\S+", words).group()))
    browser.token = browser.ask("/moi").all("input", name="jeton")[0][0]["value"]
    return browser


def provider_posts(site, path, body, kind):
    """As a mail provider does: no cookie, no Origin, no Referer (RFC 8058)."""
    return site.ask(path, {"Content-Type": kind, "User-Agent": "Mail provider"}, "POST", body)


def tell_mails(site):
    amal = come_in(site, "amal@example.org", 1)
    page = amal.ask("/moi/courriels")
    check("her space leads to her mails", "/moi/courriels" in amal.ask("/moi").links())
    check("she gets the digest and every mail until she says otherwise",
          "checked" in page.all("input", name="resume")[0][0] and
          "checked" in page.all("input", value="tous")[0][0], page.text)
    saved = amal.post("/moi/courriels", jeton=amal.token, courriels="tous")
    check("she stops the digest and is told so", saved.status == 303 and
          "enregistré" in amal.ask(saved.location).text and
          "checked" not in amal.ask("/moi/courriels").all("input", name="resume")[0][0])
    check("not without her form's token", amal.post("/moi/courriels", courriels="tous").status == 403)
    amal.post("/moi/courriels", jeton=amal.token, courriels="tous", resume="oui")
    mail = mails(site.mail_folder, 1)[0]
    path = path_of(mail["List-Unsubscribe"].strip("<>"))
    check("every mail says how to stop, by a page and by one click",
          mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and path in
          parts(mail)[1] and path in parts(mail)[0], mail.as_string())
    page = site.page(path)
    check("the link shows her choices without coming in", page.status == 200 and
          "amal@example.org" in page.text and
          "checked" in page.all("input", name="resume")[0][0], page.text)
    check("looking changes nothing", "checked" in
          amal.ask("/moi/courriels").all("input", name="resume")[0][0])
    answer = site.post(path, {"courriels": "tous"})
    check("the form of the link saves", answer.status == 303 and
          "checked" not in amal.ask("/moi/courriels").all("input", name="resume")[0][0])
    return amal, path


def tell_one_click(site, amal, path):
    kinds = [("List-Unsubscribe=One-Click", FORM["Content-Type"]),
             ('--b42\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
              "One-Click\r\n--b42--\r\n", "multipart/form-data; boundary=b42")]
    for body, kind in kinds:
        amal.post("/moi/courriels", jeton=amal.token, courriels="tous", resume="oui")
        status, text, headers = provider_posts(site, path, body, kind)
        page = amal.ask("/moi/courriels")
        check(f"one click stops at once ({kind.split(';')[0]})", status == 200 and
              "checked" not in page.all("input", name="resume")[0][0] and
              "checked" in page.all("input", value="demandes")[0][0], text)
        check("no cookie is given for it", not headers.get_all("Set-Cookie"))
    check("another body does not stop by one click", provider_posts(
        site, path, "--b42\r\nList", "multipart/form-data; boundary=b42")[0] == 400)
    wrong = provider_posts(site, "/courriels/" + 43 * "x", *kinds[0])
    check("a token nobody has is told in words", wrong[0] == 410 and "Ce lien" in wrong[1])
    check("so does its page", site.page("/courriels/x").status == 410)


MARK = "Zzyzwordofhers"  # in every text of hers
NAME, ADDRESS = "Zzyzette Quelquesoit", "zzyzette@example.org"


class Rows:
    """Makes rows beside the server."""

    def __init__(self, site):
        self.site = site
        self.db = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20,
                                  isolation_level=None)

    def id(self, table):
        return self.db.execute(
            "INSERT INTO sequence (name, last) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET "
            "last = sequence.last + 1 RETURNING last", (table,)).fetchone()[0]

    def add(self, table, **values):
        columns = [row[1] for row in self.db.execute(f"PRAGMA table_info({table})")]
        if "id" in columns:
            values.setdefault("id", self.id(table))
        self.db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES "
                        f"({', '.join('?' * len(values))})", list(values.values()))
        return values.get("id")

    def note(self, thing, number):
        self.db.execute("INSERT INTO change SELECT MAX(number) + 1, ?, ?, ? FROM change",
                        (thing, number, self.site.now()))

    def one(self, sql, *values):
        return self.db.execute(sql, values).fetchone()[0]


def definition():
    """(table, column) of personal.def."""
    text = open(os.path.join(SOURCE, "exchange/action/personal.def"), encoding="utf-8").read()
    return set(re.findall(r'^PERSONAL(?:_WITH)?\((?:\w+, )?"(\w+)", "(\w+)"', text, re.M))


def tell_schema(rows):
    """Every column of the schema that leads to a person, an account or an address."""
    found = set()
    tables = [name for name, in rows.db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        found |= {(table, row[3]) for row in rows.db.execute(f"PRAGMA foreign_key_list({table})")
                  if row[2] in ("person", "account")}
        found |= {(table, row[1]) for row in rows.db.execute(f"PRAGMA table_info({table})")
                  if re.search(r"e?mail|recipient|phone|person_id|account_id|granted_by|author", row[1])
                  and (table, row[1]) not in (("person", "phone"),)}
    covered = definition()
    check("every column that leads to a person, an account or an address is in personal.def",
          found <= covered, sorted(found - covered))
    check("and what is there exists", all(
        column in [row[1] for row in rows.db.execute(f"PRAGMA table_info({table})")]
        for table, column in covered))


def make_her(rows, now):
    """Rows about her in every table of personal.def; her person's and others' ids."""
    her = rows.add("person", name=NAME, name_folded=NAME.lower(), email=ADDRESS, email_folded=ADDRESS,
                   phone="0612" + MARK, commune=MARK, headline=MARK, about=MARK + " about", access=MARK,
                   formats=3, quota_month=2, state=1, created_at=now - 1000, updated_at=now, version=1)
    other = rows.one("SELECT id FROM person WHERE id <> ? ORDER BY id LIMIT 1", her)
    reads = rows.one("SELECT id FROM person WHERE email IS NOT NULL AND id NOT IN (?, ?) LIMIT 1", her, other)
    pole = rows.one("SELECT id FROM pole ORDER BY id LIMIT 1")
    rows.add("person_skill", person_id=her, position=0, label=MARK + " soudure", level=3, shares=1,
             formats=0)
    rows.add("saved_search", email=ADDRESS, words=MARK + " cherchée", filters="", known=" ", told_at=now, created_at=now)
    rows.add("person_pole", person_id=her, position=0, pole_id=pole)
    rows.add("availability", person_id=her, position=0, weekday=2, start_min=540, end_min=600)
    rows.add("pole_facilitator", pole_id=pole, position=9, person_id=her)
    need = dict(level=2, state=0, created_at=now, expires_at=now + 9e6 // 1, updated_at=now, version=1)
    need["expires_at"] = now + 9000000
    alone = rows.add("need", person_id=her, text=MARK + " seule", email=ADDRESS, email_folded=ADDRESS,
                     could_pass_on=MARK, **need)
    shared = rows.add("need", person_id=her, text=MARK + " partagée", **need)
    worded = rows.add("need", person_id=her, text=MARK + " dite", commune=MARK, **need)
    mailed = rows.add("need", text=MARK + " par adresse", email=ADDRESS, email_folded=ADDRESS, **need)
    rows.add("need_window", need_id=alone, position=0, weekday=1, start_min=540, end_min=720)
    rows.add("need_support", need_id=shared, position=0, person_id=other, created_at=now)
    rows.add("need_support", need_id=worded, position=0, person_id=other, words="les mots d’une autre",
             created_at=now)
    theirs = rows.add("need", person_id=other, text="besoin d’une autre", **need)
    rows.add("need_support", need_id=theirs, position=0, person_id=her, words=MARK, created_at=now)
    session = dict(level=0, format=2, is_online=0, seats=1, threshold=0, state=1, created_at=now,
                   updated_at=now, version=1)
    gives = rows.add("session", title="Atelier à annuler", created_by=her, **session)
    follows = rows.add("session", title="Atelier suivi", **session)
    for one in (gives, follows):
        rows.add("session_date", session_id=one, position=0, starts_at=now + 864000,
                 ends_at=now + 867600, is_fixed=1)
    rows.add("session_trainer", session_id=gives, position=0, person_id=her)
    rows.add("session_trainer", session_id=follows, position=0, person_id=other)
    rows.add("registration", session_id=follows, position=0, person_id=her, state=0, created_at=now,
             need_id=alone)
    rows.add("registration", session_id=gives, position=0, person_id=reads, state=0, created_at=now)
    rows.add("session_choice", session_id=follows, starts_at=now + 864000, person_id=her, at=now)
    rows.add("session_feedback", session_id=follows, person_id=her, useful=3, could_show=1, words=MARK,
             at=now)
    asked = rows.add("introduction", need_id=alone, asker_id=her, resource_id=other, wave=1, state=1,
                     words=MARK, answer="oui", asker_shows=1, resource_shows=0, created_at=now,
                     expires_at=now + 9000)
    rows.add("introduction", asker_id=other, resource_id=her, wave=0, state=2, answer=MARK,
             suggested=MARK, asker_shows=0, resource_shows=0, created_at=now, expires_at=now + 9000)
    rows.add("relay", from_id=her, to_id=other, introduction_id=asked, created_at=now)
    rows.add("relay", from_id=other, to_id=her, created_at=now)
    rows.add("consent", person_id=her, kind="card", is_given=1, text_version="1", actor="herself", at=now)
    rows.add("plan_refusal", pole_id=pole, person_id=her, until_at=now + 864000)
    skill = rows.one("SELECT MIN(id) FROM skill")
    rows.add("plan", pole_id=pole, weeks=6, asked=1, answered=1, asked_at=now, is_weekly=0, is_failed=0)
    rows.add("plan_session", pole_id=pole, position=0, skill_id=skill, level=2, seats=8, starts_at=now + 864000,
             ends_at=now + 867600, trainer_id=her, trainer_level=3, times_left=0)
    rows.add("plan_session", pole_id=pole, position=1, skill_id=skill, level=2, seats=8, starts_at=now + 864000,
             ends_at=now + 867600, trainer_id=other, second_id=her, trainer_level=3, times_left=0)
    rows.add("plan_need", pole_id=pole, need_id=theirs, person_id=her, skill_id=skill, position=0, reason=0)
    rows.add("pole_note", pole_id=pole, author_id=her, text="une note du pôle", at=now)
    file = rows.add("funding", pole_id=pole, title="une formation", cost=900, least=3, deadline_at=now + 30 * 86400,
                    state=0, created_at=now, created_by=her)
    rows.add("funding_pledge", funding_id=file, person_id=her, amount=50, comes=1, at=now)
    rows.add("audit", at=now, actor="cli", verb="invite card", person_id=her)
    link = dict(purpose=3, subject_id=her, lang="fr", created_at=now, expires_at=now + 9000)
    rows.add("link", token_hash="a" * 64, person_id=her, **link)
    rows.add("link", token_hash="b" * 64, email=ADDRESS, payload='{"text": "' + MARK + '"}', **link)
    later = dict(template="sign_in", created_at=now, send_after=now + 9000000, tries=0)
    rows.add("outbox", recipient=ADDRESS, content='{"x": "' + MARK + '"}', **later)
    rows.add("outbox", recipient="ami@example.org", content='{"name": "' + NAME + '"}', **later)
    kept = rows.add("outbox", recipient="ami@example.org", content='{"name": "Autre"}', **later)
    rows.note(0, her)
    for thing, number in ((2, alone), (2, shared), (2, worded), (2, mailed), (2, theirs), (3, gives),
                          (3, follows)):
        rows.note(thing, number)
    return dict(her=her, other=other, alone=alone, shared=shared, worded=worded, mailed=mailed,
                theirs=theirs, gives=gives, follows=follows, kept=kept)


def grep(paths, words):
    """Files that hold any of the words, in whatever case."""
    def holds(path):
        try:
            with open(path, "rb") as file:
                held = file.read().lower()
        except (FileNotFoundError, IsADirectoryError): # a generation of the index that went meanwhile
            return False
        return any(word.lower().encode() in held for word in words)
    return [path for path in paths if holds(path)]


def tell_export(her, ids, rows):
    page = her.ask("/moi/donnees")
    check("she reads everything held about her", page.status == 200 and NAME in page.text and
          MARK + " soudure" in page.text and MARK + " dite" in page.text, page.text[:3000])
    answer = json.loads(her.ask("/moi/donnees.json").text)
    told = {(section["key"], section["column"]) for section in answer["sections"]}
    missing = {pair for pair in definition() if pair not in told and pair[1] not in
               ("email_folded", "granted_by") and pair not in
               {("person", "email"), ("account", "person_id"), ("erased", "person_id")}}
    check("every place of personal.def that holds something is in the file", missing <= {
        ("audit", "account_id"), ("role", "account_id"), ("mail_setting", "email")}, missing)
    check("with her words", sum(MARK in str(section) for section in answer["sections"]) >= 8)


def tell_erasure(site, her, ids, rows):
    page = her.ask("/moi/effacer")
    check("the page says what goes and what stays", page.status == 200 and
          "effacé, ou gardé sans vous" in page.text and "gardé sans votre nom" in page.text, page.text)
    again = her.post("/moi/effacer", jeton=her.token)
    check("without the tick nothing is erased", again.status == 422 and again.all("a", href="#compris")
          and rows.one("SELECT COUNT(*) FROM person WHERE id = ?", ids["her"]) == 1)
    done = her.post("/moi/effacer", jeton=her.token, compris="oui")
    check("she is erased and signed out", done.status == 200 and "effacé" in done.text and
          her.ask("/moi").location.startswith("/connexion"), done.text[:2000])
    check("her card and account are gone", site.page(f"/personnes/{ids['her']}").status == 404 and
          rows.one("SELECT COUNT(*) FROM account WHERE email = ?", ADDRESS) == 0)
    check("a need nobody shares is gone, by number and by address",
          rows.one("SELECT COUNT(*) FROM need WHERE id IN (?, ?)", ids["alone"], ids["mailed"]) == 0)
    check("a shared need stays without her words",
          rows.db.execute("SELECT text, person_id, email FROM need WHERE id = ?",
                          (ids["shared"],)).fetchone() ==
          ("Besoin partagé par plusieurs personnes", None, None))
    check("or in the words of who shares it", rows.db.execute(
        "SELECT text, commune FROM need WHERE id = ?", (ids["worded"],)).fetchone() ==
          ("les mots d’une autre", None))
    check("her support of another need is gone, the need stays", rows.one(
        "SELECT COUNT(*) FROM need_support WHERE need_id = ?", ids["theirs"]) == 0 and
          rows.one("SELECT COUNT(*) FROM need WHERE id = ?", ids["theirs"]) == 1)
    told = soon(lambda: [mail for mail in mails(site.mail_folder, 0)
                         if "Annulée : Atelier" in str(mail["Subject"]).replace("\u00a0", " ")])
    check("those registered for a session she alone gives are told, without her name", told and
          "a quitté le site" in parts(told[0])[0] and NAME not in told[0].as_string(), told)
    check("the session she alone gives is cancelled, her seat in another is free",
          rows.one("SELECT state FROM session WHERE id = ?", ids["gives"]) == 3 and
          rows.one("SELECT COUNT(*) FROM registration WHERE session_id = ?", ids["follows"]) == 0)
    check("mails that name others wait on", rows.one(
        "SELECT COUNT(*) FROM outbox WHERE id = ?", ids["kept"]) == 1)
    check("the audit knows a number and no name", rows.one(
        "SELECT COUNT(*) FROM audit WHERE verb = 'erase person' AND person_id = ?", ids["her"]) == 1)
    check("her number is in the records and in the file beside them", rows.one(
        "SELECT COUNT(*) FROM erased WHERE person_id = ?", ids["her"]) == 1 and
          f"person {ids['her']} " in open(os.path.join(site.data, "erased.log")).read())


def rest(site):
    """Stops the server as an operator would."""
    site.server.terminate()
    site.server.wait(timeout=20)


def tell_nothing_left(site, rows):
    words = [MARK, NAME, "Quelquesoit", ADDRESS]
    rows.db.close()
    rest(site)
    records = glob.glob(os.path.join(site.data, "etabli.sqlite*"))
    check("no byte of hers is left in the records", not grep(records, words), grep(records, words))
    return words


def tell_back(site, copy, ids, words):
    """An older copy of the records is put back: she is in it."""
    for path in glob.glob(os.path.join(site.data, "etabli.sqlite*")):
        os.unlink(path)
    shutil.copyfile(copy, os.path.join(site.data, "etabli.sqlite"))
    shutil.rmtree(os.path.join(site.data, "index"))
    check("the copy knows her", grep([copy], words))
    told = site.fails("check")
    check("etabli check tells that she is back", "1 erased people are back" in told or
          "2 erased" in told, told)
    site.start()
    check("serving erases her again before anything else",
          site.page(f"/personnes/{ids['her']}").status == 404)
    rest(site)
    check("no byte of hers is left, once more",
          not grep(glob.glob(os.path.join(site.data, "etabli.sqlite*")), words))
    check("etabli check is content", site.run("check").strip().endswith("ok"))
    site.start()


def tell_index(site, words):
    folder = os.path.join(site.data, "index")
    everything = lambda: [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names]
    for _ in range(4): # the index is made anew every twelve hours, of what it knew by then
        site.advance(hours=6)
        if soon(lambda: not grep(everything(), words), 2):
            break
    check("the index forgets her bytes within a day", not grep(everything(), words), grep(everything(), words))


def tell_command(site, rows):
    number = rows.add("person", name="Adèle Numéro", name_folded="adele numero", email="adele@example.org",
                      email_folded="adele@example.org", formats=0, quota_month=-1, state=2,
                      created_at=site.now(), updated_at=site.now(), version=1)
    told = site.run("erase", str(number))
    check("etabli erase tells first", "person.id: 1" in told and "--yes" in told and
          rows.one("SELECT COUNT(*) FROM person WHERE id = ?", number) == 1, told)
    check("and erases with --yes, by address", "erased" in site.run("erase", "Adele@example.org", "--yes")
          and rows.one("SELECT COUNT(*) FROM person WHERE id = ?", number) == 0)
    check("nobody is told as such", "nothing is held" in site.fails("erase", "personne@example.org"))


# Four days from now, so that no digest comes in between.
DIGEST = f'data: "FOLDER/data"\ndigest:\n  weekday: {(time.gmtime().tm_wday + 4) % 7 + 1}\n'

with Site(DIGEST, clock=True) as site:
    amal, path = tell_mails(site)
    tell_one_click(site, amal, path)
    rows = Rows(site)
    tell_schema(rows)
    ids = make_her(rows, site.now())
    her = come_in(site, ADDRESS, 2)
    rows.db.execute("UPDATE need SET person_id = NULL WHERE id = ?", (ids["mailed"],))
    copy = os.path.join(site.folder.name, "copy.sqlite")
    site.run("backup", copy)
    tell_export(her, ids, rows)
    tell_erasure(site, her, ids, rows)
    words = tell_nothing_left(site, rows)
    site.start()
    tell_index(site, words)
    rest(site)
    tell_back(site, copy, ids, words)
    tell_command(site, Rows(site))
check.end()
