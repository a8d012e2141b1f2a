#!/usr/bin/env python3
"""The facilitator's Monday page: her baskets fill and empty as the clock moves; what she does from
them with needs: qualify, merge and split, mark private, hand over, give up. Speaks TAP."""
import email
import email.policy
import glob
import json
import os
import random
import re
import sqlite3

from serving import Browser, Site, Steps, mails, parts, soon

check = Steps()
DESK = "/poles/batiment/bureau"


def records(site, sql, *values):
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=10)
    with base:
        rows = base.execute(sql, values).fetchall()
    base.close()
    return rows


def come_in(site, address):
    """A browser signed in at that address."""
    browser = Browser(site)
    before = set(glob.glob(os.path.join(site.mail_folder, "*.eml")))
    browser.post("/connexion", email=address)

    def letter():
        new = [p for p in glob.glob(os.path.join(site.mail_folder, "*.eml")) if p not in before]
        for path in new:
            mail = email.message_from_bytes(open(path, "rb").read(), policy=email.policy.default)
            link = re.search(r"http\S+(/connexion/lien/\S+)", parts(mail)[0])
            if link and address in str(mail["To"]).lower():
                return link.group(1)
        return None
    browser.post(soon(letter))
    page = browser.ask("/moi")
    browser.token = page.all("input", name="jeton")[0][0]["value"]
    return browser


def baskets(page_json):
    return {basket["name"]: basket for basket in page_json["baskets"]}


def desk_of(browser, path=DESK):
    page = browser.ask(path + ".json")
    return json.loads(page.text) if page.status == 200 else {"status": page.status}


def do(browser, path, **fields):
    return browser.post(path, jeton=browser.token, **fields)


def insert_need(site, text, pole=None, age_days=0, **more):
    """A need as it stands in the records, of some age."""
    now = site.now()
    number = records(site, "INSERT INTO sequence (name, last) VALUES ('need', 1) ON CONFLICT (name) "
                     "DO UPDATE SET last = last + 1 RETURNING last")[0][0]
    pole_id = pole and records(site, "SELECT id FROM pole WHERE key = ?", pole)[0][0]
    values = dict(id=number, text=text, pole_id=pole_id, level=0, state=more.pop("state", 0),
                  created_at=now - age_days * 86400, expires_at=now + 80 * 86400,
                  updated_at=now, version=1, followed=4, **more)
    records(site, f"INSERT INTO need ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
            *values.values())
    records(site, "INSERT INTO change (number, thing, thing_id, at) "
            "VALUES ((SELECT MAX(number) + 1 FROM change), 2, ?, ?)", number, now)
    return number


def tell_doors(site, nadege, stranger):
    check("nobody sees the desk before coming in", site.ask(DESK)[0] == 303)
    check("who keeps no pole does not see it", stranger.ask(DESK).status == 403)
    check("who keeps another pole does not either",
          nadege.ask("/poles/bois/bureau").status == 403 and
          nadege.ask("/poles/nulle-part/bureau").status == 404)
    page = nadege.ask(DESK)
    check("she who keeps it does", page.status == 200 and "Page du lundi" in page.text, page.text)
    check("the menu leads her to her pole", DESK in nadege.ask("/besoins").links() and
          DESK not in site.page("/besoins").links())


def tell_qualifying(site, nadege, bruno, stranger):
    before = baskets(desk_of(nadege))["to_qualify"]["count"]
    need = insert_need(site, "poser du placo au plafond sans me tromper")
    got = baskets(desk_of(nadege))["to_qualify"]
    check("a need of no pole is every facilitator's to qualify", got["count"] == before + 1 and
          any(row["id"] == need for row in got["rows"] + got["more_rows"]), got)
    page = nadege.ask(f"/besoins/{need}/qualifier")
    radios = [a["value"] for a, _ in page.all("input", name="savoir_faire")]
    check("its words suggest up to three skills", page.status == 200 and 3 <= len(radios) <= 5 and
          "placo" in page.text, page.text)
    check("nothing is chosen for her: suggestions are said to be some, no pole, no skill",
          "Suggestions d’après ses mots" in page.text and
          not [a for a, _ in page.all("input", name="savoir_faire") if "checked" in a] and
          [a["value"] for a, _ in page.all("option") if "selected" in a] == [], page.text)
    none = do(nadege, f"/besoins/{need}/qualifier", pole="batiment")
    check("who says nothing of the skill is asked to", none.status == 422 and none.words("span", id="faux-savoir"),
          none.text)
    check("nobody else is let in", stranger.ask(f"/besoins/{need}/qualifier").status == 403)
    wrong = do(nadege, f"/besoins/{need}/qualifier", pole="", savoir_faire="", mots="zzz")
    check("a missing pole is said beside its field", wrong.status == 422 and
          wrong.words("span", id="faux-pole"), wrong.text)
    wrong = do(nadege, f"/besoins/{need}/qualifier", pole="batiment", savoir_faire="", mots="zzyzx")
    check("so is a skill that is none, and the word is kept", wrong.status == 422 and
          wrong.all("input", name="mots", value="zzyzx"), wrong.text)
    done = do(nadege, f"/besoins/{need}/qualifier", pole="batiment", savoir_faire=radios[0])
    row = records(site, "SELECT state, qualified_at, skill_id FROM need WHERE id = ?", need)[0]
    check("one click qualifies it", done.status == 303 and row[0] == 1 and row[1] and
          row[2] == int(radios[0]), (done.status, done.text, row))
    check("and it is noted, with the pole and who", records(
        site, "SELECT COUNT(*) FROM audit WHERE verb = 'qualify need' AND pole_id IS NOT NULL AND "
        "account_id IS NOT NULL AND detail = ?", f"need {need}")[0][0] == 1)
    check("it leaves the basket", baskets(desk_of(nadege))["to_qualify"]["count"] == before)
    check("the deputy has the same rights", bruno.ask(f"/besoins/{need}/qualifier").status == 200)
    other = do(bruno, f"/besoins/{need}/qualifier", pole="bois", savoir_faire="aucun")
    check("it is handed over to another pole, which qualifies it", other.status == 303 and
          records(site, "SELECT state FROM need WHERE id = ?", need)[0][0] == 0 and
          nadege.ask(f"/besoins/{need}/qualifier").status == 403, other.text)


