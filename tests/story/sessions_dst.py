#!/usr/bin/env python3
"""The two nights the clocks change, in March and in October: a session that spans one has the right
times on its page, in mails, in calendar files, and its reminders leave at the right hour of the
clocks. Speaks TAP."""
import datetime
import time
import zoneinfo

from serving import Site, Steps, plain
from sessions_shared import body, come_in, letter, letters, register, token

check = Steps()
PARIS = zoneinfo.ZoneInfo("Europe/Paris")


def at(*moment):
    return int(datetime.datetime(*moment, tzinfo=PARIS).timestamp())


def move_to(site, moment):
    site.advance(seconds=moment - site.now())


def last_sunday(year, month):
    day = datetime.date(year, month, 31)
    return day - datetime.timedelta(days=(day.weekday() + 1) % 7)


def words_of(text):
    return plain(text.replace("\u00a0", " ").replace("\u202f", " "))


def calendar(mail):
    return next((part.get_content() for part in mail.walk() if part.get_content_type() == "text/calendar"), "")


def propose(site, browser, day, begins, ends, title):
    done = browser.post("/seances", jeton=token(browser.ask("/seances/nouvelle")), nom="Amal Benali",
                        titre=title, ou="ailleurs", lieu="Atelier", places="4", seuil="1", jour1=day.day,
                        mois1=day.month, annee1=day.year, de1=begins, a1=ends)
    return int(done.location.split("/seances/")[1].split("?")[0].split("-")[0]) if done.status == 303 else 0


def tell_night(site, amal, night, name, hours):
    """A session from 1 h to 5 h of that night, and one at 18 h of the day after it."""
    number = propose(site, amal, night, "1h", "5h", f"Nuit {name}")
    begins, ends = at(night.year, night.month, night.day, 1), at(night.year, night.month, night.day, 5)
    date = site.json(f"/seances/{number}")["session"]["dates"][0]
    check(f"{name}: from 1 h to 5 h it lasts {hours} hours", date["starts_at"] == begins and
          date["ends_at"] == ends and ends - begins == hours * 3600, date)
    page = words_of(site.page(f"/seances/{number}").text)
    check(f"{name}: its page says the hours of the clocks", "à 1 h, jusqu’à 5 h" in page, page)
    register(site, number, "Béa", f"bea-{name}@example.org")
    mail = letter(site, f"bea-{name}@example.org", "Votre place")
    utc = [datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
           for moment in (begins, ends)]
    file = calendar(mail)
    check(f"{name}: so does the mail, and its calendar file has both moments",
          "à 1 h, jusqu’à 5 h" in words_of(body(mail)) and f"DTSTART:{utc[0]}" in file and f"DTEND:{utc[1]}" in file,
          (words_of(body(mail)), file))
    fields = {key: value for key, value in [(each[0].get("name"), each[0].get("value"))
                                            for each in amal.ask(f"/seances/{number}/modifier").all("input")]}
    check(f"{name}: the form that changes it holds them", fields.get("de1") == "1h" and fields.get("a1") == "5h", fields)
    return number


def tell_reminder(site, amal, day, name):
    """At 18 h of the day the clocks have changed: a week before is 18 h too, though not 168 hours."""
    number = propose(site, amal, day, "18h", "20h", f"Soir {name}")
    address = f"cid-{name}@example.org"
    register(site, number, "Cid", address)
    start = at(day.year, day.month, day.day, 18)
    amal.post(f"/seances/{number}/conduite", jeton=token(amal.ask("/seances/nouvelle")), geste="confirmer", date=start)
    letter(site, address, "Elle a lieu")
    before = day - datetime.timedelta(days=7)
    week = at(before.year, before.month, before.day, 18)
    check(f"{name}: that week is not 168 hours long", start - week in (167 * 3600, 169 * 3600))
    move_to(site, week - 120)
    time.sleep(2)
    early = len(letters(site, address, "Bientôt"))
    move_to(site, week + 60)
    mail = letter(site, address, "Bientôt")
    check(f"{name}: the reminder of a week before leaves at 18 h of the clocks, not an hour off",
          early == 0 and mail and "à 18 h, jusqu’à 20 h" in words_of(body(mail)), (early, mail and body(mail)))
    move_to(site, start - 30 * 3600 - 120)
    time.sleep(2)
    early = len(letters(site, address, "Bientôt"))
    move_to(site, start - 30 * 3600 + 60)
    check(f"{name}: the one of 30 hours before is 30 hours before", early == 1 and
          letter(site, address, "Bientôt", 2), early)


with Site(clock=True) as served:
    year = datetime.datetime.fromtimestamp(served.now()).year + 1
    spring, autumn = last_sunday(year, 3), last_sunday(year, 10)
    move_to(served, at(year, 3, spring.day - 20, 10))
    amal_b = come_in(served, "amal@example.org")
    tell_night(served, amal_b, spring, "mars", 3)
    wrong = amal_b.post("/seances", jeton=token(amal_b.ask("/seances/nouvelle")), nom="A", titre="Nulle part",
                        ou="ailleurs", lieu="Ici", jour1=spring.day, mois1=3, annee1=year, de1="2h30", a1="6h")
    check("mars: the hour that does not exist is refused in words", wrong.status == 422 and
          "de 2 h à 3 h" in words_of(wrong.text), wrong.text)
    tell_reminder(served, amal_b, spring, "mars")
    move_to(served, at(year, 10, autumn.day - 20, 10))
    amal_b = come_in(served, "amal.octobre@example.org")
    tell_night(served, amal_b, autumn, "octobre", 5)
    tell_reminder(served, amal_b, autumn, "octobre")
check.end()
