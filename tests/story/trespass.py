#!/usr/bin/env python3
"""Numbers and addresses of others in one's own forms: a manager with the people, rooms and spreadsheets
of another structure, a facilitator with the records of another pole, links that are over, used or made
for something else, forms sent twice or with a field twice. Speaks TAP."""
import email
import email.policy
import glob
import hashlib
import os
import re
import secrets
import sqlite3
import threading

from serving import Browser, Site, Steps, parts, soon
from sessions_shared import come_in, letter, letters, path_in, token

check = Steps()
MINE, THEIRS = "elan-vercors", "la-serre"
POLE, ELSEWHERE = "batiment", "bois"
PURPOSES = {0: "/premiere-administration/", 1: "/suivi/", 2: "/confirmer/", 3: "/fiche/", 4: "/contact/",
            5: "/place/", 6: "/avis/", 7: "/courriels/", 8: "/agenda/", 9: "/resume/", 10: "/co-animation/"}


class Someone:
    def __init__(self, site, address):
        self.site, self.address = site, address
        self.browser = come_in(site, address)
        self.token = token(self.browser.ask("/moi"))

    def ask(self, path):
        return self.browser.ask(path)

    def post(self, path, *pairs, **fields):
        return self.browser.ask(path, "POST", [("jeton", self.token), *pairs, *fields.items()])


class Rows:
    def __init__(self, site):
        self.site = site
        self.db = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20, isolation_level=None)

    def all(self, statement, *values):
        return self.db.execute(statement, values).fetchall()

    def one(self, statement, *values):
        return self.all(statement, *values)[0][0]

    def add(self, table, **values):
        if "id" not in values:
            values["id"] = self.one("SELECT COALESCE(MAX(id), 0) + 100000 FROM " + table)
        self.all(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
                 *values.values())
        return values["id"]

    def structure(self, key):
        return self.one("SELECT id FROM structure WHERE key = ?", key)

    def pole(self, key):
        return self.one("SELECT id FROM pole WHERE key = ?", key)

    def person(self, name, structure, email=None, pole=None, **more):
        now = self.site.now()
        given = dict(structure_id=self.structure(structure), name=name, name_folded=name.lower(), email=email,
                     email_folded=email, formats=0, quota_month=-1, state=0, created_at=now, updated_at=now,
                     version=1, **more)
        number = self.add("person", **given)
        if pole:
            self.all("INSERT INTO person_pole (person_id, position, pole_id) VALUES (?, 0, ?)", number,
                     self.pole(pole))
        return number

    def need(self, text, pole, **more):
        now = self.site.now()
        return self.add("need", text=text, pole_id=self.pole(pole), level=0, state=1, created_at=now,
                        qualified_at=now, expires_at=now + 90 * 86400, updated_at=now, version=1, followed=4,
                        **more)

    def session(self, title, pole):
        now = self.site.now()
        number = self.add("session", title=title, pole_id=self.pole(pole), level=0, format=2, is_online=0,
                          seats=8, threshold=4, state=1, decide_at=now + 5 * 86400, created_at=now,
                          updated_at=now, version=1)
        self.all("INSERT INTO session_date (session_id, position, starts_at, ends_at, is_fixed) VALUES "
                 "(?, 0, ?, ?, 1)", number, now + 9 * 86400, now + 9 * 86400 + 7200)
        return number

    def link(self, purpose, subject, person, email, expires_in=86400, used_at=None, payload=None):
        secret = secrets.token_urlsafe(32)
        now = self.site.now()
        self.add("link", token_hash=hashlib.blake2b(secret.encode(), digest_size=32).hexdigest(),
                 purpose=purpose, subject_id=subject, person_id=person, email=email, lang="fr", payload=payload,
                 created_at=now, expires_at=now + expires_in, used_at=used_at)
        return secret

    def everything(self):
        """What changes when someone acts, not when the site does something by itself."""
        return ([self.one(f"SELECT COUNT(*) FROM {table}") for table in (
                    "person", "account", "need_support", "registration", "session_trainer", "session_feedback",
                    "pole_note", "consent", "relay", "signed_in", "role")] +
                [self.all(f"SELECT id, state, version FROM {table} ORDER BY id") for table in ("need", "session")] +
                [self.all("SELECT id, state FROM introduction ORDER BY id"),
                 self.all("SELECT id, name, state, declined_at FROM person ORDER BY id")])


def at_once(*asks):
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


