#!/usr/bin/env python3
"""Coming in: a link and a code by mail, good once, in the browser that asked; her own page; the
way out. Mails as files, then through a real SMTP server where there is one. Speaks TAP."""
import glob
import itertools
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

from serving import FORM, Browser, Page, Site, Steps, mails, parts

check = Steps()
LINK = "/connexion/lien/"


def link_in(words):
    return urllib.parse.urlsplit(re.search(r"http\S+/connexion/lien/\S+", words).group()).path


def code_in(words):
    return re.search(r"\b(\d{3} \d{3})\b", words).group(1)


def tell_reading(site):
    reader = Browser(site)
    for path in ("/", "/recherche?q=placo", "/connexion", "/besoins/nouveau", "/aide/vie-privee"):
        reader.ask(path)
    check("who only reads gets no cookie, as the privacy page says", not reader.cookies and
          "Qui ne fait que lire n’en reçoit aucun" in reader.ask("/aide/vie-privee").text)


def tell_link(site, folder):
    amal, other = Browser(site), Browser(site)
    check("nobody has a page before coming in, and is led back to it afterwards",
          amal.ask("/moi").location == "/connexion?suite=%2Fmoi")
    check("what leads elsewhere than to this site is not kept",
          not any(amal.ask("/connexion?suite=" + odd).all("input", name="suite")
                  for odd in ("https://example.org/", "//example.org/", "/%5Cexample.org", "moi",
                              "/a%20b", "/" + 400 * "x")) and
          amal.ask("/connexion?suite=/besoins").all("input", name="suite", value="/besoins"))
    page = amal.ask("/connexion")
    check("the form asks for an address and no password",
          page.all("input", name="email") and not page.all("input", type="password"), page.text)
    wrong = amal.post("/connexion", email="amal chez elle")
    check("what is no address is said beside the field",
          wrong.status == 422 and wrong.words("span", class_="wrong"), wrong.text)
    sent = amal.post("/connexion", email=" Amal@Example.org ")
    check("the answer is the page that waits for the mail",
          sent.status == 303 and sent.location == "/connexion/code")
    check("the cookie is hidden from scripts and other sites",
          "HttpOnly" in amal.set_cookie and "SameSite=Lax" in amal.set_cookie, amal.set_cookie)
    check("the page says where the mail is", "dossier" in amal.ask("/connexion/code").text)
    mail = mails(folder, 1, having=LINK)[0]
    words, markup = parts(mail)
    check("the mail goes to the address, from the site, with text and HTML",
          mail["To"].addresses[0].addr_spec == "amal@example.org" and "Établi" in str(mail["From"]) and
          "Bonjour" in words and "<p>" in markup, mail.as_string())
    check("its subject is French and it is marked as automatic",
          "Votre lien" in mail["Subject"] and mail["Auto-Submitted"] == "auto-generated",
          mail.items())
    link = link_in(words)
    check("the same link stands in the HTML", link in markup, markup)
    check("another browser is told to go back to the first",
          other.ask(link).status == 422 and other.post(link).status == 422 and
          "navigateur" in other.ask(link).text)
    check("looking at the link changes nothing, even five times",
          all(amal.ask(link).status == 200 for _ in range(5)))
    come = amal.post(link)
    check("the button lets her in", come.status == 303 and come.location == "/moi")
    mine = amal.ask("/moi")
    check("the menu says that she is in her space, and nowhere else", [each["href"] for each, _ in mine.all(
        "a", **{"aria-current": "true"})] == ["/moi"], mine.text)
    check("her page knows her address", "amal@example.org" in mine.text and mine.status == 200)
    check("a link is good once", amal.post(link).status == 410 and amal.ask(link).status == 410)
    return amal


def tell_needs(site, amal):
    site.post("/besoins", {"texte": "souder une grille d’égout", "email": "AMAL@example.org"})
    site.post("/besoins", {"texte": "ferrer un âne bâté", "email": "ámal@example.org"})
    text = amal.ask("/moi").text
    check("her needs are on her page, those of a look-alike address are not",
          "grille d’égout" in text and "âne bâté" not in text, text)


def tell_code(site, folder):
    line, thief = Browser(site), Browser(site)
    line.post("/connexion", email="line@example.org")
    code = code_in(parts(mails(folder, 2, having=LINK)[1])[0])
    thief.post("/connexion", email="thief@example.org")
    mails(folder, 3, having=LINK)
    check("the code is worth nothing in another browser",
          thief.post("/connexion/code", code=code).status == 422)
    wrong = "000000" if not code.startswith("000") else "111111"
    check("a wrong code is said", line.post("/connexion/code", code=wrong).status == 422)
    check("the right one lets her in, blanks or not",
          line.post("/connexion/code", code=code).location == "/moi")
    check("and only once", line.post("/connexion/code", code=code).status == 422)
    guess = Browser(site)
    guess.post("/connexion", email="guess@example.org")
    code = code_in(parts(mails(folder, 4, having=LINK)[3])[0])
    wrong = "000000" if not code.startswith("000") else "111111"
    for _ in range(10):
        guess.post("/connexion/code", code=wrong)
    check("after ten wrong codes the right one is refused too",
          guess.post("/connexion/code", code=code).status == 429)
    check("and so is the link", guess.post(link_in(parts(mails(folder, 4, having=LINK)[3])[0])).status == 410)