def tell_private(site, nadege, stranger):
    need = insert_need(site, "tenir tête à un client qui me harcèle", "batiment", state=1)
    soon(lambda: "harcèle" in site.page("/recherche?q=client+harcèle").text)
    do(nadege, f"/besoins/{need}/prive", prive="1")
    check("a private need is on no page for others",
          site.ask(f"/besoins/{need}")[0] == 404 and stranger.ask(f"/besoins/{need}").status == 404 and
          "harcèle" not in site.page("/poles/batiment").text and
          "harcèle" not in site.page("/besoins").text)
    check("nor is it found", soon(lambda: not any(
        "harcèle qui" in w or "tenir tête" in w for w in [site.page("/recherche?q=client+harcèle").text])))
    other = come_in(site, records(site, "SELECT lower(p.email) FROM pole_facilitator f JOIN person p ON p.id = f.person_id "
                                  "JOIN pole o ON o.id = f.pole_id WHERE o.key = 'numerique'")[0][0])
    visitor = Browser(site)
    visitor.token = ""
    for where in ("", "/soutenir", "/suivi", "/qualifier", "/vague", "/prive"):
        for method in ("GET", "POST"):
            hidden, absent = [[who.ask(f"/besoins/{number}{where}", method,
                                       {"jeton": who.token} if method == "POST" else None).status
                               for who in (visitor, stranger, other)] for number in (need, 999999)]
            check(f"{method} {where or 'of the page'} does not tell it from one that is not there",
                  hidden == absent and 200 not in hidden, (hidden, absent))
    check("its facilitators see it", "harcèle" in nadege.ask(f"/besoins/{need}").text)
    do(nadege, f"/besoins/{need}/prive", prive="0")
    check("shown again, it is there", site.ask(f"/besoins/{need}")[0] == 200)


def picture(site, ids):
    marks = ",".join(map(str, ids))
    needs = records(site, "SELECT id, person_id, pole_id, skill_id, text, state, is_private, "
                    f"qualified_at, reason, merged_into, merged_state, email FROM need WHERE id IN ({marks}) "
                    "ORDER BY id")
    return needs, records(site, "SELECT * FROM need_support WHERE need_id IN "
                          f"({marks}) ORDER BY need_id, position")


def tell_merging(site, nadege):
    chance = random.Random(7)
    ids = [insert_need(site, f"isoler mes combles perdus avec de la ouate, {n}e fois", "batiment",
                       state=chance.choice([0, 1, 1])) for n in range(7)]
    for need in ids[:3]:
        records(site, "INSERT INTO need_support (need_id, position, words, created_at) "
                "VALUES (?, 0, 'moi aussi', 5)", need)
    alike = baskets(desk_of(nadege))["alike"]
    check("needs that look alike are suggested in pairs", alike["count"] >= 6, alike)
    before = picture(site, ids)
    people = {i: site.json(f"/besoins/{i}")["need"]["people"] for i in ids}
    for turn in range(12):  # merge, split, merge again at random, then split all
        a, b = chance.sample(ids, 2)
        answer = do(nadege, f"/besoins/{a}/regrouper", avec=b)
        if answer.status not in (303, 409):
            check("merging answers", False, answer.text)
        if turn % 3 == 2:
            do(nadege, f"/besoins/{chance.choice(ids)}/separer")
    merged = [i for i, in records(site, "SELECT id FROM need WHERE merged_into IS NOT NULL")]
    head = records(site, "SELECT merged_into FROM need WHERE id = ?", merged[0])[0][0]
    under = [i for i, in records(site, "SELECT id FROM need WHERE merged_into = ?", head)]
    check("the one that stands counts everyone", site.json(f"/besoins/{head}")["need"]["people"] ==
          people[head] + sum(people[i] for i in under), (people, head, under))
    check("merged ones keep their page, and leave the lists", "traité avec d’autres" in
          site.page(f"/besoins/{merged[0]}").text and
          f"/besoins/{merged[0]}-" not in site.page("/poles/batiment").text)
    for need in merged:
        do(nadege, f"/besoins/{need}/separer")
    check("merge, then split, restores every need to the letter", picture(site, ids) == before,
          (picture(site, ids), before))
    check("a need that stands alone cannot be split",
          do(nadege, f"/besoins/{ids[0]}/separer").status == 409)
    check("a private one is not merged",
          do(nadege, f"/besoins/{ids[0]}/prive", prive="1").status == 303 and
          do(nadege, f"/besoins/{ids[0]}/regrouper", avec=ids[1]).status == 409)


