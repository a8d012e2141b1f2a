#!/usr/bin/env python3
"""Who may do what: every route, asked for real by everyone there can be, answers what
tests/story/policy.tsv says. A route without a row fails. Speaks TAP.

A row is: the route's name (etabli routes), the address asked ("-": the route's own), the form sent
("-": none), and an answer for each of ROLES: a status, or "come-in" when it is a 303 to the page
where one comes in. {need}, {session}, {card}, … in an address or a form is a record made for that
one question (RECORDS below), {role} the word of who asks. A route may have several rows: another
record, another form. To begin a row, write nine times "?"; with ETABLI_POLICY_WRITE=1 the test
puts there what was answered, for you to judge."""
import hashlib
import os
import re
import secrets
import sqlite3
import urllib.parse

from serving import SOURCE, Browser, Site, Steps, mails, parts

ROLES = ["nobody", "creator", "owner", "facilitator", "deputy", "facilitator_elsewhere",
         "manager", "manager_elsewhere", "admin"]
SHORT = ["nobody", "creator", "owner", "facil.", "deputy", "f.other", "manager", "m.other", "admin"]
# What each of them is to the records asked for, in the words of `etabli policy`.
BITS = {"nobody": {"anyone"}, "creator": {"creator"}, "owner": {"creator", "owner"},
        "facilitator": {"creator", "facilitator"}, "deputy": {"creator", "facilitator"},
        "facilitator_elsewhere": {"creator"}, "manager": {"creator", "manager"},
        "manager_elsewhere": {"creator"}, "admin": {"creator", "admin"}}
# What they are to some record or other: enough where no record is named.
ANYWHERE = {"facilitator_elsewhere": {"creator", "facilitator"},
            "manager_elsewhere": {"creator", "manager"}}
POLE, POLE_ELSEWHERE = "batiment", "bois"
STRUCTURE, STRUCTURE_ELSEWHERE = "elan-vercors", "la-serre"
REFUSED = {"come-in", "403", "404", "410"}
LAST = ["sign_out"] # after it, who asked has to come in again
TABLE = os.path.join(SOURCE, "tests", "story", "policy.tsv")

check = Steps()


