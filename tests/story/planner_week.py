#!/usr/bin/env python3
"""Plans that the site makes by itself every week, when it is told to: they wait on the Monday page and
in the digest of who keeps the pole, and nothing is proposed until she accepts. Speaks TAP."""
import datetime
import json
import os
import sqlite3

from serving import Site, Steps, mails, soon
from sessions_shared import body, come_in, letter

check = Steps()
# Four days from now, so that neither a plan nor a digest is due when the story begins.
DAY = (datetime.datetime.now(datetime.timezone.utc).weekday() + 4) % 7
CONFIG = (f'site:\n  time_zone: "UTC"\ndigest:\n  weekday: {DAY + 1}\n  hour: 9\n'
          f"plan:\n  weekly: true\n  weekday: {DAY + 1}\n  hour: 5\n  seconds: 1\n")
DESK = "/poles/batiment/bureau"
KEEPER = "nadege.tirardcollet@example.com"


def rows(site, sql, *values):
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    found = base.execute(sql, values).fetchall()
    base.close()
    return found


def to_hour(site, hour):
    """Moves to one minute after the next time that it is so late on that day."""
    now = datetime.datetime.fromtimestamp(site.now(), datetime.timezone.utc)
    then = now.replace(hour=hour, minute=1, second=0) + datetime.timedelta(days=(DAY - now.weekday()) % 7)
    site.advance(seconds=int((then + datetime.timedelta(days=7 * (then <= now)) - now).total_seconds()))


def accept(keeper, number, seen):
    token = keeper.ask("/moi").all("input", name="jeton")[0][0]["value"]
    return keeper.ask(DESK + "/planifier", "POST", {"jeton": token, "accepter": str(number), "vu": str(seen)})


def tell_accepted(site, keeper):
    said = json.loads(keeper.ask(DESK + "/planifier.json").text)
    first = next(each for each in said["sessions"] if not each["is_circle"])
    trainer = rows(site, "SELECT email FROM person WHERE id = ?", first["trainer_id"])[0][0]
    check("a plan that is another one by now is not accepted, nor a session that is not in it",
          accept(keeper, first["number"], said["made_at"] - 1).status == 409 ==
          accept(keeper, 999, said["made_at"]).status and not rows(
              site, "SELECT 1 FROM audit WHERE verb = 'propose session'"))
    done = accept(keeper, first["number"], said["made_at"])
    page = keeper.ask(DESK + "/planifier")
    again = accept(keeper, first["number"], said["made_at"])
    check("one button proposes it, pressed twice too", done.status == 303 == again.status and rows(
        site, "SELECT COUNT(*) FROM audit WHERE verb = 'propose session'") == [(1,)], f"{done.text[:900]} {rows(site, 'SELECT verb, actor, detail FROM audit')}")
    check("its card says to whom it is proposed, and offers it no more", "sans réponse pour l’instant" in page.text and
          len(page.all("button", name="accepter")) == len(said["sessions"]) - 1, page.text[:900])
    number, = rows(site, "SELECT MAX(id) FROM session")[0]
    check("it leads to the session, from its card and from the table", sum(
        href == f"/seances/{number}" for href in page.links()) == 2, str(page.links()))
    check("who would give it is asked", "demandent" in body(letter(site, trainer, "Animeriez-vous")),
          f"{trainer} {rows(site, 'SELECT recipient, template FROM outbox ORDER BY id DESC LIMIT 9')}")
    return len(said["sessions"]) - 1


def main():
    with Site(CONFIG, clock=True) as site:
        keeper = come_in(site, KEEPER)
        soon(lambda: rows(site, "SELECT 1 FROM job WHERE name = 'digest'"), 30)
        check("before its day, nothing is planned", not rows(site, "SELECT 1 FROM plan"))
        before = rows(site, "SELECT COUNT(*) FROM session")
        poles = rows(site, "SELECT COUNT(DISTINCT pole_id) FROM pole_facilitator")
        to_hour(site, 5)
        check("on its day there is a plan for every pole that somebody keeps", soon(lambda: rows(
            site, "SELECT COUNT(*) FROM plan WHERE is_weekly = 1 AND asked = 1 AND answered = 1 AND made_at > 0")
            == poles, 60), str(rows(site, "SELECT * FROM plan")))
        check("nothing is proposed, nobody is asked", rows(site, "SELECT COUNT(*) FROM session") == before and
              not rows(site, "SELECT 1 FROM link WHERE purpose = 10"))
        page = keeper.ask(DESK)
        check("the Monday page says how many sessions await her word", "attendent votre décision" in page.text and
              DESK + "/planifier" in page.links(), page.text[:900])
        left = tell_accepted(site, keeper)
        to_hour(site, 9)
        digest = letter(site, KEEPER, "Votre semaine")
        check("the digest of who keeps the pole tells what is left, with the way there", digest and
              f"{left} séances planifiées attendent votre décision" in body(digest) and
              DESK + "/planifier" in body(digest), body(digest))
        keepers = {each for each, in rows(site, "SELECT p.email FROM person p JOIN pole_facilitator f ON f.person_id = p.id")}
        told = {mail["To"].addresses[0].addr_spec for mail in mails(site.mail_folder, 0, having="attendent votre décision")}
        check("nobody else’s digest does", KEEPER in told and told <= keepers, str(told - keepers))
    check.end()


main()