def tell_giving_up(site, nadege):
    need = insert_need(site, "fabriquer un alambic", "batiment", email="lea@example.org",
                       email_folded="lea@example.org")
    wrong = do(nadege, f"/besoins/{need}/clore", message="Désolée")
    check("a reason must be chosen, and the words are kept", wrong.status == 422 and
          "Désolée" in wrong.text, wrong.text)
    count = len(glob.glob(os.path.join(site.mail_folder, "*.eml")))
    do(nadege, f"/besoins/{need}/clore", raison="elsewhere", message="Voyez la chambre des métiers.")
    mail = mails(site.mail_folder, count + 1)[-1]
    check("its author is told why", "lea@example.org" in str(mail["To"]) and
          "Une formation" in parts(mail)[0] and "chambre des métiers" in parts(mail)[0] and
          "alambic" in parts(mail)[0], mail.as_string())
    check("and it is closed", records(site, "SELECT state, reason FROM need WHERE id = ?",
                                      need)[0] == (4, "elsewhere") and
          do(nadege, f"/besoins/{need}/clore", raison="nobody").status == 409)


def group(site, nadege, words, count):
    """Needs with an address each, merged into the first."""
    ids = [insert_need(site, f"{words}, {n}", "batiment", state=1, qualified_at=site.now(),
                       email=f"{words.split()[0]}{n}@example.org",
                       email_folded=f"{words.split()[0]}{n}@example.org") for n in range(count)]
    for need in ids[1:]:
        do(nadege, f"/besoins/{need}/regrouper", avec=ids[0])
    return ids


def letters_about(site, words):
    return sorted((m["To"].addresses[0].addr_spec, parts(m)[0]) for m in mails(site.mail_folder, 0)
                  if words in parts(m)[0].replace("\n", " "))


def tell_groups(site, nadege):
    ids = group(site, nadege, "vernir un escalier", 3)
    for need, position, person in ((ids[0], 0, 3), (ids[0], 1, 4), (ids[1], 0, 4), (ids[2], 0, 3)):
        records(site, "INSERT INTO need_support (need_id, position, person_id, created_at) "
                "VALUES (?, ?, ?, 5)", need, position, person)
    records(site, "UPDATE need SET person_id = 4 WHERE id = ?", ids[2])
    check("people of a group are counted once each",
          site.json(f"/besoins/{ids[0]}")["need"]["people"] == 4,
          site.json(f"/besoins/{ids[0]}")["need"])
    for need in ids:
        records(site, "DELETE FROM need_support WHERE need_id = ?", need)
    records(site, "UPDATE need SET person_id = NULL WHERE id = ?", ids[2])
    do(nadege, f"/besoins/{ids[0]}/clore", raison="nobody")
    check("a group given up is given up whole", {row for row in records(
        site, f"SELECT state, reason FROM need WHERE id IN ({ids[0]}, {ids[1]}, {ids[2]})")} ==
        {(4, "nobody")})
    got = soon(lambda: (lambda l: l if len(l) == 3 else None)(letters_about(site, "vernir un escalier")))
    check("and each author is told", got and len({to for to, _ in got}) == 3, got)
    tell_settled_group(site, nadege)
    tell_withdrawn_group(site, nadege)
    ids = group(site, nadege, "dorer un cadre", 2)
    records(site, "UPDATE need SET person_id = 3, email = NULL, created_at = created_at - 46 * 86400"
            ", expires_at = created_at + 40 * 86400, followed = 3 WHERE id = ?", ids[0])
    site.advance(hours=2)
    soon(lambda: records(site, "SELECT state FROM need WHERE id = ?", ids[1]) == [(4,)], 10)
    check("a group closed by time is closed whole", {row for row in records(
        site, f"SELECT state, reason FROM need WHERE id IN ({ids[0]}, {ids[1]})")} ==
        {(4, "unanswered")}, records(site, "SELECT * FROM need WHERE id = ?", ids[0]))


def follow_path(site, need, address):
    browser = come_in(site, address)
    records(site, "UPDATE need SET person_id = (SELECT person_id FROM account WHERE email = ?) "
            "WHERE id = ?", address, need)
    return browser


def tell_settled_group(site, nadege):
    ids = group(site, nadege, "cirer un parquet", 2)
    records(site, "UPDATE need SET person_id = 3 WHERE id = ?", ids[0])
    address = records(site, "SELECT email FROM person WHERE id = 3")[0][0].lower()
    author = come_in(site, address)
    done = do(author, f"/besoins/{ids[0]}/suivi", geste="regle", comment="met_contact")
    check("the head of a group is settled", done.status == 303, done.text)
    check("what is merged into it is settled too, for the same reason", records(
        site, "SELECT state, reason FROM need WHERE id = ?", ids[1]) == [(3, "met_contact")])
    got = soon(lambda: [(to, words) for to, words in letters_about(site, "cirer un parquet")
                        if to == "cirer1@example.org" and "rencontré ici" in words.replace("\n", " ")])
    check("its author hears of it, with a way back", got and "/suivi/" in got[0][1], got)
    if not got:
        return
    link = re.search(r"http\S+(/suivi/[\w-]+)", got[0][1]).group(1)
    page = site.page(link)
    check("her page offers to keep it open", "prolonger" in page.text, page.text)
    Browser(site).post(link, geste="confirmer", nom="Cire Essai")
    answer = Browser(site).post(link, geste="prolonger")
    check("kept open, it stands alone again", answer.status == 303 and records(
        site, "SELECT state, merged_into, closed_at FROM need WHERE id = ?", ids[1]) ==
        [(1, None, None)], (answer.status, answer.text, records(
            site, "SELECT state, merged_into, closed_at FROM need WHERE id = ?", ids[1])))