class Records:
    """Makes records beside the server, through the engine itself."""

    def __init__(self, site):
        self.now = site.now()
        self.db = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20,
                                  isolation_level=None)
        self.db.row_factory = sqlite3.Row

    def one(self, statement, *values):
        return self.db.execute(statement, values).fetchone()[0]

    def next_id(self, table):
        found = self.db.execute("UPDATE sequence SET last = last + 1 WHERE name = ? RETURNING last",
                                (table,)).fetchone()
        if found:
            return found[0]
        self.db.execute("INSERT INTO sequence (name, last) VALUES (?, 1000)", (table,))
        return 1000

    def add(self, table, **values):
        values = {**({} if "id" in values else {"id": self.next_id(table)}), **values}
        self.db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES "
                        f"({', '.join('?' * len(values))})", list(values.values()))
        return values["id"]

    def row(self, table, **values):
        """A row of a table that has no id of its own."""
        self.db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES "
                        f"({', '.join('?' * len(values))})", list(values.values()))

    def person(self, name, email=None, **values):
        given = dict(structure_id=self.structure, name=name, name_folded=name.lower(), email=email,
                     email_folded=email, formats=0, quota_month=-1, state=1, confirmed_at=self.now,
                     created_at=self.now, updated_at=self.now, version=1)
        person = self.add("person", **{**given, **values})
        self.row("person_pole", person_id=person, position=0, pole_id=self.pole)
        return person

    def need(self, **values):
        given = dict(person_id=self.owner, structure_id=self.structure, pole_id=self.pole,
                     text="poser un parquet flottant", level=0, state=0, email="owner@example.org",
                     email_folded="owner@example.org", created_at=self.now,
                     expires_at=self.now + 90 * 86400, updated_at=self.now, version=1)
        return self.add("need", **{**given, **values})

    def session(self, **values):
        given = dict(title="Poser un parquet", pole_id=self.pole, structure_id=self.structure,
                     level=0, format=2, place="Atelier", is_online=0, seats=8, threshold=2,
                     decide_at=self.now + 20 * 86400, state=0, created_at=self.now,
                     updated_at=self.now, version=1, created_by=self.owner)
        session = self.add("session", **{**given, **values})
        self.row("session_date", session_id=session, position=0, is_fixed=1,
                 starts_at=self.now + 30 * 86400, ends_at=self.now + 30 * 86400 + 7200)
        self.row("session_trainer", session_id=session, position=0, person_id=self.owner)
        return session

    def room(self):
        return self.add("room", structure_id=self.structure, name="Grande salle", capacity=10,
                        is_step_free=1, version=1)

    def introduction(self):
        asker = self.person("Qui demande", "asks@example.org")
        return self.add("introduction", asker_id=asker, resource_id=self.owner, wave=0, state=0,
                        words="Bonjour", asker_shows=0, resource_shows=0, created_at=self.now,
                        expires_at=self.now + 9 * 86400)

    def browser(self):
        return self.add("signed_in", account_id=self.accounts["owner"], device="",
                        token_hash=secrets.token_hex(32), created_at=self.now, seen_at=self.now,
                        expires_at=self.now + 86400)

    def grant(self, role, kind, structure=None):
        self.add("role", account_id=self.accounts[role], kind=kind, granted_at=self.now,
                 structure_id=structure)

    def spare_role(self):
        """Of an account that nobody asks with."""
        account = self.add("account", email=secrets.token_hex(6) + "@example.org", lang="fr",
                           created_at=self.now, seen_at=self.now)
        return self.add("role", account_id=account, kind=1, granted_at=self.now,
                        structure_id=self.structure)

    def spare_keeper(self):
        """Someone who stands in last for the pole."""
        person = self.person("Suppléance", secrets.token_hex(6) + "@example.org")
        self.row("pole_facilitator", pole_id=self.pole, person_id=person,
                 position=self.one("SELECT MAX(position) + 1 FROM pole_facilitator"))
        return person

    def settle(self, site):
        """Everyone there can be; who comes in is a browser of hers."""
        self.structure = self.one("SELECT id FROM structure WHERE key = ?", STRUCTURE)
        self.elsewhere = self.one("SELECT id FROM structure WHERE key = ?", STRUCTURE_ELSEWHERE)
        self.pole = self.one("SELECT id FROM pole WHERE key = ?", POLE)
        self.owner = self.person("Odile Propriétaire", "owner@example.org")
        keeps = ("SELECT p.email FROM person p JOIN pole_facilitator f ON f.person_id = p.id "
                 "JOIN pole o ON o.id = f.pole_id WHERE o.key = ? AND f.position = ?")
        emails = {role: role + "@example.org" for role in ROLES[1:]}
        emails["facilitator"] = self.one(keeps, POLE, 0)
        emails["deputy"] = self.one(keeps, POLE, 1)
        emails["facilitator_elsewhere"] = self.one(keeps, POLE_ELSEWHERE, 0)
        self.browsers, self.accounts, self.emails = {"nobody": Browser(site)}, {}, emails
        for role, address in emails.items():
            self.come_in(site, role, address)
        self.grant("manager", 1, self.structure)
        self.grant("manager_elsewhere", 1, self.elsewhere)
        self.grant("admin", 2)

    def come_in(self, site, role, address):
        """By a link of the site, in a browser of her own."""
        browser = self.browsers[role] = Browser(site)
        browser.post("/connexion", email=address)
        words = parts(mails(site.mail_folder, 1, having="/connexion/lien/", to=address)[-1])[0]
        browser.post(urllib.parse.urlsplit(
            re.search(r"http\S+/connexion/lien/\S+", words).group()).path)
        self.accounts[role] = self.one("SELECT id FROM account WHERE email = ?", address)

    def is_in(self, role):
        token = self.browsers[role].cookies.get("etabli", "")
        hashed = hashlib.blake2b(token.encode(), digest_size=32).hexdigest()
        return self.one("SELECT COUNT(*) FROM signed_in WHERE token_hash = ?", hashed) == 1

    def form_token(self, role):
        token = self.browsers[role].cookies.get("etabli")
        return token and hashlib.blake2b(token.encode(), digest_size=32,
                                         key=b"etabli: token of forms").hexdigest()


# {name} in an address or a form → what is put there, made anew for each question.
RECORDS = {
    "need": lambda records, role: records.need(),
    "private_need": lambda records, role: records.need(is_private=1),
    "session": lambda records, role: records.session(),
    "card": lambda records, role: records.owner if role == "owner" else
            records.person("Une fiche", "card%s@example.org" % secrets.token_hex(4)),
    "draft": lambda records, role: records.person("Un brouillon", "draft%s@example.org" %
                                                  secrets.token_hex(4), state=0, confirmed_at=None),
    "person": lambda records, role: records.person("Quelqu’un", "someone%s@example.org" %
                                                   secrets.token_hex(4)),
    "room": lambda records, role: records.room(),
    "group": lambda records, role: records.add("word_group", pole_id=records.pole, name="poser un parquet",
                                               members=0, named_at=records.now, created_at=records.now),
    "introduction": lambda records, role: records.introduction(),
    "browser": lambda records, role: records.browser(),
    "role_row": lambda records, role: records.spare_role(),
    "keeper": lambda records, role: records.spare_keeper(),
    "structure": lambda records, role: STRUCTURE,
    "pole": lambda records, role: POLE,
    "token": lambda records, role: secrets.token_urlsafe(32), # of a link nobody sent
    "role": lambda records, role: role.replace("_", "-"),
    "email": lambda records, role: records.emails.get(role, "nobody@example.org"),
    "skill": lambda records, role: records.one("SELECT MIN(id) FROM skill"),
}


