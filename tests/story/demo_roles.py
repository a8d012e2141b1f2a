#!/usr/bin/env python3
"""The demonstration is tried in every role with nothing but its mails: the addresses that
docs/demonstration.md names come in and find their desks, and nobody without the mail. Speaks TAP."""
import os
import re

from serving import SOURCE, Browser, Site, Steps, mails, parts, soon

check = Steps()
TRAINER, CREATOR = "sylvain.pra@example.org", "damien.croze@example.net"
KEEPERS = {"nadege.tirardcollet@example.com": "/poles/batiment/bureau",
           "bruno.sestier@example.org": "/poles/batiment/bureau",
           "ines.carvalholopes@example.com": "/structures/batir-ensemble-y/bureau",
           "sebastien.aymoz@example.org": "/structures/cordee-alpine/bureau",
           "djamel.khelifi@example.net": "/structures/ressort-isere/bureau"}


def ask_link(site, address):
    browser = Browser(site)
    browser.post("/connexion", email=address)
    return browser


def use_link(site, browser, address):
    """The link of the mail that was asked for in that browser."""
    link = soon(lambda: [found.group(1) for mail in mails(site.mail_folder, 0, to=address)
                         if (found := re.search(r"(/connexion/lien/\S+)", parts(mail)[0]))])
    browser.post(link[-1] if link else "/nowhere")
    return browser


def tell(site):
    with open(os.path.join(SOURCE, "docs", "demonstration.md"), encoding="utf-8") as file:
        told = file.read()
    listed = site.run("admin", "list")
    check("nobody administers it to begin with", not re.search(r"^admin\t", listed, re.M), listed)
    check("three structures have their manager, who has not come in yet",
          listed.count("has not come in yet") == 3, listed)
    site.run("demo")
    check("filled twice, nobody manages twice", site.run("admin", "list") == listed)
    for address, desk in KEEPERS.items():
        browser = ask_link(site, address)
        check(f"{address} alone opens nothing: the mail is needed", browser.ask(desk).status == 303 and
              browser.ask("/moi").status == 303 and
              browser.post("/connexion/code", code="123456").status == 422)
        page = use_link(site, browser, address).ask(desk)
        check(f"{address} comes in by the mail and finds {desk}", page.status == 200, page.text)
        other = next(each for each in KEEPERS.values() if each != desk)
        check(f"{address} is refused {other}", browser.ask(other).status == 403)
    page = use_link(site, ask_link(site, TRAINER), TRAINER).ask("/moi")
    check("the trainer finds what he gives", "Chaux sur pisé" in page.text, page.text)
    page = use_link(site, ask_link(site, CREATOR), CREATOR).ask("/moi")
    check("the creator finds her seat", "Poser ses premières plaques" in page.text, page.text)
    check("the page that tells it names them all",
          all(each in told for each in [*KEEPERS, *KEEPERS.values(), TRAINER, CREATOR]
              if "cordee" not in each and "ressort" not in each) and
          "cordee-alpine" in told and "ressort-isere" in told)


with Site() as site:
    tell(site)
check.end()