def tell_withdrawn_group(site, nadege):
    ids = group(site, nadege, "tresser un osier", 3)
    records(site, "UPDATE need SET person_id = 3 WHERE id = ?", ids[0])
    author = come_in(site, records(site, "SELECT email FROM person WHERE id = 3")[0][0].lower())
    do(author, f"/besoins/{ids[0]}/suivi", geste="retirer")
    check("who withdraws alone leaves the group to the others", records(
        site, f"SELECT state, merged_into FROM need WHERE id IN ({ids[0]}, {ids[1]}, {ids[2]}) "
        "ORDER BY id") == [(4, None), (1, None), (2, ids[1])], records(
            site, f"SELECT id, state, merged_into FROM need WHERE id >= {ids[0]}"))


def tell_waiting(site, nadege):
    start = baskets(desk_of(nadege))
    need = insert_need(site, "affûter une gouge de sculpteur", "batiment", state=1)

    def counts():
        now = baskets(desk_of(nadege))
        return [any(row["id"] == need for row in now[name]["rows"] + now[name]["more_rows"] +
                    now[name]["seen_rows"]) for name in ("no_reply", "at_risk")]
    check("a fresh need waits in no basket", counts() == [False, False], start)
    site.advance(days=9, hours=1)
    check("after nine days it is without an answer", counts() == [True, False])
    do(nadege, DESK + "/vu", panier=1, sujet=need)
    row = [r for r in baskets(desk_of(nadege))["no_reply"]["seen_rows"] if r["id"] == need]
    check("ticked, it steps aside and still counts", len(row) == 1 and counts() == [True, False])
    site.advance(days=7)
    check("next Monday it is back", any(
        r["id"] == need for r in (lambda b: b["rows"] + b["more_rows"])(baskets(desk_of(nadege))["no_reply"])))
    site.advance(days=5, hours=1)
    check("after twenty-one days it is at risk", counts() == [False, True])
    records(site, "UPDATE need SET answered_at = ? WHERE id = ?", site.now(), need)
    check("answered, it leaves", counts() == [False, False])


def tell_others(site, nadege):
    now = site.now()
    pole = records(site, "SELECT id FROM pole WHERE key = 'batiment'")[0][0]
    records(site, "INSERT INTO session (id, title, pole_id, level, format, is_online, seats, threshold,"
            " decide_at, state, created_at, updated_at, version) VALUES (90001, 'Un enduit au plafond',"
            " ?, 0, 2, 0, 8, 4, ?, 0, ?, ?, 1)", pole, now + 5 * 86400, now, now)
    short = baskets(desk_of(nadege))["under_threshold"]
    check("a session short of people is in its basket", any(
        row["id"] == 90001 and row["most"] == 4 for row in short["rows"] + short["more_rows"]), short)
    for n in range(4):
        records(site, "INSERT INTO registration (session_id, position, person_id, state, created_at)"
                " VALUES (90001, ?, ?, 0, ?)", n, n + 1, now)
    short = baskets(desk_of(nadege))["under_threshold"]
    check("with its four people it leaves", not any(
        row["id"] == 90001 for row in short["rows"] + short["more_rows"]))
    records(site, "UPDATE person SET invited_at = ? WHERE id = 5", now - 10 * 86400)
    records(site, "UPDATE person SET confirmed_at = NULL, declined_at = NULL WHERE id = 5")
    records(site, "INSERT OR IGNORE INTO person_pole (person_id, position, pole_id) VALUES (5, 7, ?)", pole)
    silent = baskets(desk_of(nadege))["silent"]
    check("a card invited and not confirmed is silent", any(
        row["id"] == 5 and row["is_invited"] for row in silent["rows"] + silent["more_rows"]), silent)
    need = insert_need(site, "tenir un chantier propre", "batiment", state=1)
    records(site, "INSERT INTO introduction (id, need_id, asker_id, resource_id, wave, state, "
            "asker_shows, resource_shows, created_at, expires_at) VALUES (90001, ?, 3, 5, 1, 0, 0, 0,"
            " ?, ?)", need, now - 4 * 86400, now + 5 * 86400)
    waiting = baskets(desk_of(nadege))["unanswered"]
    check("a contact that waits is there with who was asked", any(
        row["id"] == 90001 and row["other"] for row in waiting["rows"]), waiting)
    records(site, "UPDATE introduction SET state = 2 WHERE id = 90001")
    check("declined, it leaves", not any(
        row["id"] == 90001 for row in baskets(desk_of(nadege))["unanswered"]["rows"]))


def silent_row(nadege, person):
    basket = baskets(desk_of(nadege))["silent"]
    found = [r for r in basket["rows"] + basket["more_rows"] + basket["seen_rows"] if r["id"] == person]
    return found[0] if found else {}


