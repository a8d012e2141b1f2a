#!/usr/bin/env python3
"""Proposing a session: from needs, from nothing; dates as people type them, the hour that spring
jumps over; rooms with their hours, nobody's twice; co-trainers who are asked first. Speaks TAP."""
import datetime
import sqlite3

from serving import Browser, Site, Steps
from sessions_shared import body, come_in, letter, path_in, register, token

check = Steps()
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre"]


def day(site, days, number=1, begins="18h", ends="20h30"):
    at = datetime.datetime.fromtimestamp(site.now() + days * 86400)
    return {f"jour{number}": at.day, f"mois{number}": MONTHS[at.month - 1],
            f"annee{number}": at.year, f"de{number}": begins, f"a{number}": ends}


def weekday(site, days):
    return datetime.datetime.fromtimestamp(site.now() + days * 86400).isoweekday()


def tell_mistakes(site, amal):
    page = amal.ask("/seances/nouvelle")
    jeton = token(page)
    check("the form has a title, three dates, a place, and asks her name",
          page.all("input", name="titre") and page.all("input", name="jour3") and
          page.all("input", name="nom"), page.text)
    wrong = amal.post("/seances", jeton=jeton, titre="", ou="ailleurs", lieu="", places="0", seuil="zéro",
                      nom="Amal B.", **day(site, 9, begins="ce soir"))
    told = wrong.all("div", class_="mistakes")
    check("every mistake is told beside its field, values kept, nothing saved",
          wrong.status == 422 and told and wrong.all("input", name="nom", value="Amal B.") and
          all(wrong.all("span", id=f"{name}-wrong") for name in
              ("title", "date1", "place", "seats", "threshold")), wrong.text)
    spring = amal.post("/seances", jeton=jeton, nom="Amal B.", titre="De nuit", ou="ailleurs", lieu="Ici",
                       jour1="28", mois1="mars", annee1="2027", de1="2h30", a1="5h")
    check("the hour that spring jumps over is refused in words",
          spring.status == 422 and "passe de 2 h à 3 h" in spring.text.replace("\u00a0", " "), spring.text)
    past = amal.post("/seances", jeton=jeton, nom="Amal B.", titre="Hier", ou="ailleurs", lieu="Ici",
                     **day(site, -2))
    check("a day that is over is refused", past.status == 422 and "à venir" in past.text)
    return jeton


def tell_needs(site, amal, jeton):
    need = site.json("/besoins")["needs"][0]
    page = amal.ask(f"/seances/nouvelle?besoin={need['id']}")
    check("from a need the title is filled in and the need ticked",
          page.all("input", name="besoin", value=str(need["id"])) and page.all("input", id="title")[0][0]["value"])
    done = amal.post("/seances", jeton=jeton, nom="Amal Benali", besoin=need["id"], titre="Faire un devis",
                     ou="ailleurs", lieu="Atelier du canal", commune="Fontaine", places="2", seuil="1",
                     **day(site, 12), **day(site, 19, 2, "1430", "16:45"))
    check("it is proposed", done.status == 303 and done.location.endswith("?proposee=1"), done.text)
    number = int(done.location.split("/seances/")[1].split("?")[0].split("-")[0])
    page = amal.ask(done.location)
    session = site.json(f"/seances/{number}")["session"]
    check("its page shows two dates, the place and who shows, and that it has just been proposed",
          len(session["dates"]) == 2 and session["place"] == "Atelier du canal" and
          "Amal Benali" in page.text and "viennent de recevoir" in page.text, page.text)
    check("the need is grouped", site.json(f"/besoins/{need['id']}")["need"]["state"] == "grouped")
    check("those who asked come first, and the page says until when", "priority_until" in session)
    dates = [str(each["starts_at"]) for each in session["dates"]]
    place, _ = register(site, number, "Zoé", "zoe@example.org", dates=dates)
    check("who had not asked waits until then, and is told why",
          "au rang 1" in place.text and "avaient demandé" in place.text, place.text)
    site.advance(hours=49)
    check("afterwards she is seated by herself", letter(site, "zoe@example.org", "Votre place"))


def tell_tied(site, amal, jeton):
    stated = Browser(site).post("/besoins", texte="reconnaître les lichens", email="tia@example.org")
    need = int(stated.location.split("/besoins/")[1].split("-")[0].split("?")[0])
    done = amal.post("/seances", jeton=jeton, nom="Amal Benali", besoin=need, titre="Lichens", ou="ailleurs",
                     lieu="Au bois", commune="Fontaine", places="3", seuil="1", **day(site, 12))
    number = int(done.location.split("/seances/")[1].split("?")[0].split("-")[0])
    records = sqlite3.connect(site.data + "/etabli.sqlite", timeout=10)
    last = records.execute("SELECT MAX(number) FROM change").fetchone()[0]
    register(site, number, "Tia", "tia@example.org")
    noted = [row[0] for row in records.execute(
        "SELECT thing_id FROM change WHERE thing = 2 AND number > ?", (last,))]
    author = records.execute("SELECT person_id FROM need WHERE id = ?", (need,)).fetchone()[0]
    check("who registers for what she asked for is its author, and only that need is noted",
          author and need in noted and 0 not in noted, (author, need, noted))
    records.close()


