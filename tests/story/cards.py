#!/usr/bin/env python3
"""A card in the hands of its owner: invited, accepted, corrected, declined; filled in with mistakes
and conflicts; seen by those she chose; asked about when it grows old. Speaks TAP."""
import os
import re
import sqlite3
import urllib.parse

from serving import Browser, Site, Steps, fields_of, mails, parts, soon

check = Steps()


def records(site):
    return sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)


def one(site, statement, *values):
    row = records(site).execute(statement, values).fetchone()
    return row[0] if row else None


def write(site, statement, *values):
    """Writes beside the server, as another program would."""
    base = records(site)
    with base:
        base.execute(statement, values)
    base.close()


def mail_to(site, address, subject, count=1, within_s=8):
    """The last of `count` mails to an address whose subject has that word; None when there are
    fewer."""
    def find():
        found = [mail for mail in mails(site.mail_folder, 0)
                 if address in str(mail["To"]) and subject in mail["Subject"]]
        return found[-1] if len(found) >= count else None
    return soon(find, within_s)


def link_in(mail, part):
    return urllib.parse.urlsplit(re.search(r"http\S+/" + part + r"/\S+", parts(mail)[0]).group()).path


def come_in(site, address):
    browser = Browser(site)
    before = len([m for m in mails(site.mail_folder, 0) if address in str(m["To"])])
    browser.post("/connexion", email=address)
    mail = soon(lambda: ([m for m in mails(site.mail_folder, 0) if address in str(m["To"])
                          and "connexion/lien" in parts(m)[0]] or [None])[-1]
                if len([m for m in mails(site.mail_folder, 0) if address in str(m["To"])]) > before
                else None, 8)
    browser.post(link_in(mail, "connexion/lien"))
    return browser


def token_of(page):
    return page.all("input", name="jeton")[0][0]["value"]


def changed(fields, **new):
    """The fields with others in their place; a list sets the first of that name one by one."""
    left = {name: list(value) if isinstance(value, list) else [value] for name, value in new.items()}
    out = []
    for name, value in fields:
        out.append((name, left[name].pop(0) if left.get(name) else value))
    return out + [(name, value) for name, values in left.items() for value in values]


def bring(site, *rows):
    """Drafts of elan-vercors, as a spreadsheet brings them."""
    path = os.path.join(site.folder.name, "drafts.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,nom,structure,commune,competences,email,telephone,presentation\n")
        file.writelines(row + "\n" for row in rows)
    return site.run("import", "people", path, "--apply")


def called(site, name):
    return one(site, "SELECT id FROM person WHERE name = ?", name)


def is_found(site, words, name, browser=None):
    return name in (browser or Browser(site)).ask("/recherche?q=" + urllib.parse.quote(words)).text


def tell_import(site):
    bring(site, "X1,Inès Accepte,elan-vercors,Fontaine,souder un dragon (3); zzz inconnu,"
                "ines@example.org,0600000000,Je soude.",
          "X2,Karim Corrige,elan-vercors,Fontaine,poser du placo (2),karim@example.org,,",
          "X3,Rose Refuse,elan-vercors,Fontaine,tailler des rosiers (4),rose@example.org,"
          "0611111111,Je taille.",
          "X4,Sami Silence,elan-vercors,Fontaine,classer (1),sami@example.org,,")
    check("imported people are drafts that nobody sees",
          site.page(f"/personnes/{called(site, 'Inès Accepte')}").status == 404 and
          not is_found(site, "dragon", "Inès"))
    path = os.path.join(site.folder.name, "paper.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,nom,structure\nX9,Paul Papier,elan-vercors\n")
    site.run("import", "people", path, "--apply", "--as", "published")
    check("who agreed on paper is shown when the import says so",
          site.page(f"/personnes/{called(site, 'Paul Papier')}").status == 200)


def tell_inviting(site, manager, stranger):
    for name in ("Inès Accepte", "Karim Corrige", "Rose Refuse", "Sami Silence"):
        person = called(site, name)
        page = manager.ask(f"/personnes/{person}/fiche")
        manager.post(f"/personnes/{person}/fiche/etat", jeton=token_of(page), faire="inviter")
    check("the manager sees that the invitation left",
          "Invitation" in manager.ask(f"/personnes/{called(site, 'Inès Accepte')}/fiche").text)
    check("someone else neither sees nor edits the draft",
          stranger.ask(f"/personnes/{called(site, 'Inès Accepte')}/fiche").status == 403)
    again = manager.ask(f"/personnes/{called(site, 'Inès Accepte')}/fiche")
    manager.post(f"/personnes/{called(site, 'Inès Accepte')}/fiche/etat", jeton=token_of(again),
                 faire="inviter")
    check("nobody is invited twice", not mail_to(site, "ines@", "fiche", 2, 1))


