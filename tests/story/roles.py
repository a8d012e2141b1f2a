#!/usr/bin/env python3
"""Who may do more than others: from the first link on standard output to managers and facilitators
who find their desks; what each of them is refused; who did what. Speaks TAP."""
import re
import sqlite3
import subprocess
import urllib.parse

from serving import PROGRAM, Browser, Site, Steps, mails, parts, soon

check = Steps()


def path_in(words, start):
    found = re.search(r"http\S+" + start + r"\S*", words)
    return urllib.parse.urlsplit(found.group()).path if found else None


def link_for(site, address):
    """The last link to come in that was sent there."""
    links = [path_in(parts(mail)[0], "/connexion/lien/") for mail in mails(site.mail_folder, 0)
             if address in str(mail["To"])]
    return next((link for link in reversed(links) if link), None)


def come_in(site, address):
    """By the link of a mail."""
    browser = Browser(site)
    browser.post("/connexion", email=address)
    browser.post(soon(lambda: link_for(site, address)))
    return browser


def act(browser, path, **fields):
    """Posts a form as someone signed in does: with her token."""
    token = browser.ask("/moi").all("input", name="jeton")[0][0]["value"]
    return browser.post(path, jeton=token, **fields)


def command(site, *arguments):
    done = subprocess.run([PROGRAM, "admin", *arguments, *site.options], env=site.environment,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def tell_first_link(site):
    said = site.server.stdout.readline(), site.server.stdout.readline()
    first = path_in(said[1], "/premiere-administration/")
    check("a site without an admin says so, and prints an address",
          "nobody administers" in said[0] and first, said)
    check("with the port it listens on", f"http://127.0.0.1:{site.port}/" in said[1], said)
    code, out, _ = command(site, "list")
    check("there is no account to begin with", code == 0 and "\nadmin\t" not in "\n" + out and
          "facilitator\tbatiment\t" in out, out)
    visitor = Browser(site)
    check("looking at the link changes nothing", all(visitor.ask(first).status == 200
                                                    for _ in range(3)))
    page = visitor.ask(first)
    check("the page asks for an address, and no password", page.all("input", name="email") and
          not page.all("input", type="password"))
    wrong = visitor.post(first, email="pas une adresse")
    check("what is no address is said beside the field, the link stays good",
          wrong.status == 422 and wrong.words("span", class_="wrong") and
          visitor.ask(first).status == 200, wrong.text)
    code, out, _ = command(site, "link")
    second = path_in(out, "/premiere-administration/")
    check("a newer link ends the older one", code == 0 and visitor.ask(first).status == 410 and
          visitor.post(first, email="thief@example.org").status == 410)
    made = visitor.post(second, email=" Admin@Example.org")
    check("she is sent to where the mail is waited for", made.status == 303 and
          made.location.startswith("/connexion/code"), made.location)
    check("the link is good once", visitor.ask(second).status == 410 and
          visitor.post(second, email="second@example.org").status == 410)
    check("having typed an address is not having come in",
          visitor.ask("/administration").location.startswith("/connexion?"))
    link = soon(lambda: link_for(site, "admin@example.org"))
    come = visitor.post(link + "?suite=%2Fadministration")
    check("the ordinary mail lets her in", come.status == 303)
    page = visitor.ask("/administration")
    check("she administers the site", page.status == 200 and "admin@example.org" in page.text)
    check("her own page leads there", "/administration" in visitor.ask("/moi").links())
    check("an unknown link is no good, however it looks",
          visitor.ask("/premiere-administration/" + 43 * "A").status == 410 and
          visitor.ask("/premiere-administration/%F0%9F%94%91").status == 410)
    return visitor


def tell_restart(site):
    """A site with an admin offers nothing; a link is not kept in the records."""
    other = subprocess.Popen([PROGRAM, "serve", "--port", "0", *site.options],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             env=site.environment)
    other.stdout.readline()
    other.terminate()
    out, log = other.communicate(timeout=20)
    check("with an admin, a start offers no link any more",
          "premiere-administration" not in out + log, out + log)


def tell_refusals(site, admin):
    nobody, creator = Browser(site), come_in(site, "quelconque@example.org")
    check("who has not come in is led to the door", nobody.ask("/administration").location ==
          "/connexion?suite=%2Fadministration")
    check("who has come in and has no role is refused, reading and writing",
          creator.ask("/administration").status == 403 and
          act(creator, "/administration", role="admin", email="quelconque@example.org").status == 403
          and creator.ask("/administration/journal").status == 403)
    check("a form without the token is refused, even an admin's",
          admin.post("/administration", role="admin", email="x@example.org").status == 403)
    return creator


def tell_grants(site, admin):
    form = act(admin, "/administration", email="x", role="manager", nom="Kept Name")
    check("a wrong form is shown again with what was typed, its mistake beside the field",
          form.status == 422 and form.all("input", id="email", value="x") and
          form.all("input", name="nom", value="Kept Name") and
          form.all("input", value="manager")[0][0].keys() >= {"checked"} and
          form.all("a", href="#email"), form.text)
    check("its title says so", form.words("title")[0].startswith("Erreur"), form.words("title"))
    for fields, field in (({"role": "manager"}, "structure"), ({"role": "facilitator"}, "pole"),
                          ({"role": "king"}, "kind"), ({}, "kind"),
                          ({"role": "manager", "structure": "nulle-part"}, "structure"),
                          ({"role": "facilitator", "pole": "bois"}, "name")):
        page = act(admin, "/administration", email="new@example.org", **fields)
        check(f"{fields or 'no role'}: the mistake is on {field}", page.status == 422 and
              page.all("a", href="#" + field), page.text)
    check("nobody was made by that", "new@example.org" not in command(site, "list")[1])
    count = len(mails(site.mail_folder, 0))
    done = act(admin, "/administration", email="Manager@example.org", role="manager",
               structure="elan-vercors")
    check("a manager is made of someone who never came in", done.status == 303 and
          "ne s’est pas encore connecté" in admin.ask(done.location).text, done.text)
    mail = mails(site.mail_folder, count + 1)[-1]
    words, _ = parts(mail)
    check("a mail tells her, in French, with the way to her desk",
          "manager@example.org" in str(mail["To"]) and "gérez" in str(mail["Subject"]) and
          path_in(words, "/structures/elan-vercors/bureau"), mail.as_string())
    act(admin, "/administration", email="manager@example.org", role="manager",
        structure="elan-vercors")
    check("doing it twice is doing it once",
          command(site, "list")[1].count("manager@example.org") == 1 and
          len(mails(site.mail_folder, 0)) == count + 1)
    done = act(admin, "/administration", email="anime@example.org", role="facilitator",
               pole="bois", nom="Aline Nouvelle")
    listed = command(site, "list")[1]
    check("a facilitator who has no card is made with her name, and stands first",
          done.status == 303 and "facilitator\tbois\tanime@example.org\tAline Nouvelle" in listed and
          "deputy\tbois\t" in listed, listed)
    check("her card is hidden: nobody asked her for one",
          not [link for link in site.page("/personnes?page=1").links() if "aline-nouvelle" in link])
    done = act(admin, "/administration", email="supplee@example.org", role="deputy", pole="textile",
               nom="Deputy Person")
    check("a deputy stands last", done.status == 303 and
          command(site, "list")[1].index("facilitator\ttextile") <
          command(site, "list")[1].index("supplee@example.org"))
    keeps = come_in(site, "anime@example.org")
    check("who keeps a pole is no admin", keeps.ask("/administration").status == 403)
    check("and finds her card behind her account", "Aline Nouvelle" in
          admin.ask("/administration").text)


def tell_commands(site):
    for arguments, status in ((["grant", "x@example.org", "manager"], 1),
                              (["grant", "x@example.org", "manager", "--structure", "nowhere"], 1),
                              (["grant", "x@example.org", "facilitator", "--pole", "bois"], 1),
                              (["grant", "x@example.org", "queen"], 1), (["grant"], 2), ([], 2),
                              (["grant", "pas une adresse", "admin"], 1),
                              (["revoke", "x@example.org", "admin"], 1),
                              (["revoke", "admin@example.org", "admin"], 3),
                              (["dance"], 2)):
        code, out, trouble = command(site, *arguments)
        check(f"etabli admin {' '.join(arguments)}: refused in one line",
              code == status and not out and trouble.count("\n") == 1, (code, out, trouble))
    code, _, trouble = command(site, "revoke", "admin@example.org", "admin")
    check("the last admin stays, and the reason is told", "last admin" in trouble, trouble)
    code, _, trouble = command(site, "grant", "cap@example.org", "facilitator", "--pole", "numerique",
                               "--deputy", "--name", "Cap Itaine")
    known = "numerique" in command(site, "list")[1]
    check("a role is given while the site runs", (code == 0) == known, trouble)
    code, _, trouble = command(site, "grant", "autre@example.org", "manager", "--structure", "la-serre")
    check("the manager of another structure too", code == 0 and "manager\tla-serre\t"
          "autre@example.org\thas not come in yet" in command(site, "list")[1], trouble)


def tell_last_admin(site, admin):
    page = admin.ask("/administration")
    mine = [a["action"] for a, _ in page.all("form") if "/administration/roles/" in a["action"]][0]
    kept = act(admin, mine)
    check("the last admin cannot take her own role back", kept.status == 409 and
          admin.ask("/administration").status == 200, kept.text)
    act(admin, "/administration", email="jamais@example.org", role="admin")
    check("an admin who never came in does not count", act(admin, mine).status == 409)
    second = come_in(site, "jamais@example.org")
    check("once she has, she does: the first may go", act(admin, mine).status == 303 and
          admin.ask("/administration").status == 403 and
          second.ask("/administration").status == 200)
    check("a role that is gone is not there any more", act(second, mine).status == 404)
    act(second, "/administration", email="admin@example.org", role="admin")
    check("and back again", admin.ask("/administration").status == 200)
    gone = act(second, "/administration/poles/bois", personne="999999")
    check("who does not keep a pole cannot be taken from it", gone.status == 404)
    page = second.ask("/administration")
    person = [a["value"] for a, _ in page.all("input", name="personne")]
    keeper = re.search(r"/personnes/(\d+)-aline-nouvelle", page.text).group(1)
    check("a facilitator's role is taken back", keeper in person and
          act(second, "/administration/poles/bois", personne=keeper).status == 303 and
          "Aline Nouvelle" not in second.ask("/administration").text)
    return second


def tell_journal(site, admin):
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        records.execute("INSERT INTO audit (id, at, actor, verb, detail) SELECT MAX(id) + 1, MAX(at), "
                        "'account 1', 'change session', 'session 7: title, trainers' FROM audit")
    page = admin.ask("/administration/journal")
    acts = page.words("li")
    check("the journal tells who gave which role, the latest first",
          any("a donné la gestion d’une structure" in words and "elan-vercors" in words
              for words in acts) and any("a retiré l’animation" in words for words in acts), acts)
    check("the first admin is told too", any("admin@example.org" in words and
                                             "a donné l’administration" in words for words in acts))
    check("what changed of a session is told in French",
          any("séance nº\u00a07, titre, qui l’anime" in words or "séance nº 7, titre, qui l’anime" in words
              for words in acts), acts[:9])
    narrowed = admin.ask("/administration/journal?pole=bois")
    check("it is narrowed to a pole", 0 < len([w for w in narrowed.words("li") if "pôle" in w.lower()]) and
          "elan-vercors" not in " ".join(narrowed.words("ol")), narrowed.words("ol"))
    by_act = admin.ask("/administration/journal?acte=grant%20deputy")
    check("and to one kind of act", "suppléance" in " ".join(by_act.words("ol")) and
          "a donné la gestion" not in " ".join(by_act.words("ol")))
    check("nonsense in the address finds nothing and breaks nothing",
          admin.ask("/administration/journal?pole=%00x&acte=%27%3B--&page=9").status in (200, 400) and
          admin.ask("/administration/journal?page=999").status == 200)
    english = admin.ask("/en/administration/journal")
    check("it speaks English too", "Who did what" in english.text and
          "gave the management of a structure" in english.text)
    spoken = " ".join(page.words("ol"))
    check("what commands did is told in French, figures too", "a importé des personnes" in spoken and
          "nouveaux\u00a0:" in spoken and "import people" not in spoken and " rows" not in spoken, spoken)


with Site() as site:
    admin = tell_first_link(site)
    tell_restart(site)
    tell_refusals(site, admin)
    tell_grants(site, admin)
    tell_commands(site)
    admin = tell_last_admin(site, admin)
    tell_journal(site, admin)
check.end()