def tell_from_skill(site, amal):
    skill = site.json("/competences")["skills"][0]
    page = site.page(skill["url"])
    link = [each for each in page.links() if "/seances/nouvelle?" in each]
    check("the page of a skill leads to proposing a session", link, page.text)
    form = amal.ask(link[0])
    check("with title and skill filled in", form.all("input", id="title", value=skill["title"]) and
          form.all("input", id="skill", value=skill["title"]), form.text)


def tell_rooms(site):
    key = site.json("/structures")["structures"][0]["url"].split("/")[-1]
    other = site.json("/structures")["structures"][1]["url"].split("/")[-1]
    chief = come_in(site, "chef@example.org")
    check("a stranger may not describe rooms", chief.ask(f"/structures/{key}/salles").status == 403)
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        account = records.execute("SELECT id FROM account WHERE email='chef@example.org'").fetchone()[0]
        structure = records.execute("SELECT id FROM structure WHERE key=?", (key,)).fetchone()[0]
        records.execute("INSERT INTO role VALUES (9001, ?, 1, ?, 1, NULL)", (account, structure))
    page = chief.ask(f"/structures/{key}/salles")
    jeton = token(page)
    check("its manager may, another structure’s not", page.status == 200 and
          chief.ask(f"/structures/{other}/salles").status == 403)
    hours = {f"de{n}": "9h" for n in range(1, 8)} | {f"a{n}": "21h" for n in range(1, 8)}
    wrong = chief.post(f"/structures/{key}/salles", jeton=jeton, nom="Grande salle", capacite="beaucoup", **hours)
    check("a wrong capacity is told", wrong.status == 422 and wrong.all("span", id="capacity-wrong"), wrong.text)
    wrong = chief.post(f"/structures/{key}/salles", jeton=jeton, nom="Grande salle", capacite="10",
                       de1="18h", a1="9h")
    check("wrong hours are told", wrong.status == 422 and wrong.all("span", id="hours-wrong"), wrong.text)
    done = chief.post(f"/structures/{key}/salles", jeton=jeton, nom="Grande salle", capacite="10",
                      materiel="Établis, vidéoprojecteur", plain_pied="1", commune="Mens", **hours)
    check("a room is described", done.status == 303 and
          "Grande salle" in chief.ask(f"/structures/{key}/salles").text)
    mine, seen = chief.ask(f"/structures/{key}"), site.page(f"/structures/{key}")
    check("the page of the structure shows its rooms to all, and leads its manager to them", all(
        "Grande salle" in page.text and "jusqu’à 10 personnes" in page.text for page in (mine, seen)) and
        any(link.endswith("/salles") for link in mine.links()) and
        any(link.endswith("/salles") for link in chief.ask(f"/structures/{key}/bureau").links()) and
        not any(link.endswith("/salles") for link in seen.links()), mine.text)
    return chief, jeton, key


def tell_booking(site, chief, jeton, key):
    page = chief.ask("/seances/nouvelle")
    room = page.all("input", name="salle")[0][0]["value"]
    check("whoever proposes sees its capacity, access and equipment",
          "jusqu’à 10 personnes" in page.text and "de plain-pied" in page.text and "vidéoprojecteur" in page.text)
    base = dict(jeton=jeton, nom="La Cheffe", ou="salle", salle=room)
    many = chief.post("/seances", titre="Trop nombreux", places="11", **base, **day(site, 20))
    check("it holds no more than it holds", many.status == 409 and many.all("span", id="seats-wrong"), many.text)
    late = chief.post("/seances", titre="Trop tard", **base, **day(site, 20, begins="20h", ends="22h"))
    check("it is closed at night", late.status == 409 and "fermée" in late.text, late.text)
    one = chief.post("/seances", titre="Première", **base, **day(site, 20))
    check("the first session has it", one.status == 303, one.text)
    two = chief.post("/seances", titre="Deuxième", **base, **day(site, 20, begins="20h", ends="21h"))
    check("the second does not, and the first is named",
          two.status == 409 and "Première" in two.text and two.all("span", id="room-wrong"), two.text)
    after = chief.post("/seances", titre="Troisième", **base, **day(site, 20, begins="20h30", ends="21h"))
    check("one right after the other is fine", after.status == 303, after.text)
    page = chief.ask(f"/structures/{key}/salles?salle={room}")
    check("its form is filled in", page.all("input", id="name", value="Grande salle") and
          page.all("input", name="a7", value="21h"), page.text)
    kept = chief.post(f"/structures/{key}/salles", jeton=jeton, salle=room, retirer="1")
    check("a room with sessions to come is not removed", kept.status == 409, kept.text)