def tell_accepting(site):
    mail = mail_to(site, "ines@", "fiche")
    link = link_in(mail, "fiche")
    check("the invitation names her and her structure",
          "Inès Accepte" in parts(mail)[0] and "lan" in parts(mail)[0], parts(mail)[0])
    ines = Browser(site)
    pages = [ines.ask(link) for _ in range(3)]
    check("looking at it changes nothing", all(page.status == 200 for page in pages) and
          one(site, "SELECT state FROM person WHERE name = 'Inès Accepte'") == 0)
    words = pages[0].words("button")
    check("three choices, in her words", "C’est bon, publier ma fiche" in words and
          "Je ne souhaite pas de fiche" in words and "Corriger" in pages[0].words("a"), words)
    check("her address and telephone are not on it", "0600000000" not in pages[0].text and
          "ines@example.org" not in pages[0].text)
    done = ines.post(link, faire="publier")
    check("one button publishes it", done.status == 303 and
          "publiée" in ines.ask(done.location).text)
    person = called(site, "Inès Accepte")
    check("everyone sees it, and it is confirmed today",
          "fiche confirmée aujourd’hui" in site.page(f"/personnes/{person}").text)
    check("and finds it", soon(lambda: is_found(site, "dragon", "Inès")))
    consent = records(site).execute("SELECT kind, is_given, text_version, actor FROM consent "
                                    "WHERE person_id = ?", (person,)).fetchall()
    check("her consent is kept with the version of the text",
          consent == [("card", 1, "card 2026-11", "herself")], consent)
    check("pressing twice is fine", ines.post(link, faire="publier").status == 303 and
          one(site, "SELECT COUNT(*) FROM consent WHERE person_id = ?", person) == 1)
    check("a link for another thing or of nobody is refused",
          ines.ask("/fiche/" + "x" * 43).status == 410 and
          ines.post("/fiche/" + "x" * 43, faire="publier").status == 410)
    check("what is no button is refused", ines.post(link, faire="tout").status == 400)


def tell_correcting(site):
    link = link_in(mail_to(site, "karim@", "fiche"), "fiche")
    karim = Browser(site)
    page = karim.ask(link + "/corriger")
    fields = fields_of(page)
    check("the form is filled in with what the structure wrote",
          ("savoir", "poser du placo") in fields and ("nom", "Karim Corrige") in fields, fields)
    wrong = karim.ask(link + "/corriger", "POST", changed(
        fields, nom="", savoir=["souder un grand-bi", "x" * 250], quota="beaucoup", jour="31",
        mois="février", annee="2027", langues="français, klingon", faire="publier"))
    told = wrong.words("span", class_="wrong")
    check("each mistake is said beside its field", wrong.status == 422 and len(told) == 5, told)
    check("and in a summary with links to the fields",
          {"#name", "#skill-01", "#quota", "#pause", "#languages"} <=
          {a.get("href") for a, _ in wrong.all("a")}, wrong.text[:3000])
    check("what was typed is kept", "souder un grand-bi" in wrong.text and "klingon" in wrong.text and
          "beaucoup" in wrong.text)
    check("nothing of it is saved", one(site, "SELECT version FROM person WHERE name = ?",
                                        "Karim Corrige") == 2)
    good = changed(fields, titre="Plaquiste", savoir=["Poser du placo", "souder un grand-bi"],
                   niveau=["3", "2"], jour="14", mois="mars", annee="2030", langues="Français, arabe",
                   quota="1", quand="2", format="1")
    seen = karim.ask(link + "/corriger", "POST", good + [("faire", "apercu")])
    check("the preview is what others will see, and saves nothing",
          seen.status == 200 and "Plaquiste" in "".join(seen.words("article")) and
          one(site, "SELECT headline FROM person WHERE name = 'Karim Corrige'") is None,
          seen.status)
    check("what the thesaurus knows is said", any("reconnu" in w for w in
                                                  seen.words("span", class_="known")), seen.text)
    more = karim.ask(link + "/corriger", "POST", good + [("faire", "ligne")])
    check("one more line without script", len(more.all("input", name="savoir")) >
          len(page.all("input", name="savoir")) and "Plaquiste" in more.text)
    done = karim.ask(link + "/corriger", "POST", good + [("faire", "publier")])
    text = site.page(f"/personnes/{called(site, 'Karim Corrige')}").text
    check("corrected and published at once", done.status == 303 and "Plaquiste" in text and
          "souder un grand-bi" in text and "arabe" in text, text[:2000])
    check("a break until 14 March 2030 is known", "pause" in text and
          one(site, "SELECT pause_until FROM person WHERE name = 'Karim Corrige'") == 1899673200)
    check("the level and the skill are linked",
          one(site, "SELECT level FROM person_skill s JOIN person p ON p.id = s.person_id "
                    "WHERE p.name = 'Karim Corrige' AND skill_id IS NOT NULL") == 3)
    late = karim.ask(link + "/corriger", "POST", good + [("faire", "enregistrer")])
    check("an older form is told that the card changed, and keeps its words",
          late.status == 409 and "changé entre-temps" in late.text and "Plaquiste" in late.text,
          late.status)
    check("looked at again, it is saved",
          karim.ask(link + "/corriger", "POST", fields_of(late) + [("faire", "enregistrer")])
          .status == 303)