def tell_consent(site, rows, manager):
    """A card is published by its owner, or with her word on paper."""
    path, state = "/personnes/{}/fiche/etat", "SELECT state FROM person WHERE id = ?"
    draft = rows.person("Jamais Demandée", MINE, "jamais@example.org")
    manager.post(path.format(draft), faire="confirmer")
    done = manager.post(path.format(draft), faire="publier")
    check("a manager who confirms a draft has not published it without her word",
          done.status == 422 and rows.one(state, draft) == 0, done.status)
    manager.post(f"/personnes/{draft}/fiche", faire="publier", nom="Jamais Demandée",
                 version=rows.one("SELECT version FROM person WHERE id = ?", draft))
    check("nor by saving it", rows.one(state, draft) == 0)
    gone = rows.person("Retirée Elle-même", MINE, "retiree@example.org", confirmed_at=site.now())
    rows.all("UPDATE person SET state = 1 WHERE id = ?", gone)
    herself = Someone(site, "retiree@example.org")
    herself.post("/moi/fiche/etat", faire="retirer")
    check("she withdraws her card", rows.one(state, gone) == 2)
    done = manager.post(path.format(gone), faire="publier")
    check("her manager does not show it again without her word", done.status == 422 and
          rows.one(state, gone) == 2, done.status)
    check("she does", herself.post("/moi/fiche/etat", faire="publier").status == 303 and
          rows.one(state, gone) == 1)
    wants_none = rows.person("Ne Veut Pas", MINE, "non@example.org")
    link = rows.link(3, wants_none, wants_none, "non@example.org")
    refused = site.post("/fiche/" + link, {"faire": "refuser"})
    for how in ({"faire": "publier", "accord": "1"}, {"faire": "inviter"}, {"faire": "confirmer"}):
        done = manager.post(path.format(wants_none), **how)
        check(f"who declined her card stays left alone ({how['faire']})", refused.status == 303 and
              rows.one(state, wants_none) == 2 and rows.one("SELECT declined_at FROM person WHERE id = ?",
                                                            wants_none), done.status)


def look_alike(site, address):
    """Comes in with an address of other letters that fold to the same."""
    browser = Browser(site)
    before = set(glob.glob(os.path.join(site.mail_folder, "*.eml")))
    browser.post("/connexion", email=address)
    for path in soon(lambda: set(glob.glob(os.path.join(site.mail_folder, "*.eml"))) - before) or ():
        mail = email.message_from_bytes(open(path, "rb").read(), policy=email.policy.default)
        browser.post(path_in(parts(mail)[0], "/connexion/lien/"))
    return browser


