"""What the stories of sessions share: someone comes in, mails found by address and subject."""
import re
import urllib.parse

from serving import Browser, mails, parts, soon


def path_in(words, begins):
    """The path of the first address in those words that begins so."""
    found = re.search(r"http\S+?(" + re.escape(begins) + r"[^\s\"<>)]+)", words)
    return urllib.parse.urlsplit(found.group()).path if found else None


def letters(site, to, subject=""):
    """Mails to that address whose subject holds those words, oldest first, as they are now."""
    return [mail for mail in mails(site.mail_folder, 0)
            if mail["To"].addresses[0].addr_spec == to and subject in str(mail["Subject"])]


def letter(site, to, subject="", count=1):
    """The latest of them once there are that many; None when none comes."""
    found = soon(lambda: [mail for mail in [letters(site, to, subject)] if len(mail) >= count], 20)
    return found[0][-1] if found else None


def body(mail):
    return parts(mail)[0] if mail else ""


def come_in(site, address):
    browser = Browser(site)
    browser.post("/connexion", email=address)
    browser.post(path_in(body(letter(site, address, "Votre lien")), "/connexion/lien/"))
    return browser


def token(page):
    return page.all("input", name="jeton")[0][0]["value"]


def register(site, session, name, address, **more):
    """Registers without an account; the page of her place, and its path."""
    browser = Browser(site)
    before = len(letters(site, address, "Un clic"))
    asked = browser.post(f"/seances/{session}/inscription", nom=name, email=address, **more)
    if asked.status != 303:
        return asked, None
    link = path_in(body(letter(site, address, "Un clic", before + 1)), "/confirmer/")
    place = browser.post(link).location
    return browser.ask(place), place