def tell_asking(site, nadege, stranger):
    """From the silent cards: a mail at most once a week to a person."""
    now = site.now()
    pole = records(site, "SELECT id FROM pole WHERE key = 'batiment'")[0][0]
    for person, state, invited in ((6, 1, None), (7, 0, now - 12 * 86400)):
        records(site, "UPDATE person SET state = ?, invited_at = ?, confirmed_at = ?, asked_at = NULL, "
                "declined_at = NULL, email = ?, email_folded = ? WHERE id = ?", state, invited,
                None if invited else now - 250 * 86400, f"fiche{person}@example.org",
                f"fiche{person}@example.org", person)
        records(site, "INSERT OR IGNORE INTO person_pole (person_id, position, pole_id) VALUES (?, 8, ?)",
                person, pole)
    check("the rows of silent cards say that they can be asked", silent_row(nadege, 6).get("may_ask") and
          silent_row(nadege, 7).get("may_ask"), (silent_row(nadege, 6), silent_row(nadege, 7)))
    check("not by who keeps no pole", do(stranger, DESK + "/fiche", fiche=6).status == 403)
    for person, words in ((6, "fiche"), (7, "fiche")):
        done = do(nadege, DESK + "/fiche", fiche=person)
        got = soon(lambda: [m for m in mails(site.mail_folder, 0) if f"fiche{person}@example.org" in str(m["To"])
                            and "/fiche/" in parts(m)[0]], 60)  # after the week's digests
        check(f"a mail with its link leaves to {person}", done.status == 303 and got and
              words in (str(got[0]["Subject"]) + parts(got[0])[0]).lower(), done.text)
        again = do(nadege, DESK + "/fiche", fiche=person)
        check("not twice within a week, and the page says why", again.status == 409 and
              "moins d’une semaine" in again.text and again.all("section", id="panier-4"), again.text[:900])
    check("the row tells when, without a button", silent_row(nadege, 6).get("asked_at") and
          not silent_row(nadege, 6)["may_ask"])
    check("each is noted with the pole and whom", records(
        site, "SELECT person_id FROM audit WHERE verb = 'ask about card' AND pole_id = ? ORDER BY id", pole)
        == [(6,), (7,)])
    other = records(site, "SELECT id FROM person WHERE NOT EXISTS (SELECT 1 FROM person_pole b WHERE "
                    "b.person_id = person.id AND b.pole_id = ?) LIMIT 1", pole)[0][0]
    check("a card of another pole is not hers to ask", do(nadege, DESK + "/fiche", fiche=other).status == 404)
    records(site, "UPDATE person SET asked_at = asked_at - 8 * 86400 WHERE id = 6")
    check("a week later she can be asked again", do(nadege, DESK + "/fiche", fiche=6).status == 303)


def tell_deciding(site, nadege, stranger):
    """From the sessions short of people: confirm all the same, put off, cancel with words."""
    now = site.now()
    pole = records(site, "SELECT id FROM pole WHERE key = 'batiment'")[0][0]
    for n in range(3):
        records(site, "INSERT INTO session (id, title, pole_id, level, format, is_online, seats, threshold,"
                " decide_at, state, created_at, updated_at, version) VALUES (?, ?, ?, 0, 2, 0, 8, 4, ?, 0,"
                " ?, ?, 1)", 90011 + n, f"Un muret {n}", pole, now + 5 * 86400, now, now)
        records(site, "INSERT INTO session_date (session_id, position, starts_at, ends_at, is_fixed) "
                "VALUES (?, 0, ?, ?, 0)", 90011 + n, now + 9 * 86400, now + 9 * 86400 + 7200)
        records(site, "INSERT INTO registration (session_id, position, person_id, state, created_at)"
                " VALUES (?, 0, 6, 0, ?)", 90011 + n, now)
    page = nadege.ask(DESK)
    words = " ".join(page.words("section", id="panier-3"))
    check("each deed says what it does", "Confirmer quand même" in words and "Repousser la décision au" in words and
          "rouvrir les besoins" in words, words)
    check("nobody else decides", do(stranger, DESK + "/seance", seance=90011, geste="annuler").status == 403)
    check("what is no deed is refused", do(nadege, DESK + "/seance", seance=90011, geste="x").status == 400)

    def state(number):
        return records(site, "SELECT state, is_prolonged, decide_at FROM session WHERE id = ?", number)[0]
    done = do(nadege, DESK + "/seance", seance=90011, geste="prolonger")
    check("put off, later than it was", done.status == 303 and state(90011)[:2] == (0, 1) and
          state(90011)[2] > now + 5 * 86400 and state(90011)[2] < now + 9 * 86400, (done.text, state(90011)))
    again = do(nadege, DESK + "/seance", seance=90011, geste="prolonger")
    check("once only, and the page says so", again.status == 409 and "une seule fois" in again.text)
    done = do(nadege, DESK + "/seance", seance=90012, geste="confirmer")
    check("confirmed all the same", done.status == 303 and state(90012)[0] == 1, done.text)
    done = do(nadege, DESK + "/seance", seance=90013, geste="annuler", mots="Le mur est tombé.")
    check("cancelled with her words", done.status == 303 and state(90013)[0] == 3, (done.text, state(90013)))
    got = soon(lambda: (lambda l: l if len(l) >= 3 else None)(
        [parts(m)[0] for m in mails(site.mail_folder, 0) if "fiche6@example.org" in str(m["To"]) and
         "Un muret" in parts(m)[0]]), 60) or []
    check("who has a seat hears of all three", len(got) >= 3 and any("mur est tombé" in w for w in got) and
          not any("devait être décidée aujourd" in w for w in got), got)
    check("each is noted", records(site, "SELECT COUNT(*) FROM audit WHERE verb IN ('prolong session', "
          "'confirm session', 'cancel session') AND pole_id = ?", pole)[0][0] == 3)
    back = nadege.ask(DESK + "?geste=annuler")
    check("back on the page it says what was done", "La séance est annulée" in back.text)