def tell_structures(site, rows, manager):
    """Whether an address, a number, a name is someone of another structure stays unknown."""
    hers = rows.person("Secrète Personne", THEIRS, "secrete@example.org", external_id="ext-77")
    rows.all("UPDATE person SET state = 1, confirmed_at = ? WHERE id = ?", site.now(), hers)
    desk = f"/structures/{MINE}/bureau"
    before = rows.all("SELECT * FROM person WHERE id = ?", hers)
    answers = {}
    for what, line in (("known address", "nom,email\nQuelqu’une,secrete@example.org\n"),
                       ("unknown address", "nom,email\nQuelqu’une,inconnue@example.org\n")):
        page = manager.post(desk + "/import", texte=line)
        answers[what] = (page.status, re.sub(r"(secrete|inconnue)@example", "x@example",
                                             re.sub(r'value="[0-9a-f]{64}"', "", page.text)))
        check(f"a spreadsheet tells nothing of her ({what})", "Secrète" not in page.text, page.text)
    check("known and unknown addresses look the same to a manager who pastes",
          answers["known address"] == answers["unknown address"], answers["known address"][1][-2500:])
    for what, line in (("number", f"id,nom\n#{hers},Secrète Personne\n"), ("id", "id,nom\next-77,Secrète Personne\n"),
                       ("id and address", f"id,nom,email\n#{hers},Secrète Personne,secrete@example.org\n")):
        manager.post(desk + "/import", texte=line, importer="1")
        check(f"nor does it change her by her {what}", rows.all("SELECT * FROM person WHERE id = ?", hers) == before)
    rows.all("DELETE FROM person WHERE structure_id = ? AND email = 'secrete@example.org'", rows.structure(MINE))
    by_hand = [manager.post(desk + "/personnes", nom="Quelqu’une", email=address)
               for address in ("secrete@example.org", "inconnue2@example.org")]
    check("nor added by hand", [page.status for page in by_hand] == [303, 303],
          [(page.status, page.words("span", class_="wrong")) for page in by_hand])
    copies = dict(rows.all("SELECT id, state FROM person WHERE email = 'secrete@example.org'"))
    check("hers is as it was, the other one is a draft", copies.pop(hers) == 1 and list(copies.values()) == [0],
          copies)
    herself = Someone(site, "secrete@example.org")
    check("her account is tied to her own card", rows.one(
        "SELECT person_id FROM account WHERE email = 'secrete@example.org'") == hers)
    alike = look_alike(site, "secrete@exâmple.org")
    check("an address that only looks like hers is not hers", rows.one(
        "SELECT person_id FROM account WHERE email = 'secrete@exâmple.org'") is None and
        "Secrète" not in alike.ask("/moi").text and "Secrète" not in alike.ask("/moi/donnees").text)
    draft = list(copies)[0]
    invited = manager.post(f"/personnes/{draft}/fiche/etat", faire="inviter")
    mail = letter(site, "secrete@example.org", "")
    link = rows.link(3, draft, draft, "secrete@example.org")
    told = site.page("/fiche/" + link)
    check("invited by a second structure, she is told of the card she has", invited.status == 303 and mail and
          "autre fiche" in told.text, told.text)
    done = site.post("/fiche/" + link, {"faire": "publier"})
    check("two cards of one address are not shown", done.status == 409 and
          rows.one("SELECT state FROM person WHERE id = ?", draft) == 0, done.status)
    check("she declines the second and keeps hers", site.post("/fiche/" + link, {"faire": "refuser"}).status == 303
          and rows.one("SELECT state FROM person WHERE id = ?", hers) == 1)
    light = Someone(site, "legere@example.org")
    light.post("/besoins", texte="apprendre à limer une clef")
    light.post("/moi/fiche", nom="Légère", version="0", faire="enregistrer", visible="0")
    own = rows.one("SELECT person_id FROM account WHERE email = 'legere@example.org'")
    manager.post(desk + "/personnes", nom="Légère Structure", email="legere@example.org")
    second = rows.one("SELECT id FROM person WHERE email = 'legere@example.org' AND state = 0")
    link = rows.link(3, second, second, "legere@example.org")
    done = site.post("/fiche/" + link, {"faire": "publier"})
    check("who has no card to speak of takes the one her structure made", done.status == 303 and rows.all(
        "SELECT id, name, structure_id FROM person WHERE email = 'legere@example.org' AND state = 1") ==
        [(own, "Légère Structure", rows.structure(MINE))] and "publiée" in site.page("/fiche/" + link).text, done.text)
    check("and the draft is a draft without an address", rows.all(
        "SELECT state, email FROM person WHERE id = ?", second) == [(0, None)])
    for path in (f"/personnes/{hers}/fiche", ):
        check("her card is not another structure's to see", manager.ask(path).status == 403)
    check("nor to invite", manager.post(f"/personnes/{hers}/fiche/etat", faire="inviter").status == 403 and
          manager.post(f"{desk}/inviter", personne=hers).status == 422)
    room = rows.add("room", structure_id=rows.structure(THEIRS), name="Leur salle", capacity=9, is_step_free=1,
                    version=1)
    for more in ({"nom": "Prise", "capacite": "3"}, {"retirer": "1"}):
        done = manager.post(f"/structures/{MINE}/salles", salle=room, **more)
        check("another structure's room is not changed", done.status in (403, 404) and
              rows.one("SELECT name FROM room WHERE id = ?", room) == "Leur salle", done.status)
    check("whoever pastes the same draft twice has it once", rows.one(
        "SELECT COUNT(*) FROM person WHERE email = 'inconnue2@example.org'") == 1)