def tell_declining(site):
    link = link_in(mail_to(site, "rose@", "fiche"), "fiche")
    rose = Browser(site)
    done = rose.post(link, faire="refuser")
    check("she declines in one click", "ne souhaitez pas" in rose.ask(done.location).text)
    row = records(site).execute("SELECT state, phone, about, commune, email, external_id, declined_at "
                                "FROM person WHERE name = 'Rose Refuse'").fetchone()
    check("what was written is erased, but what keeps her from being invited again",
          row[:4] == (2, None, None, None) and row[4] == "rose@example.org" and row[5] == "X3" and
          row[6] and one(site, "SELECT COUNT(*) FROM person_skill WHERE person_id = ?",
                         called(site, "Rose Refuse")) == 0, row)
    told = bring(site, "X3,Rose Refuse,elan-vercors,Fontaine,tailler des rosiers (4),"
                       "rose@example.org,0611111111,Je taille.")
    check("importing her again leaves her out, in words", "wants no card" in told and
          one(site, "SELECT about FROM person WHERE name = 'Rose Refuse'") is None, told)


def tell_visibility(site, manager, stranger):
    """Inès shows her card to members, then to her structure: as nobody, a member, her structure."""
    person = called(site, "Inès Accepte")
    ines, nobody = come_in(site, "ines@example.org"), Browser(site)
    mine = ines.ask("/moi")
    check("her own page knows her card", "Publiée : tout le monde la voit" in mine.text.replace(
        "\xa0", " ") and "sur 2 au plus" in mine.text, mine.text)

    def choose(value):
        page = ines.ask("/moi/fiche")
        fields = [(name, text) for name, text in fields_of(page) if name != "visible"]
        done = ines.ask("/moi/fiche", "POST", fields + [("visible", value), ("faire", "enregistrer")])
        return done.status == 303

    def sees(browser, where):
        page = {"card": f"/personnes/{person}", "json": f"/personnes/{person}.json",
                "structure": "/structures/elan-vercors", "people": "/personnes?page=1",
                "search": "/recherche?q=dragon", "completion": "/completion?q=in%C3%A8s+acc",
                "correction": "/recherche?q=dragonn"}[where]
        return "Inès" in browser.ask(page).text

    places = ["card", "json", "structure", "search", "completion"]
    check("public: everyone finds it everywhere", soon(lambda: all(sees(nobody, p) for p in places)),
          [p for p in places if not sees(nobody, p)])
    check("she shows it to members only", choose("1"))
    soon(lambda: not sees(nobody, "search"))
    check("then nobody who has not come in sees it anywhere", not any(sees(nobody, p) for p in places),
          [p for p in places if sees(nobody, p)])
    check("nor is her word offered as a correction", "dragon</" not in
          nobody.ask("/recherche?q=dragonn").text.replace("dragonn", ""))
    check("members find it everywhere", soon(lambda: all(sees(stranger, p) for p in places)),
          [p for p in places if not sees(stranger, p)])
    check("its page says who sees it", "membres" in stranger.ask(f"/personnes/{person}").text)
    check("she shows it to her structure only", choose("2"))
    soon(lambda: not sees(stranger, "search"))
    check("then members see it nowhere", not any(sees(stranger, p) for p in places),
          [p for p in places if sees(stranger, p)])
    check("her structure still does", sees(manager, "card") and sees(manager, "structure"))
    check("site map and feeds never name it", all(
        "Inès" not in nobody.ask(path).text and f"/personnes/{person}" not in nobody.ask(path).text
        for path in ("/sitemap.xml", "/besoins.atom", "/seances.atom")))
    check("she shows it to everyone again", choose("0") and soon(lambda: sees(nobody, "search")))


