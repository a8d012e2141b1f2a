#!/usr/bin/env python3
"""What a site forgets by itself, on a clock that is moved: each thing is there the day before its time
and gone the day after, though nobody comes in and nothing is sent meanwhile. Speaks TAP."""
import os
import re
import sqlite3

from serving import Browser, Site, Steps, mails, parts, soon
from sessions_shared import come_in, letter

check = Steps()


def count(site, sql, *values):
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    with base:
        rows = base.execute(sql, values).fetchall()
    base.close()
    return rows[0][0] if rows else None


def goes(site, name, sql, *values, within_s=12):
    check(name, soon(lambda: count(site, sql, *values) == 0, within_s), count(site, sql, *values))


def stays(site, name, sql, *values):
    """A turn of what runs by itself has passed: nothing is due twice within an hour."""
    at = site.now()
    soon(lambda: count(site, "SELECT COUNT(*) FROM job WHERE name IN ('links', 'silent', 'forget', 'inactive')"
                             " AND last_at >= ?", at - 3600) == 4, 12)
    check(name, count(site, sql, *values) > 0, count(site, sql, *values))


def tell_days(site, visitor):
    visitor.post("/connexion", email="curieuse@example.org")
    asked = "SELECT COUNT(*) FROM login WHERE email = 'curieuse@example.org'"
    check("who asks to come in leaves a line", count(site, asked) == 1)
    site.advance(hours=23)
    stays(site, "for a day", asked)
    site.advance(hours=3)
    goes(site, "then it goes, though nobody else asks", asked)


def tell_months(site, visitor):
    need = re.search(r"/besoins/\d+", site.page("/besoins").text).group()
    visitor.post(need + "/soutenir", nom="Une Visiteuse", email="visiteuse@example.org", mots="moi aussi")
    letter(site, "visiteuse@example.org")
    link = "SELECT COUNT(*) FROM link WHERE email = 'visiteuse@example.org' AND payload IS NOT NULL"
    sent = "SELECT COUNT(*) FROM outbox WHERE recipient = 'visiteuse@example.org'"
    draft = "SELECT COUNT(*) FROM person WHERE external_id = 'SILENCE'"
    count(site, "INSERT INTO person (id, external_id, name, name_folded, formats, quota_month, state, created_at,"
                " updated_at, version, invited_at) VALUES (98001, 'SILENCE', 'Sylvie Silence', 'sylvie silence',"
                " 0, -1, 0, ?, ?, 1, ?)", site.now(), site.now(), site.now())
    check("a link and the mail that brought it are there", count(site, link) == 1 and count(site, sent) == 1)
    site.advance(days=29)
    stays(site, "who was invited may answer for thirty days", draft)
    check("a mail that left is known for thirty days, without its words", count(
        site, sent + " AND content = '{}'") == 1)
    site.advance(days=2)
    goes(site, "invited and silent for thirty days: erased", draft)
    goes(site, "a mail that left is forgotten after thirty days", sent)
    site.advance(days=3)
    goes(site, "a link goes a month after its time", link)


def tell_half_year(site):
    noted = "SELECT COUNT(*) FROM audit WHERE detail = 'retention story'"
    count(site, "INSERT INTO audit (id, actor, verb, detail, at) VALUES (98001, 'cli', 'test', 'retention story', ?)",
          site.now())
    site.advance(days=179)
    stays(site, "who did what is kept for 180 days", noted)
    site.advance(days=2)
    goes(site, "and no longer", noted)


def tell_years(site, awake):
    asleep = "SELECT COUNT(*) FROM account WHERE email = 'dort@example.org'"
    warned = asleep + " AND warned_at IS NOT NULL"
    seen = count(site, "SELECT seen_at FROM account WHERE email = 'dort@example.org'")
    site.advance(seconds=seen + 719 * 86400 - site.now())
    stays(site, "not to come in for two years less a day changes nothing", asleep)
    check("nobody is warned before", count(site, warned) == 0)
    site.advance(days=2)
    check("after two years she is warned by mail", soon(lambda: count(site, warned) == 1, 12) and
          letter(site, "dort@example.org", "compte"))
    awake.post("/connexion", email="veille@example.org")
    link = [re.search(r"/connexion/lien/\S+", parts(mail)[0]) for mail in
            mails(site.mail_folder, 0, to="veille@example.org")][-1]
    link = soon(lambda: [found for mail in mails(site.mail_folder, 0, to="veille@example.org")[2:]
                         for found in [re.search(r"/connexion/lien/\S+", parts(mail)[0])] if found], 12)
    awake.post(link[-1].group())
    site.advance(days=29)
    stays(site, "she has thirty days to come in", asleep)
    site.advance(days=2)
    goes(site, "then her account is erased", asleep)
    check("who came in after the warning stays", count(
        site, "SELECT COUNT(*) FROM account WHERE email = 'veille@example.org'") == 1)


with Site(clock=True) as served:
    someone = Browser(served)
    come_in(served, "dort@example.org")
    watcher = come_in(served, "veille@example.org")
    tell_days(served, someone)
    tell_months(served, someone)
    tell_half_year(served)
    tell_years(served, watcher)
check.end()