def tell_poles(site, rows, keeper):
    """Records of another pole in the forms of hers."""
    desk = f"/poles/{POLE}/bureau"
    need, ours = rows.need("raboter une planche", ELSEWHERE), rows.need("couler une chape", POLE)
    session = rows.session("Chez eux", ELSEWHERE)
    asker, hers = rows.person("Qui Demande", THEIRS, "qd@example.org"), rows.person(
        "Qui Sait", THEIRS, "qs@example.org", ELSEWHERE)
    contact = rows.add("introduction", need_id=need, asker_id=asker, resource_id=hers, wave=1, state=0, asker_shows=0,
                       resource_shows=0, created_at=site.now(), expires_at=site.now() + 86400)
    before = rows.everything()
    wrong = []
    for what, path, fields in (
            ("support", "/pour", {"nom": "Ana", "geste": "soutenir", "besoin": need}),
            ("seat", "/pour", {"nom": "Ana", "geste": "inscrire", "seance": session}),
            ("answer", "/repondre", {"contact": contact, "oui": 1}),
            ("card", "/fiche", {"fiche": hers}),
            ("cancel", "/seance", {"seance": session, "geste": "annuler", "mots": "non"}),
            ("confirm", "/seance", {"seance": session, "geste": "confirmer"}),
            ("prolong", "/seance", {"seance": session, "geste": "prolonger"})):
        page = keeper.post(desk + path, **fields)
        if page.status not in (403, 404):
            wrong.append((what, page.status))
    for what, path, fields in (
            ("merge", f"/besoins/{ours}/regrouper", {"avec": need}), ("merge into", f"/besoins/{need}/regrouper",
                                                                       {"avec": ours}),
            ("wave", f"/besoins/{need}/vague", {}), ("private", f"/besoins/{need}/prive", {"prive": 1}),
            ("close", f"/besoins/{need}/clore", {"raison": "nobody"}),
            ("tick", f"/seances/{session}/emargement", {"present": asker}),
            ("run", f"/seances/{session}/conduite", {"geste": "annuler"})):
        page = keeper.post(path, **fields)
        if page.status != 403:
            wrong.append((what, page.status))
    check("nothing of another pole is hers to act on", not wrong, wrong)
    check("and nothing was written", rows.everything() == before)
    wrong = []
    for what, path, fields in (
            ("structure that is none", "/pour", {"nom": "Ana Une", "texte": "lire un plan", "structure": 987654321}),
            ("no need", "/pour", {"nom": "Ana Une", "geste": "soutenir", "besoin": 987654321}),
            ("no session", "/pour", {"nom": "Ana Une", "geste": "inscrire", "seance": 2**62}),
            ("words beyond measure", "/pour", {"nom": "Ana Une", "geste": "soutenir", "besoin": ours,
                                               "mots": "é" * 9000}),
            ("a name of blanks", "/pour", {"nom": "   ", "texte": "lire un plan"}),
            ("a need of blanks", "/pour", {"nom": "Ana Une", "texte": " " * 40}),
            ("an endless name", "/pour", {"nom": "N" * 201, "texte": "lire un plan"}),
            ("basket that is none", "/vu", {"panier": 99, "sujet": 1}),
            ("subject that is none", "/vu", {"panier": 0, "sujet": -1}),
            ("no contact", "/repondre", {"contact": 2**62, "oui": 1})):
        page = keeper.post(desk + path, **fields)
        if page.status not in (400, 403, 404, 409, 422) or page.status == 500:
            wrong.append((what, page.status))
    check("what is no number, no name, or beyond measure is refused in words", not wrong, wrong)
    check("and nothing was written for it", rows.one("SELECT COUNT(*) FROM person WHERE name = 'Ana Une'") == 0)


def tell_browsers(site, rows, keeper, manager):
    number = rows.one("SELECT s.id FROM signed_in s JOIN account a ON a.id = s.account_id WHERE a.email = ?",
                      keeper.address)
    page = manager.post(f"/moi/navigateurs/{number}")
    check("nobody ends another's browser", keeper.ask("/moi").status == 200, page.status)


