#!/usr/bin/env python3
"""The desk of a structure: its manager sees its people and no others, adds one by hand, pastes a
spreadsheet, invites, and finds what has become of them. Speaks TAP."""
import http.client
import re
import subprocess
import os
import urllib.parse

from serving import PROGRAM, Browser, Page, Site, Steps, mails, parts, soon

check = Steps()
MINE, OTHER = "elan-vercors", "la-serre"
DESK, THEIRS = f"/structures/{MINE}/bureau", f"/structures/{OTHER}/bureau"


def come_in(site, address):
    def link():
        found = [re.search(r"http\S+/connexion/lien/\S+", parts(mail)[0])
                 for mail in mails(site.mail_folder, 0) if address in str(mail["To"])]
        return next((match.group() for match in reversed(found) if match), None)
    browser = Browser(site)
    browser.post("/connexion", email=address)
    browser.post(urllib.parse.urlsplit(soon(link)).path)
    return browser


def act(browser, path, **fields):
    token = browser.ask("/moi").all("input", name="jeton")[0][0]["value"]
    return browser.ask(path, "POST", [("jeton", token)] + [
        (name, each) for name, value in fields.items()
        for each in (value if isinstance(value, list) else [value])])


def send_file(browser, path, content):
    """Posts a spreadsheet as browsers send files."""
    token = browser.ask("/moi").all("input", name="jeton")[0][0]["value"]
    part = '--b42\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n'
    body = (part.format("jeton", "") + token + "\r\n" + part.format("texte", "") + "\r\n" + part.format(
        "fichier", '; filename="équipe.csv"\r\nContent-Type: text/csv')).encode() + content + b"\r\n--b42--\r\n"
    connection = http.client.HTTPConnection("127.0.0.1", browser.site.port, timeout=10)
    connection.request("POST", path, body, {
        "Content-Type": "multipart/form-data; boundary=b42",
        "Cookie": "; ".join(f"{k}={v}" for k, v in browser.cookies.items())})
    answer = connection.getresponse()
    return Page(answer.status, answer.read().decode("utf-8"))


def counts(page):
    """title → number, of the states above the list."""
    return {re.sub(r" \d+$", "", words): int(words.split()[-1])
            for words in page.words("a") if re.search(r"\D \d+$", words)}


def manager_of(site, address, structure):
    subprocess.run([PROGRAM, "admin", "grant", address, "manager", "--structure", structure,
                    *site.options], env=site.environment, check=True)
    return come_in(site, address)


def tell_seeing(site, manager):
    page = manager.ask(DESK)
    check("she finds her desk", page.status == 200 and "Élan Vercors" in page.words("h1")[0], page.text)
    check("her own page leads there", DESK in manager.ask("/moi").links())
    total = counts(page)["Tout le monde"]
    listed = site.run("export", "people").count("elan-vercors")
    check("every card of the structure is counted", total == listed > 0, (counts(page), listed))
    check("states add up", total == sum(n for title, n in counts(page).items()
                                       if title != "Tout le monde"), counts(page))
    check("another structure's desk is not hers, to see or to change",
          manager.ask(THEIRS).status == 403 and
          act(manager, THEIRS + "/personnes", nom="Intruse").status == 403 and
          act(manager, THEIRS + "/inviter", toutes="1").status == 403 and
          act(manager, THEIRS + "/import", texte="nom\nx", importer="1").status == 403)
    check("nor is one that is not there", manager.ask("/structures/nulle-part/bureau").status == 404)
    nobody = Browser(site)
    check("who has not come in is led to the door, and back", nobody.ask(DESK).location ==
          "/connexion?suite=" + urllib.parse.quote(DESK, safe=""))


def tell_adding(site, manager):
    wrong = act(manager, DESK + "/personnes", nom="", email="pas une adresse")
    check("a person without a name is a mistake beside the field", wrong.status == 422 and
          wrong.all("a", href="#name") and wrong.words("title")[0].startswith("Erreur"), wrong.text)
    wrong = act(manager, DESK + "/personnes", nom="Zoé Main", email="pas une adresse")
    check("so is what is no address; the name is kept", wrong.status == 422 and
          wrong.all("input", id="name", value="Zoé Main") and wrong.all("a", href="#email"))
    before = counts(manager.ask(DESK))["Brouillons"]
    done = act(manager, DESK + "/personnes", nom="Zoé Main", email="Zoe@example.org", commune="Lans")
    check("one is added by hand, as a draft", done.status == 303 and
          counts(manager.ask(DESK))["Brouillons"] == before + 1, done.text)
    again = act(manager, DESK + "/personnes", nom="Zoé Bis", email="zoe@example.org")
    check("an address is not given twice", again.status == 409 and again.all("a", href="#email"))
    found = manager.ask(DESK + "?q=zo%C3%A9")
    check("she is found by her name, whatever the accents",
          "Zoé Main" in found.text and counts(manager.ask(DESK + "?q=ZOE"))["Tout le monde"] == 1)
    check("what LIKE takes for more is taken as it is",
          counts(manager.ask(DESK + "?q=%25"))["Tout le monde"] == 0 and
          counts(manager.ask(DESK + "?q=_"))["Tout le monde"] == 0)
    check("others do not see a draft", "Zoé Main" not in site.page("/recherche?q=Zo%C3%A9+Main").words("h3") and
          "Zoé Main" not in site.page(f"/structures/{MINE}").text)