def read_table():
    rows = []
    for number, line in enumerate(open(TABLE, encoding="utf-8"), 1):
        cells = line.rstrip("\n").split("\t")
        if line.startswith("#") or not line.strip():
            continue
        if len(cells) != 3 + len(ROLES):
            raise SystemExit(f"Bail out! policy.tsv:{number}: {len(cells)} cells, "
                             f"{3 + len(ROLES)} are needed, tabs between them")
        rows.append((cells[0], cells[1], cells[2], cells[3:]))
    return rows


def filled(text, records, role, is_form=False):
    def put(match):
        value = str(RECORDS[match.group(1)](records, role))
        return urllib.parse.quote_plus(value) if is_form else value
    return re.sub(r"\{(\w+)\}", put, text)


def answer(records, role, method, address, form):
    """The status, or "come-in"."""
    if role != "nobody" and not records.is_in(role):
        records.come_in(records.site, role, records.emails[role])
    browser = records.browsers[role]
    path = filled(address, records, role)
    if method == "GET":
        page = browser.ask(path)
    else:
        fields = urllib.parse.parse_qsl("" if form == "-" else
                                        filled(form, records, role, True), True)
        token = records.form_token(role)
        page = browser.ask(path, "POST", fields + ([("jeton", token)] if token else []))
    where = page.location or ""
    is_door = page.status == 303 and urllib.parse.urlsplit(where).path in ("/connexion",
                                                                          "/en/connexion")
    return "come-in" if is_door else str(page.status)


def write_answers(told):
    """Puts answers into the rows that have "?" in their place."""
    lines = open(TABLE, encoding="utf-8").read().split("\n")
    answers = iter(told)
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            given = next(answers)
            if "?" in line.split("\t")[3:]:
                lines[number] = "\t".join(line.split("\t")[:3] + given)
    with open(TABLE, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def show(routes, told):
    """The table, as people read it."""
    print("# " + "route".ljust(28) + "verb".ljust(20) + " ".join(w.ljust(8) for w in SHORT))
    for name, address, answers in told:
        verb = routes[name][2]
        print("# " + name.ljust(28) + verb.ljust(20) + " ".join(a.ljust(8) for a in answers))


def against_policy(routes, told):
    """Answers that the table of verbs (exchange/model/policy.def) does not allow."""
    wrong = []
    for name, address, answers in told:
        _, path, verb, who = routes[name]
        if verb in ("USE_LINK", "USE_FIRST_LINK"): # whoever holds the link
            continue
        has_record = "{" in path
        for role, given in zip(ROLES, answers):
            bits = BITS[role] if has_record else BITS[role] | ANYWHERE.get(role, set())
            if not has_record and role != "nobody":
                bits = bits | {"owner"} # of what is her own
            if not bits & who and given not in REFUSED:
                wrong.append(f"{name} {address}: {role} gets {given}, and {verb} is not hers")
            if bits & who and given in ("403", "come-in"):
                wrong.append(f"{name} {address}: {role} gets {given}, though {verb} is hers")
    return wrong


def main():
    table = read_table()
    with Site(clock=True) as site:
        routes = {}
        for line in site.run("routes").strip().split("\n"):
            name, method, path, verb, who = line.split("\t")
            routes[name] = (method, path, verb, set(who.split(",")))
        rows = {row[0] for row in table}
        check("every route has a row that says who may use it",
              not set(routes) - rows, "missing: " + ", ".join(sorted(set(routes) - rows)))
        check("no row tells of a route that is not there", not rows - set(routes),
              "gone: " + ", ".join(sorted(rows - set(routes))))
        records = Records(site)
        records.site = site
        records.settle(site)
        site.advance(hours=1)
        told, wrong, by_row = [], [], {}
        for number, (name, address, form, wanted) in sorted(
                enumerate(table), key=lambda row: row[1][0] in LAST):
            if name not in routes:
                by_row[number] = wanted
                continue
            method, path, _, _ = routes[name]
            asked = path if address == "-" else address
            given = by_row[number] = [answer(records, role, method, asked, form)
                                      for role in ROLES]
            told.append((name, asked, given))
            if given != wanted:
                wrong.append("\t".join([name, address, form, *given]))
        if os.environ.get("ETABLI_POLICY_WRITE"):
            write_answers([by_row[number] for number in range(len(table))])
        show(routes, told)
        check(f"all {len(told) * len(ROLES)} answers are those of the table", not wrong)
        for line in wrong:
            print("# answered otherwise:", line)
        against = against_policy(routes, told)
        check("and none of them is against the table of verbs", not against, "\n".join(against))
    check.end()


main()