def tell_links(site, rows):
    """Each purpose on each door: over, used up, of another purpose, of someone who is gone."""
    person = rows.person("Avec Liens", THEIRS, "liens@example.org")
    rows.all("UPDATE person SET state = 1, confirmed_at = ? WHERE id = ?", site.now(), person)
    need = rows.need("souder un portail", ELSEWHERE, person_id=person)
    session = rows.session("Souder", ELSEWHERE)
    contact = rows.add("introduction", need_id=need, asker_id=person, resource_id=person, wave=1, state=0,
                       asker_shows=0, resource_shows=0, created_at=site.now(), expires_at=site.now() + 86400)
    subjects = {0: 0, 1: need, 2: need, 3: person, 4: contact, 5: session, 6: session, 7: 0, 8: person, 9: need,
                10: session}
    fields = {"geste": "quitter", "faire": "refuser", "reponse": "oui", "nom": "Eve", "email": "eve@example.org",
              "utile": "4", "courriels": "aucun", "List-Unsubscribe": "One-Click", "oui": "1", "mots": "mots mots"}
    payload = '{"what":"support","title":"x","nom":"Eve Autre","mots":"moi"}'
    before, wrong = rows.everything(), []
    for purpose in PURPOSES:
        live = rows.link(purpose, subjects[purpose], person, "liens@example.org", payload=payload)
        over = rows.link(purpose, subjects[purpose], person, "liens@example.org", expires_in=-1, payload=payload)
        for door_of, door in PURPOSES.items():
            for kind, secret in ((("other purpose", live),) if door_of != purpose else ()) + (("over", over),):
                for method in ("GET", "POST"):
                    status = site.ask(door + secret, {}, "GET")[0] if method == "GET" else \
                        site.post(door + secret, fields).status
                    if status not in (403, 404, 405, 410):
                        wrong.append((PURPOSES[purpose], door, kind, method, status))
    check("no link opens another door, nor its own when it is over", not wrong, wrong)
    check("and nothing was changed by them", rows.everything() == before)
    used = rows.link(2, need, None, "eve@example.org", used_at=site.now() - 1, payload=payload)
    check("a link used up is good no more", site.page("/confirmer/" + used).status == 410 and
          site.post("/confirmer/" + used, {}).status == 410 and rows.everything() == before)
    race = rows.link(2, need, None, "course@example.org", payload=payload)
    answers = at_once(*[lambda: site.post("/confirmer/" + race, {}).status] * 4)
    check("posted four times at once it acts once", answers.count(303) == 1 and rows.one(
        "SELECT COUNT(*) FROM need_support s JOIN person p ON p.id = s.person_id WHERE p.email = "
        "'course@example.org'") == 1, answers)


def tell_fields(site, rows, manager, keeper):
    need = rows.need("lire un plan de coffrage", POLE)
    wrong = []
    for path, pairs in (("/moi/courriels", [("courriels", "tout"), ("courriels", "aucun")]),
                        ("/moi/fiche", [("nom", "Une"), ("nom", "Deux")]),
                        (f"/besoins/{need}/soutenir", [("mots", "a"), ("mots", "b")]),
                        ("/besoins", [("texte", "poser une porte"), ("texte", "ouvrir un coffre")]),
                        (f"/structures/{MINE}/bureau/personnes", [("nom", "Une Fois"), ("nom", "Deux Fois")])):
        page = manager.post(path, *pairs)
        if page.status != 400:
            wrong.append((path, page.status))
    page = manager.browser.ask("/moi/courriels", "POST", [("jeton", manager.token), ("jeton", "x")])
    if page.status != 400:
        wrong.append(("jeton", page.status))
    check("a field that stands there twice is refused", not wrong, wrong)
    many = manager.post("/besoins", *[(f"champ{n}", "x") for n in range(300)])
    check("so are three hundred fields", many.status in (400, 413), many.status)


def tell_twice(site, rows, keeper, manager):
    desk = f"/poles/{POLE}/bureau"
    at_once(*[lambda: keeper.post(desk + "/pour", nom="Deux Fois", texte="un besoin noté deux fois")] * 3)
    check("a need noted for someone, sent three times, is one", rows.one(
        "SELECT COUNT(*) FROM need WHERE text = 'un besoin noté deux fois'") == 1)
    at_once(*[lambda: keeper.post(desk + "/carnet", texte="une note envoyée deux fois")] * 3)
    check("so is a note", rows.one("SELECT COUNT(*) FROM pole_note WHERE text = 'une note envoyée deux fois'") == 1)
    at_once(*[lambda: manager.post(f"/structures/{MINE}/bureau/personnes", nom="Une Double")] * 3)
    check("so is a person added by hand", rows.one("SELECT COUNT(*) FROM person WHERE name = 'Une Double'") == 1)
    session = rows.session("À plusieurs", POLE)
    someone = rows.person("Qui Vient", MINE, "vient@example.org")
    rows.all("INSERT INTO registration (session_id, position, person_id, state, created_at) VALUES (?, 0, ?, 0, ?)",
             session, someone, site.now())
    at_once(*[lambda: keeper.post(f"/seances/{session}/conduite", geste="ecrire",
                                  mots="Apportez des gants, merci.")] * 3)
    soon(lambda: letters(site, "vient@example.org"))
    check("a message to those who come, sent three times, arrives once", rows.one(
        "SELECT COUNT(*) FROM outbox WHERE recipient = 'vient@example.org' AND template = 'session_message'") == 1)
    other = keeper.post(f"/seances/{session}/conduite", geste="ecrire", mots="Et un casque.")
    check("another one is another one", other.status == 303 and rows.one(
        "SELECT COUNT(*) FROM outbox WHERE recipient = 'vient@example.org' AND template = 'session_message'") == 2)
    a, b = Someone(site, "relais-a@example.org"), rows.person("Relais B", MINE, "relais-b@example.org")
    made = a.post("/moi/fiche", nom="Relais A", version="0", faire="enregistrer", visible="0")
    check("she gives her name", made.status == 303, made.text)
    her = rows.one("SELECT person_id FROM account WHERE email = 'relais-a@example.org'")
    contact = rows.add("introduction", asker_id=her, resource_id=b, wave=0, state=1, words="Bonjour", asker_shows=0,
                       resource_shows=0, created_at=site.now(), expires_at=site.now() + 86400)
    at_once(*[lambda: a.post(f"/moi/contacts/{contact}", geste="ecrire", mots="Samedi, dix heures ?")] * 3)
    check("a relayed message sent three times arrives once", rows.one(
        "SELECT COUNT(*) FROM relay WHERE introduction_id = ?", contact) == 1)