def tell_own_card(site):
    """Someone without a card makes one: the name first."""
    zoe = come_in(site, "zoe@example.org")
    check("her page offers a card", "Remplir ma fiche" in zoe.ask("/moi").text)
    page = zoe.ask("/moi/fiche")
    nameless = zoe.ask("/moi/fiche", "POST", fields_of(page) + [("faire", "publier")])
    check("a name is asked for", nameless.status == 422 and nameless.words("span", class_="wrong"))
    done = zoe.ask("/moi/fiche", "POST", changed(
        fields_of(page), nom="Zoé Neuve", savoir="relier un grimoire", niveau="4") +
        [("faire", "publier")])
    check("one form, and it is there", done.status == 303 and
          site.page(f"/personnes/{called(site, 'Zoé Neuve')}").status == 200, done.text)
    check("she can hide it", zoe.post("/moi/fiche/etat", jeton=token_of(zoe.ask("/moi")),
                                      faire="retirer").status == 303 and
          site.page(f"/personnes/{called(site, 'Zoé Neuve')}").status == 404)
    check("and show it again", zoe.post("/moi/fiche/etat", jeton=token_of(zoe.ask("/moi")),
                                        faire="publier").status == 303 and
          site.page(f"/personnes/{called(site, 'Zoé Neuve')}").status == 200)


def tell_time(site):
    site.advance(days=11)
    check("who was silent for ten days is reminded", mail_to(site, "sami@", "dernier mot"))
    site.advance(days=5)
    check("once", not mail_to(site, "sami@", "dernier mot", 2, 1))
    site.advance(days=175)
    person = called(site, "Inès Accepte")
    mail = mail_to(site, "ines@", "actualité")
    check("after six months she is asked whether her card is still right", mail and
          "souder un dragon" in parts(mail)[0])
    check("her card says that it is to be confirmed",
          "à actualiser" in site.page(f"/personnes/{person}").text)
    ines, link = Browser(site), link_in(mail, "fiche")
    page = ines.ask(link)
    check("the link asks one question", "Oui, tout est à jour" in page.words("button"))
    check("one click confirms", ines.post(link, faire="confirmer").status == 303 and
          "fiche confirmée aujourd’hui" in site.page(f"/personnes/{person}").text)
    check("nobody is asked twice for the same age", not mail_to(site, "ines@", "actualité", 2, 1))
    site.advance(days=730)
    check("after two years without a word the card is hidden",
          site.page(f"/personnes/{person}").status == 404)
    ines = come_in(site, "ines@example.org")
    mine = ines.ask("/moi")
    check("her page says so", "Masquée, faute" in mine.text, mine.text)
    ines.post("/moi/fiche/etat", jeton=token_of(mine), faire="confirmer")
    check("confirmed, it comes back", site.page(f"/personnes/{person}").status == 200 and
          soon(lambda: is_found(site, "dragon", "Inès")))


with Site(clock=True) as served:
    tell_import(served)
    responsible, member = come_in(served, "chef@example.org"), come_in(served, "membre@example.org")
    write(served, "INSERT INTO role (id, account_id, kind, structure_id, granted_at) SELECT 9001, a.id, "
                  "1, s.id, 0 FROM account a, structure s WHERE a.email = 'chef@example.org' "
                  "AND s.key = 'elan-vercors'")
    tell_inviting(served, responsible, member)
    tell_accepting(served)
    tell_correcting(served)
    tell_declining(served)
    tell_visibility(served, responsible, member)
    tell_own_card(served)
    tell_time(served)
check.end()