def tell_browsers(site, folder, amal):
    second = Browser(site, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    second.post("/connexion", email="amal@example.org")
    second.post(link_in(parts(mails(folder, 5, having=LINK)[4])[0]))
    mine = amal.ask("/moi")
    ends = [a["action"] for a, _ in mine.all("form") if "/moi/navigateurs/" in a.get("action", "")]
    token = mine.all("input", name="jeton")[0][0]["value"]
    check("she sees both browsers by their names",
          len(ends) == 2 and "Livre d’essai/1.0" in mine.text and
          "Firefox, Linux" in mine.text, mine.text)
    other = [end for end in ends if end.endswith("/" + max(re.findall(r"/(\d+)$", e)[0]
                                                          for e in ends))][0]
    check("a form without her token is refused", amal.post(other).status == 403 and
          second.ask("/moi").status == 200)
    stranger = Browser(site)
    check("somebody else cannot end it",
          stranger.post(other, jeton=token).location == "/connexion" and
          second.ask("/moi").status == 200)
    check("she ends the other one", amal.post(other, jeton=token).status == 303 and
          second.ask("/moi").location.startswith("/connexion?"))
    out = amal.post("/deconnexion", jeton=token)
    check("she signs out", out.status == 303 and amal.ask("/moi").location.startswith("/connexion?"))


def tell_limits(site):
    answers = [Browser(site).post("/connexion", email="trop@example.org").status
               for _ in range(6)]
    check("the sixth link of an hour is refused", answers == [303] * 5 + [429], answers)

    def asked(forwarded):
        browser = Browser(site)
        browser.more = {"X-Forwarded-For": forwarded}
        return browser.post("/connexion", email=f"f{next(numbers)}@example.org").status
    numbers = itertools.count()
    check("behind a front server each visitor counts by herself",
          [asked(f"203.0.113.{n}") for n in range(22)] == [303] * 22)
    answers = [asked(f"198.51.100.{n}, 203.0.113.99") for n in range(21)]
    check("whatever she says of herself before the front server adds her address",
          answers == [303] * 20 + [429], answers)


def tell_secrets(site):
    """No token stands in the records once its mail has left."""
    time.sleep(0.5)
    records = b"".join(open(path, "rb").read()
                       for path in glob.glob(os.path.join(site.data, "etabli.sqlite")))
    rows = subprocess.run(
        [sys.executable, "-c",
         "import sqlite3, sys; base = sqlite3.connect(sys.argv[1]);"
         "print(base.execute('SELECT count(*), max(length(content)) FROM outbox"
         " WHERE sent_at IS NOT NULL').fetchone())",
         os.path.join(site.data, "etabli.sqlite")], stdout=subprocess.PIPE, text=True).stdout
    check("what was in a mail is forgotten once it has left",
          records and re.match(r"\(\d+, 2\)", rows), rows)


SERVER = """
import os, sys
from aiosmtpd.controller import Controller
class Keep:
    count = 0
    async def handle_DATA(self, server, session, envelope):
        if "later" in envelope.rcpt_tos[0] and Keep.count == 0:
            Keep.count += 1
            return "451 not now"
        Keep.count += 1
        path = f"{sys.argv[2]}/{Keep.count}"
        with open(path, "wb") as file:
            file.write(envelope.content)
        os.rename(path, path + ".eml") # whole, as a reader expects
        return "250 kept"
controller = Controller(Keep(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
"""


def tell_smtp():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen([sys.executable, "-c", SERVER, str(port), folder],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        if server.stdout.readline().strip() != "ready":
            check("a mail goes through a real SMTP server # SKIP python3-aiosmtpd is not here",
                  True)
            return
        config = f'mail:\n  mode: smtp\n  server: "smtp://127.0.0.1:{port}"\n' \
                 '  from: "etabli@example.org"\nsite:\n  name: "L’Établi d’ici"\n'
        with Site(config) as site:
            browser = Browser(site)
            check("a mailed site does not speak of a folder",
                  browser.post("/connexion", email="nora@example.org").status == 303 and
                  "dossier" not in browser.ask("/connexion/code").text)
            mail = mails(folder, 1, having=LINK)[0]
            check("a mail goes through a real SMTP server",
                  mail["Subject"] == "Votre lien pour entrer dans L’Établi d’ici", mail.items())
            check("and its link lets her in",
                  browser.post(link_in(parts(mail)[0])).location == "/moi")
        server.stdin.close()
        server.wait(timeout=20)


with Site() as served:
    mailbox = os.path.join(served.data, "mail")
    tell_reading(served)
    known = tell_link(served, mailbox)
    tell_needs(served, known)
    tell_code(served, mailbox)
    tell_browsers(served, mailbox, known)
    tell_limits(served)
    tell_secrets(served)
tell_smtp()
check.end()