def tell_oneself(site, rows):
    """One's own card does not offer to write to oneself."""
    person = rows.person("Moi Même", MINE, "moi-meme@example.org", POLE)
    rows.all("UPDATE person SET state = 1, confirmed_at = ? WHERE id = ?", site.now(), person)
    me = Someone(site, "moi-meme@example.org")
    page = me.ask(f"/personnes/{person}")
    check("one's own card does not offer to get in touch with oneself", page.status == 200 and
          "Pour entrer en contact" not in page.text and f"/personnes/{person}/contact" not in page.text, page.text)
    check("it is said to be hers, and where she changes it", "/moi/fiche" in page.text)
    check("others are offered it", "Pour entrer en contact" in site.page(f"/personnes/{person}").text)


def tell_formulas(site, rows):
    """What a spreadsheet would calculate, in every export."""
    for number, begins in enumerate("=+-@\t\r"):
        name = begins + "cmd|' /C calc'!A0"
        person = rows.person(name, MINE, external_id=begins + "id")
        rows.all("UPDATE person SET headline = ?, about = ?, commune = ?, phone = ?, state = 1 WHERE id = ?",
                 *[begins + "SUM(1)"] * 4, person)
        rows.all("INSERT INTO person_skill (person_id, position, label, level, shares, formats) VALUES "
                 "(?, 0, ?, 0, 1, 0)", person, begins + "SKILL(1)")
        rows.need(begins + "NEED(1)", POLE, could_pass_on=begins + "GIVE(1)", commune=begins + "C")
        session = rows.session(begins + "SESSION(1)", POLE)
        rows.all("UPDATE session SET about = ?, place = ? WHERE id = ?", *[begins + "X(1)"] * 2, session)
        rows.add("structure", key=f"formule-{number}", name=begins + "STRUCT(1)", about=begins + "ABOUT()", version=1)
        rows.add("pole", key=f"formule-{number}", name=begins + "POLE(1)", kind="trade", about=begins + "ABOUT()",
                 version=1)
    import csv
    import io
    wrong = []
    for what in ("people", "needs", "sessions", "skills", "poles", "structures"):
        text = site.run("export", what)
        for line in csv.reader(io.StringIO(text)):
            wrong += [(what, cell) for cell in line if cell[:1] in "=+-@\t\r" and cell]
    check("no cell of an export begins a formula", not wrong, wrong[:20])


with Site(clock=True) as served:
    records = Rows(served)
    served.run("admin", "grant", "gestion@example.org", "manager", "--structure", MINE)
    a_manager = Someone(served, "gestion@example.org")
    a_keeper = Someone(served, records.one(
        "SELECT p.email FROM person p JOIN pole_facilitator f ON f.person_id = p.id WHERE f.pole_id = ? "
        "AND f.position = 0", records.pole(POLE)))
    tell_consent(served, records, a_manager)
    tell_structures(served, records, a_manager)
    tell_poles(served, records, a_keeper)
    tell_browsers(served, records, a_keeper, a_manager)
    tell_links(served, records)
    tell_fields(served, records, a_manager, a_keeper)
    served.advance(hours=2)
    tell_twice(served, records, a_keeper, a_manager)
    tell_oneself(served, records)
    tell_formulas(served, records)
check.end()