def tell_notebook(site, nadege, bruno, stranger):
    check("an empty note is refused beside its field",
          do(nadege, DESK + "/carnet", texte="  ").status == 422)
    do(nadege, DESK + "/carnet", texte="Rappeler la salle <b>avant</b> jeudi.")
    check("the deputy reads it, as it was written", "salle &lt;b&gt;avant&lt;/b&gt; jeudi" in
          bruno.ask(DESK + "/carnet").text)
    check("nobody else does", stranger.ask(DESK + "/carnet").status == 403)
    check("the audit has none of its words", records(
        site, "SELECT COUNT(*) FROM audit WHERE detail LIKE '%salle%'")[0][0] == 0)

def tell_fair(site, nadege, stranger):
    fair = DESK + "/bourse"
    check("the fast entry is for who keeps the pole", stranger.ask(fair).status == 403 and
          nadege.ask(fair).status == 200)
    before = records(site, "SELECT (SELECT COUNT(*) FROM person), (SELECT COUNT(*) FROM need), "
                     "(SELECT COUNT(*) FROM pole_note)")[0]

    def counts():
        now = records(site, "SELECT (SELECT COUNT(*) FROM person), (SELECT COUNT(*) FROM need), "
                      "(SELECT COUNT(*) FROM pole_note)")[0]
        return tuple(a - b for a, b in zip(now, before))
    example = nadege.ask(fair).all("textarea", id="lignes")[0][0]["placeholder"]
    page = do(nadege, fair, lignes=example, geste="essai")
    check("the line that shows how is understood as it stands", page.status == 200 and counts() == (0, 0, 0) and
          not page.all("p", class_="wrong"), page.text)
    wrong = "\n".join(["Samia Benali ; poser du placo ; broder, retoucher un jean",
                       "; sans nom ; rien",
                       "Léo Martin ; ; ;",
                       "Ana ; faire du pain ; ; pas une adresse",
                       "Ivo ; faire du pain ; ; ; structure qui n’existe pas",
                       "=HYPERLINK(\"http://x\") ; formule ; formule",
                       "Zoé ; a ; b ; c@example.org ; ; encore ; trop"])
    page = do(nadege, fair, lignes=wrong, geste="essai")
    check("each wrong line says why, and what was typed is kept", page.status == 422 and
          len(page.all("p", class_="wrong")) == 6 and "structure qui n’existe pas" in
          page.words("textarea")[0] and "HYPERLINK" in page.words("textarea")[0], page.text)
    check("saving it all the same saves nothing", do(
        nadege, fair, lignes=wrong, geste="enregistrer").status == 422 and counts() == (0, 0, 0))
    needs = [f"Personne {chr(65 + n % 26)}{n} Dupont ; apprendre la chose numéro {n} ; ; ;" for n in range(30)]
    offers = [f"Offrant {chr(65 + n % 26)}{n} Durand ; ; poser du placo, savoir {n} ; o{n}@example.org ;" for n in range(30)]
    whole = "\n".join(needs + offers)
    page = do(nadege, fair, lignes=whole, geste="essai")
    check("sixty lines are understood, and nothing is written by that", page.status == 200 and
          page.words("span").count("nouvelle, fiche masquée") == 60 and counts() == (0, 0, 0), page.text[:3000])
    check("a skill of the thesaurus is recognised", "au thésaurus" in page.text)
    saved = do(nadege, fair, lignes=whole, geste="enregistrer")
    check("saved, all are there", saved.status == 303 and counts() == (60, 30, 0), (saved.text, counts()))
    rows = records(site, "SELECT p.state, COUNT(c.id), COUNT(b.pole_id) FROM person p LEFT JOIN consent c ON "
                   "c.person_id = p.id AND c.text_version = 'oral' AND c.actor LIKE 'account %' "
                   "LEFT JOIN person_pole b ON b.person_id = p.id "
                   "WHERE p.name LIKE 'Personne %' OR p.name LIKE 'Offrant %' GROUP BY p.id")
    check("they are hidden people of the pole who agreed aloud",
          len(rows) == 60 and set(rows) == {(2, 1, 1)}, rows[:3])
    do(nadege, fair, lignes=whole, geste="enregistrer")
    check("saved twice, nobody and no need is there twice", counts() == (60, 30, 0), counts())
    name = records(site, "SELECT p.name FROM person p JOIN person_pole b ON b.person_id = p.id JOIN pole o ON "
                   "o.id = b.pole_id WHERE o.key = 'batiment' AND p.state = 1 AND p.structure_id IS NOT NULL "
                   "GROUP BY p.name HAVING COUNT(*) = 1 ORDER BY p.id LIMIT 1")[0][0]
    do(nadege, fair, lignes=f"{name} | | lire un plan de ferraillage", geste="enregistrer")
    check("what someone with a card of hers can show goes to the notebook, not onto the card",
          counts() == (60, 30, 1) and "ferraillage" in nadege.ask(DESK + "/carnet").text, counts())
    twice = "Nour Haddad\tapprendre à vitrer\t\t\nnour haddad\tapprendre à carreler\t\t"
    do(nadege, fair, lignes=twice, geste="enregistrer")
    check("two lines of one new person make one person", counts() == (61, 32, 1), counts())
    for odd in ("a" * 60000, ";" * 60000, "\n" * 60000, "\x00;\x01", "🙂;🙂;🙂", "|||||;;;;\t\t", "A ； de la chaux ； "):
        answer = do(nadege, fair, lignes=odd, geste="essai")
        if answer.status not in (200, 400, 413, 422):
            check("odd lines are answered", False, (odd[:20], answer.status, answer.text))
    check("odd lines are answered", True)
    many = do(nadege, fair, lignes="A;b c\n" * 10000, geste="enregistrer")
    check("ten thousand lines are refused with the limit, and nothing is written",
          many.status in (413, 429) and counts() == (61, 32, 1), (many.status, many.text[:300]))
    few = do(nadege, fair, lignes="Ab;bcd\n" * 201, geste="enregistrer")
    check("so are two hundred and one", few.status == 429 and "Deux cents" in few.text and
          counts() == (61, 32, 1), few.text[:500])


