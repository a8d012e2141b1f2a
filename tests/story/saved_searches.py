#!/usr/bin/env python3
"""Saved searches: kept from the page of a search, new answers told in the weekly digest and once,
also to who never gave a name; removed by their owner alone. Speaks TAP."""
import datetime
import os
import re
import sqlite3
import time

from serving import Browser, Site, Steps, mails, parts, query, soon

check = Steps()
DAY = (datetime.datetime.now(datetime.timezone.utc).weekday() + 4) % 7
CONFIG = f'data: "FOLDER/data"\nsite:\n  time_zone: "UTC"\ndigest:\n  weekday: {DAY + 1}\n  hour: 9\n'


def come_in(site, address):
    browser = Browser(site)
    browser.post("/connexion", email=address)
    mail = soon(lambda: [m for m in mails(site.mail_folder, 0, to=address)
                         if "connexion/lien" in parts(m)[0]], 20)[-1]
    link = re.search(r"/connexion/lien/[\w-]+", parts(mail)[0]).group()
    token = browser.ask(link).all("input", name="jeton")
    browser.post(link, **({"jeton": token[0][0]["value"]} if token else {}))
    return browser


def token_of(page):
    return page.all("input", name="jeton")[0][0]["value"]


def keep(browser, words):
    page = browser.ask("/recherche?q=" + words.replace(" ", "+"))
    return browser.post("/moi/recherches", q=words, jeton=token_of(page))


def keep_narrowed(browser, address):
    """With the fields that the page of the search has for it."""
    page = browser.ask(address)
    form = re.search(r'<form action="/moi/recherches".*?</form>', page.text, re.S).group()
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    return browser.post("/moi/recherches", **dict(fields))


def to_its_day(site):
    now = datetime.datetime.fromtimestamp(site.now(), datetime.timezone.utc)
    then = now.replace(hour=9, minute=1, second=0) + datetime.timedelta(days=(DAY - now.weekday()) % 7)
    site.advance(seconds=int((then - now).total_seconds()) + (0 if then > now else 7 * 86400))
    time.sleep(2.5)


def digests(site, address):
    return [mail for mail in mails(site.mail_folder, 0, to=address) if "Votre semaine" in mail["Subject"]]


with Site(CONFIG, clock=True) as site:
    check("who has not come in is offered nothing", "/moi/recherches" not in
          site.page("/recherche?q=souffler+du+verre").text)
    lena, other = come_in(site, "lena@example.org"), come_in(site, "autre@example.org")
    page = lena.ask("/recherche?q=souffler+du+verre")
    check("the page of a search can be kept", "nouvelles réponses" in page.text and
          keep(lena, "souffler du verre").status == 303)
    keep(lena, "souffler du verre")
    page = lena.ask("/moi/recherches")
    check("it is listed once, with a way back to it", page.text.count("souffler du verre</a>") == 1 and
          page.links() and "/recherche?q=souffler%20du%20verre" in page.text.replace("+", "%20"), page.text)
    address = "/recherche?q=souffler+du+verre&commune=Saint-%C3%89gr%C3%A8ve&niveau=3"
    saved = keep_narrowed(other, address)
    kept = other.ask("/moi/recherches")
    back = [link for link, text in kept.all("a") if text == "souffler du verre"]
    check("a search is kept as it was narrowed down, which is told, and leads back to it",
          saved.status == 303 and {"Saint-Égrève", "au moins la maîtrise"} <= set(kept.words("li")) and
          [query(link["href"]) for link in back] ==
          [[("q", "souffler du verre"), ("commune", "Saint-Égrève"), ("niveau", "3")]], kept.text)
    drop = re.search(r"/moi/recherches/\d+/retirer", page.text).group()
    other.post(drop, jeton=token_of(other.ask("/moi")))
    check("nobody else can remove it", "souffler du verre" in lena.ask("/moi/recherches").text)
    to_its_day(site)
    check("nothing new is no mail", not digests(site, "lena@example.org"))
    path = os.path.join(site.folder.name, "new.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,nom,structure,commune,competences\n"
                   "v1,Vera Souffleuse,Terre et feu,Fontaine,souffler du verre (4)\n"
                   "v2,Wim Verrier,Terre et feu,Saint-Égrève,souffler du verre (2)\n")
    site.run("import", "people", path, "--apply", "--as", "published", "--create")
    soon(lambda: "Vera" in site.page("/recherche?q=souffler+du+verre").text, 20)
    to_its_day(site)
    check("someone new is told in the digest", soon(lambda: digests(site, "lena@example.org"), 20))
    check("who is elsewhere or knows too little is not told to who narrowed it down", not digests(site, "autre@example.org"))
    mail = digests(site, "lena@example.org")[0]
    words = parts(mail)[0]
    check("with her name, under the search", "Vera Souffleuse" in words and "souffler du verre" in words and
          "/personnes/" in words, words)
    check("and a way to stop it", "One-Click" in mail["List-Unsubscribe-Post"])
    to_its_day(site)
    check("once and no more", len(digests(site, "lena@example.org")) == 1)
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,nom,structure,commune,competences\nv3,Xan Sylve,Terre et feu,Saint-Égrève,souffler du verre (4)\n")
    site.run("import", "people", path, "--apply", "--as", "published", "--create")
    soon(lambda: "Xan" in site.page("/recherche?q=souffler+du+verre").text, 20)
    to_its_day(site)
    theirs = soon(lambda: digests(site, "autre@example.org"), 20)
    check("who answers as narrowed down is, with a way to the search", theirs and "Xan Sylve" in parts(theirs[0])[0] and
          "Vera" not in parts(theirs[0])[0] and "/recherche?q=souffler%20du%20verre&commune=Saint-" in parts(theirs[0])[0],
          theirs and parts(theirs[0])[0])
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    vera = str(base.execute("SELECT id FROM person WHERE name = 'Vera Souffleuse'").fetchone()[0])
    known = "SELECT known FROM saved_search WHERE words = 'souffler du verre'"
    there = vera in base.execute(known).fetchone()[0].split()
    site.run("erase", vera, "--yes")
    check("who is erased is not known to have answered", there and
          vera not in base.execute(known).fetchone()[0].split())
    base.close()
    for number in range(9):
        keep(lena, f"savoir numero {number}")
    full = keep(lena, "un de trop")
    check("ten at most, and the page says so", full.status == 429 and "Dix recherches" in full.text, full.text)
    check("what is too long is refused in words", keep(lena, "trop " * 60).status == 422)
    lena.post(drop, jeton=token_of(lena.ask("/moi/recherches")))
    check("its owner removes it", "souffler du verre" not in lena.ask("/moi/recherches").text)
    told = lena.ask("/moi/donnees")
    check("she sees them in what is held about her", "savoir numero 3" in told.text, told.text)
check.end()