def tell_pasting(site, manager):
    path = DESK + "/import"
    before = counts(manager.ask(DESK))["Tout le monde"]
    check("nothing pasted is a mistake", act(manager, path, texte=" ").status == 422)
    wrong = act(manager, path, importer="1", texte="nom;email;structure\nAmal Une;amal@example.org;\n"
                "Bea Deux;pas une adresse;\nCeline Trois;c@example.org;la-serre\n")
    check("every mistake is told by its line, and nothing is saved", wrong.status == 422 and
          "Ligne 3" in wrong.text and "Ligne 4" in wrong.text and "Ligne 2" not in wrong.text and
          counts(manager.ask(DESK))["Tout le monde"] == before, wrong.text)
    check("what was pasted is still there", "Celine Trois;c@example.org" in wrong.text)
    sent = send_file(manager, path, "nom;prénom;email\r\nÉté;Zoé;zoe.ete@example.org\r\n".encode("cp1252"))
    check("a file is read as well, in the letters of an old spreadsheet, and stands there to be corrected",
          sent.status == 200 and "Aucune erreur" in sent.text and "Été;Zoé" in sent.text, sent.text)
    for kind in ("utf-16-le", "utf-16-be"):
        mark = b"\xff\xfe" if kind.endswith("le") else b"\xfe\xff"
        sent = send_file(manager, path, mark + "nom;prénom;email\r\nÉté;Zoé;z@example.org\r\n".encode(kind))
        check(f"so is one in {kind}, which Excel calls Unicode text", sent.status == 200 and
              "Été;Zoé" in sent.text, sent.text)
    for name, sent in (("cut in a letter", b"\xff\xfea\x00b"), ("a spreadsheet's own", b"PK\x03\x04\x00\x00")):
        refused = send_file(manager, path, sent)
        check(f"a file that is {name} is refused, with what to do", refused.status == 422 and
              "enregistrez la feuille en CSV" in refused.text, refused.text)
    check("another structure's card is neither found nor told of",
          "Nadège" not in act(manager, path, texte="nom,email\nNad T.,nadege.tirardcollet@example.com\n"
                              ).text.replace("nadege.", ""))
    check("no structure and no pole is made by it", act(
        manager, path, importer="1", texte="nom,pole\nAmal Une,Pôle inventé\n").status == 422 and
        "Pôle inventé" not in site.page("/poles").text)
    good = "nom\temail\tcompétences\tétat\nAmal Une\tamal.une@example.org\tposer du placo (3)\tpublished\n"
    looked = act(manager, path, texte=good)
    check("without a mistake she sees what would change first", looked.status == 200 and
          "Aucune erreur" in looked.text and looked.all("button", name="importer") and
          counts(manager.ask(DESK))["Tout le monde"] == before, looked.text)
    done = act(manager, path, texte=good, importer="1")
    check("what was read is told in French once it is imported too", "read as" not in done.text and
          "columns" not in done.text, done.text[-2000:])
    check("then it is imported", done.status == 200 and "importé" in done.text and
          counts(manager.ask(DESK))["Tout le monde"] == before + 1, done.text)
    check("as a draft, whatever the spreadsheet says of it",
          "Amal Une" in manager.ask(DESK + "?etat=brouillons&q=amal").text)
    both = act(manager, DESK + "/personnes", nom="Vol Card", email="sylvain.pra@example.org")
    people = os.path.join(site.folder.name, "everybody.csv")
    with open(people, "w", encoding="utf-8") as file:
        file.write(site.run("export", "people"))
    again = site.run("import", "people", people)
    check("who has a card elsewhere may have one here, and the export still changes nothing where it came from",
          both.status == 303 and ("0 new, 0 changed" in again or "new 0, changed 0" in again), again)
    check("done twice, nobody stands there twice",
          "rien ne changerait" in act(manager, path, texte=good).text)


def tell_inviting(site, manager):
    page = manager.ask(DESK + "?q=zo%C3%A9")
    zoe = page.all("input", name="personne")[0][0]["value"]
    check("nobody ticked is a mistake", act(manager, DESK + "/inviter").status == 422)
    other = manager_of(site, "autre@example.org", OTHER)
    check("another's people cannot be invited by their numbers",
          act(other, THEIRS + "/inviter", personne=zoe).status == 422 and
          counts(manager.ask(DESK))["Invitations sans réponse"] == 0)
    done = act(manager, DESK + "/inviter", personne=[zoe, "999999", "x"])
    check("one is invited", done.status == 303 and done.location.endswith("invitees=1") and
          "1 invitation part" in manager.ask(done.location).text, done.location)
    check("she gets the mail of her structure", soon(lambda: [
        mail for mail in mails(site.mail_folder, 0) if "zoe@example.org" in str(mail["To"])]))
    check("and is silent until she answers",
          "Zoé Main" in manager.ask(DESK + "?etat=invitees").text)
    drafts = len(manager.ask(DESK + "?etat=brouillons").all("input", name="personne"))
    done = act(manager, DESK + "/inviter", toutes="1")
    check("all drafts with an address are invited at once", drafts and
          done.location.endswith(f"invitees={drafts}"), (drafts, done.location))
    check("and none is left to invite", act(manager, DESK + "/inviter", toutes="1").status == 422)


def tell_losing(site, manager):
    subprocess.run([PROGRAM, "admin", "revoke", "gere@example.org", "manager", "--structure", MINE,
                    *site.options], env=site.environment, check=True)
    check("who manages no more sees the desk no more", manager.ask(DESK).status == 403 and
          DESK not in manager.ask("/moi").links())


with Site() as site:
    manager = manager_of(site, "gere@example.org", MINE)
    tell_seeing(site, manager)
    tell_adding(site, manager)
    tell_pasting(site, manager)
    tell_inviting(site, manager)
    tell_losing(site, manager)
check.end()