def tell_acting(site, nadege, stranger):
    act = DESK + "/pour"
    check("acting for someone is for who keeps the pole", stranger.ask(act).status == 403)
    wrong = do(nadege, act, nom="", texte="lire un plan", geste="exprimer")
    check("a missing name is said, what was typed is kept", wrong.status == 422 and
          wrong.words("span", id="faux-nom") and "lire un plan" in wrong.text, wrong.text)
    done = do(nadege, act, nom="Marguerite Sans-Ordi", texte="lire un plan de charpente", geste="exprimer")
    need, person = records(site, "SELECT id, person_id FROM need WHERE text = 'lire un plan de charpente'")[0]
    check("a need is stated for her", done.status == 303 and person, done.text)
    check("the record shows that it was noted for her",
          "Noté par l’animation" in site.page(f"/besoins/{need}").text)
    check("the audit names her, the pole and the account", records(
        site, "SELECT COUNT(*) FROM audit WHERE verb = 'state need for' AND person_id = ? AND pole_id IS "
        "NOT NULL AND account_id IS NOT NULL", person)[0][0] == 1)
    other = insert_need(site, "couler une dalle", "batiment", state=1)
    do(nadege, act, nom="Marguerite Sans-Ordi", besoin=other, mots="chez moi aussi", geste="soutenir")
    check("« moi aussi » is said for her", records(
        site, "SELECT words FROM need_support WHERE need_id = ? AND person_id = ?", other, person) ==
        [("chez moi aussi",)])
    page = nadege.ask(f"/besoins/{other}")
    check("the need shows whose words were noted, and how many", "noté par l’animation" in page.text and
          "1 «\u00a0moi aussi\u00a0» noté" in page.text, page.text)
    check("who keeps the pole is led from the need to noting it for someone",
          f"{act}?besoin={other}" in page.links() and
          f"{act}?besoin={other}" not in site.page(f"/besoins/{other}").links() and
          "selected" in nadege.ask(f"{act}?besoin={other}").all("option", value=str(other))[0][0],
          page.links())
    check("once", do(nadege, act, nom="Marguerite Sans-Ordi", besoin=other, geste="soutenir").status == 409)
    elsewhere = insert_need(site, "raboter", "bois", state=1)
    check("not under a need of another pole",
          do(nadege, act, nom="Marguerite Sans-Ordi", besoin=elsewhere, geste="soutenir").status == 403)


def tell_seat(site, nadege):
    now = site.now()
    pole = records(site, "SELECT id FROM pole WHERE key = 'batiment'")[0][0]
    records(site, "INSERT INTO session (id, title, pole_id, level, format, is_online, seats, threshold,"
            " state, created_at, updated_at, version) VALUES (90003, 'Une dalle', ?, 0, 2, 0, 8, 4,"
            " 1, ?, ?, 1)", pole, now, now)
    records(site, "INSERT INTO session_date (session_id, position, starts_at, ends_at, is_fixed) "
            "VALUES (90003, 0, ?, ?, 1)", now + 9 * 86400, now + 9 * 86400 + 7200)
    act = DESK + "/pour"
    done = do(nadege, act, nom="Marguerite Sans-Ordi", seance=90003, geste="inscrire")
    person = records(site, "SELECT id FROM person WHERE name = 'Marguerite Sans-Ordi'")[0][0]
    check("a seat is kept for someone without e-mail", done.status == 303 and records(
        site, "SELECT person_id FROM registration WHERE session_id = 90003") == [(person,)] and records(
        site, "SELECT COUNT(*) FROM audit WHERE verb = 'register for' AND person_id = ?", person) == [(1,)],
        done.text)
    check("one seat", do(nadege, act, nom="Marguerite Sans-Ordi", seance=90003,
                         geste="inscrire").status == 409)


def tell_report(site, nadege):
    page = nadege.ask(DESK + "/bilan")
    status, text, headers = site.ask(DESK + "/bilan/csv", {"Cookie": "; ".join(
        f"{k}={v}" for k, v in nadege.cookies.items())})
    rows = [line.split(";") for line in text.lstrip("\ufeff").split("\r\n") if line]
    months = [row for row in rows[1:] if "-" in row[0]]
    check("the report is a table and a spreadsheet", page.status == 200 and status == 200 and
          headers["Content-Type"].startswith("text/csv") and len(rows) >= 3, text)
    check("the months add up to the year", sum(int(row[1]) for row in months) == int(rows[-1][1]) > 30, text)
    check("a month without contacts has a dash, not « 0 sur 0 »", "0 sur 0" not in page.text and
          "–" in page.words("td", class_="number"), page.text)
    check("it names nobody", "Dupont" not in text and "Dupont" not in page.text)