def tell_together(site, amal, jeton):
    done = amal.post("/seances", jeton=jeton, titre="À deux voix", ou="en-ligne", lien="https://visio.example.org/salle",
                     avec="karim@example.org", **day(site, 15))
    check("online, with someone else", done.status == 303, done.text)
    page = done.location.split("?")[0]
    check("where to connect is not shown to everyone", "visio.example.org" not in site.page(page).text)
    asked = letter(site, "karim@example.org", "Animer une séance avec Amal Benali")
    link = path_in(body(asked), "/co-animation/")
    karim = Browser(site)
    check("he is not shown before he has answered", link and karim.ask(link).status == 200 and
          "Karim" not in site.page(page).text)
    check("a name is asked", karim.post(link, reponse="oui", nom="").status == 422)
    check("he says yes once, and is shown", karim.post(link, reponse="oui", nom="Karim Diallo").status == 303 and
          "Karim Diallo" in site.page(page).text and karim.post(link, reponse="oui").status == 410)
    number = int(page.split("/seances/")[1].split("-")[0])
    _, path = register(site, number, "Inès", "ines@example.org")
    check("who has a seat sees where to connect, on her page and in her mail",
          "visio.example.org" in Browser(site).ask(path).text and
          "visio.example.org" in body(letter(site, "ines@example.org", "Votre place")))
    mail = letter(site, "ines@example.org", "Votre place")
    calendar = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    check("a single date is a calendar file in her mail", calendar and
          "BEGIN:VEVENT" in calendar[0].get_content())


def tell_refusal(site, amal, jeton):
    done = amal.post("/seances", jeton=jeton, titre="Seule finalement", ou="ailleurs", lieu="Ici",
                     avec="non@example.org", **day(site, 16))
    page = done.location.split("?")[0]
    link = path_in(body(letter(site, "non@example.org", "Animer une séance")), "/co-animation/")
    said = Browser(site).post(link, reponse="non")
    check("who declines to give it too is not shown, and is asked once", said.status == 303 and
          len(site.json(page)["session"].get("others_who_show", [])) == 1 and
          Browser(site).post(link, reponse="oui", nom="Non").status == 410)


def tell_circle(site, amal, jeton):
    done = amal.post("/seances", jeton=jeton, titre="Cercle des devis", ou="ailleurs", lieu="Ici", places="6",
                     seuil="2", format="cercle", **day(site, 17))
    page = done.location.split("?")[0]
    number = int(page.split("/seances/")[1].split("-")[0])
    shown = site.page(page)
    check("a circle has no trainer: people learn from each other", done.status == 303 and
          "sans formateur" in shown.text and
          "Amal Benali" not in shown.text, shown.text)
    register(site, number, "Noé", "noe@example.org")
    run = f"/seances/{number}/conduite"
    check("who proposed it runs it all the same, and registers like anyone", amal.ask(run).status == 200 and
          amal.post(f"{page}/inscription".replace(page, f"/seances/{number}"), jeton=jeton).status == 303)
    start = site.json(f"/seances/{number}")["session"]["dates"][0]["starts_at"]
    amal.post(run, jeton=jeton, geste="confirmer", date=start)
    check("everyone is told that it takes place", letter(site, "noe@example.org", "Elle a lieu") and
          "Cercle" in str(letter(site, "amal@example.org", "Elle a lieu")["Subject"]))
    site.advance(seconds=start - site.now() + 600)
    boxes = amal.ask(f"/seances/{number}/emargement").all("input", name="present")
    ticked = amal.post(f"/seances/{number}/emargement", jeton=jeton, present=[each[0]["value"] for each in boxes])
    site.advance(hours=5)
    check("they tick themselves, and the two questions go to all who came", len(boxes) == 2 and
          ticked.status == 303 and letter(site, "noe@example.org", "Deux questions") and
          letter(site, "amal@example.org", "Deux questions"))


with Site(clock=True) as served:
    amal_b = come_in(served, "amal@example.org")
    form_token = tell_mistakes(served, amal_b)
    tell_needs(served, amal_b, form_token)
    tell_tied(served, amal_b, form_token)
    tell_from_skill(served, amal_b)
    tell_booking(served, *tell_rooms(served))
    tell_together(served, amal_b, form_token)
    tell_refusal(served, amal_b, form_token)
    tell_circle(served, amal_b, form_token)
check.end()