def tell_wave(site, nadege):
    need = insert_need(site, "poser du placo chez moi", "batiment", state=1, person_id=3)
    answer = do(nadege, f"/besoins/{need}/vague")
    check("the next people are asked from the desk", answer.status == 303 and records(
        site, "SELECT COUNT(*) FROM introduction WHERE need_id = ?", need)[0][0] ==
        int((answer.location or "=0").rsplit("=", 1)[1]) > 0, (answer.status, answer.location, answer.text))


def tell_answering(site, nadege):
    need = insert_need(site, "monter un échafaudage", "batiment", state=1, person_id=3)
    now = site.now()
    records(site, "INSERT INTO introduction (id, need_id, asker_id, resource_id, wave, state, "
            "asker_shows, resource_shows, created_at, expires_at) VALUES (90002, ?, 3, 6, 1, 0, 0, 0,"
            " ?, ?)", need, now - 4 * 86400, now + 5 * 86400)
    records(site, "CREATE TRIGGER no_note BEFORE INSERT ON audit WHEN NEW.verb IN"
            " ('answer contact for', 'send wave') BEGIN SELECT RAISE(ABORT, 'no'); END")
    do(nadege, DESK + "/repondre", contact=90002, oui=1)
    wave = insert_need(site, "poser du placo chez moi encore", "batiment", state=1, person_id=3)
    do(nadege, f"/besoins/{wave}/vague")
    check("what cannot be noted is not done: an answer and its note are one, so are a wave and its", records(
        site, "SELECT state FROM introduction WHERE id = 90002 OR need_id = ?", wave) == [(0,)])
    records(site, "DROP TRIGGER no_note")
    done = do(nadege, DESK + "/repondre", contact=90002, oui=1)
    check("an answer given aloud is noted for her", done.status == 303 and records(
        site, "SELECT state FROM introduction WHERE id = 90002") == [(1,)] and records(
        site, "SELECT person_id FROM audit WHERE verb = 'answer contact for' AND pole_id IS NOT NULL") ==
        [(6,)], done.text)
    asker = come_in(site, records(site, "SELECT email FROM person WHERE id = 3")[0][0].lower())
    check("who asked reads that it was noted for her", "noté par l’animation" in
          asker.ask(f"/besoins/{need}/suivi").text)
    check("once", do(nadege, DESK + "/repondre", contact=90002, oui=0).status == 409)


def tell_quiet(site, nadege):
    def letters():
        found = [(m["To"].addresses[0].addr_spec, parts(m)[0]) for m in mails(site.mail_folder, 0)
                 if "calme" in str(m["Subject"])]
        return [to for to, words in found if "« Pôle bâtiment »" in words.replace("\u00a0", " ")]
    do(nadege, DESK + "/carnet", texte="Tout va bien.")
    start = len(letters())
    admin = records(site, "SELECT id FROM account WHERE email = 'personne@example.org'")[0][0]
    records(site, "INSERT INTO role (id, account_id, kind, granted_at) VALUES (90001, ?, 2, 1)", admin)
    site.advance(days=20)
    check("after twenty days nobody is alarmed", "Aucune action" not in nadege.ask(DESK).text and
          len(letters()) == start, letters())
    site.advance(days=1, hours=2)
    check("after twenty-one the page says so", "Aucune action dans ce pôle depuis 21" in nadege.ask(DESK).text)
    got = soon(lambda: letters() if len(letters()) >= start + 2 else None, 8) or letters()
    check("who keeps the pole and who stands in get a letter", len(got) == start + 2 and
          "personne@example.org" not in got, got)
    site.advance(days=3)
    check("one letter a silence", len(letters()) == start + 2)
    site.advance(days=4, hours=2)
    got = soon(lambda: letters() if len(letters()) >= start + 3 else None, 8) or letters()
    check("a week later the admins do", got[start + 2:] == ["personne@example.org"], got)
    nadege.token = nadege.ask("/moi").all("input", name="jeton")[0][0]["value"]
    do(nadege, DESK + "/carnet", texte="Je suis là.")
    check("one action ends it", "Aucune action" not in nadege.ask(DESK).text)



def tell_page(nadege):
    page = nadege.ask(DESK)
    for number in range(7):
        if not page.all("section", id=f"panier-{number}"):
            check(f"basket {number} is on the page", False, page.text)
    check("every basket is on the page with its count", True)
    check("a form without her token is refused",
          nadege.post(DESK + "/vu", panier=0, sujet=1).status == 403)
    check("what is no row is refused", do(nadege, DESK + "/vu", panier=9, sujet=1).status == 400)


with Site(clock=True) as served:
    keeper, deputy = (come_in(served, records(
        served, "SELECT email FROM person WHERE external_id = ?", number)[0][0].lower())
        for number in ("P001", "P014"))
    nobody = come_in(served, "personne@example.org")
    tell_doors(served, keeper, nobody)
    tell_qualifying(served, keeper, deputy, nobody)
    tell_private(served, keeper, nobody)
    tell_merging(served, keeper)
    tell_giving_up(served, keeper)
    tell_groups(served, keeper)
    tell_waiting(served, keeper)
    tell_others(served, keeper)
    tell_asking(served, keeper, nobody)
    tell_deciding(served, keeper, nobody)
    tell_notebook(served, keeper, deputy, nobody)
    tell_page(keeper)
    tell_wave(served, keeper)
    tell_fair(served, keeper, nobody)
    tell_acting(served, keeper, nobody)
    tell_seat(served, keeper)
    tell_answering(served, keeper)
    tell_report(served, keeper)
    tell_quiet(served, keeper)
check.end()
