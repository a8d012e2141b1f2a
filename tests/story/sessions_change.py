#!/usr/bin/env python3
"""A session that changes after it was proposed or confirmed: title, words, dates, place, seats, threshold,
day of the decision. Those concerned are told what changed, and their calendars follow. Speaks TAP."""
import datetime
import re
import sqlite3

from serving import Browser, Site, Steps, plain, soon
from sessions_shared import body, come_in, letter, letters, register, token

check = Steps()


def day(site, days, number=1, begins="18h", ends="20h"):
    at = datetime.datetime.fromtimestamp(site.now() + days * 86400)
    return {f"jour{number}": str(at.day), f"mois{number}": str(at.month), f"annee{number}": str(at.year),
            f"de{number}": begins, f"a{number}": ends}


def propose(site, browser, jeton, **fields):
    given = dict(jeton=jeton, nom="Amal Benali", ou="ailleurs", lieu="Atelier du canal", commune="Mens")
    done = browser.post("/seances", **{**given, **fields})
    return int(done.location.split("/seances/")[1].split("?")[0].split("-")[0]) if done.status == 303 else 0


def session(site, number):
    return site.json(f"/seances/{number}")["session"]


def typed(page):
    """What the form holds, as a browser would send it back."""
    fields = {}
    for kind in ("input", "textarea"):
        for attributes, words in page.all(kind):
            name = attributes.get("name")
            if not name or attributes.get("type") in ("checkbox", "radio") and "checked" not in attributes:
                continue
            fields[name] = words if kind == "textarea" else attributes.get("value", "")
    return {name: value for name, value in fields.items() if name not in ("q", "langue")}


def change(browser, number, **fields):
    return browser.post(f"/seances/{number}/modifier",
                        **{**typed(browser.ask(f"/seances/{number}/modifier")), **fields})


def calendar(mail):
    for part in mail.walk() if mail else []:
        if part.get_content_type() == "text/calendar":
            return part.get_content().replace("\r\n", "\n").replace("\n ", "")
    return ""


def line(text, name):
    return re.search(rf"^{name}[:;](.*)$", text, re.M).group(1)


def told(mail):
    return plain(body(mail).replace("\u00a0", " ").replace("\u202f", " "))


def tell_who(site, amal, jeton):
    number = propose(site, amal, jeton, titre="Qui la change", **day(site, 20))
    path = f"/seances/{number}/modifier"
    stranger = come_in(site, "curieux@example.org")
    check("only who gives it, keeps its pole or administers changes it",
          stranger.ask(path).status == 403 and Browser(site).ask(path).status == 303 and
          amal.ask(path).status == 200 and stranger.post(path, titre="À moi").status == 403)
    page = amal.ask(f"/seances/{number}/conduite")
    check("the page that runs it leads there", [each for each in page.links() if path in each], page.text)
    fields = typed(amal.ask(path))
    check("the form holds what it is", fields.get("titre") == "Qui la change" and fields.get("de1") == "18h" and
          fields.get("lieu") == "Atelier du canal" and fields.get("places") == "8", fields)
    register(site, number, "Une", "une@example.org")
    letter(site, "une@example.org", "Votre place")
    before = len(letters(site, "une@example.org"))
    same = amal.post(path, **fields)
    check("sent as it is, nothing is changed and nobody is told", same.status == 303 and
          "rien n’a changé" in amal.ask(same.location).text.lower() and
          len(letters(site, "une@example.org")) == before,
          (same.status, fields, site.json(f"/seances/{number}")["session"], same.text))


def tell_confirmed(site, amal, jeton):
    number = propose(site, amal, jeton, titre="Poser du placo", places="2", seuil="1", **day(site, 20))
    register(site, number, "Béa", "bea@example.org")
    register(site, number, "Cid", "cid@example.org")
    register(site, number, "Dan", "dan@example.org")
    amal.post(f"/seances/{number}/conduite", jeton=jeton, geste="confirmer",
              date=session(site, number)["dates"][0]["starts_at"])
    first = calendar(letter(site, "bea@example.org", "Elle a lieu"))
    fewer = change(amal, number, places="1")
    check("never fewer seats than people seated: told beside the field, values kept", fewer.status == 422 and
          fewer.all("span", id="seats-wrong") and fewer.all("input", id="seats", value="1") and
          session(site, number)["seats"] == 2, fewer.text)
    many = change(amal, number, titre="", de1="ce soir")
    check("every mistake is told", many.status == 422 and many.all("span", id="title-wrong") and
          many.all("span", id="date1-wrong"), many.text)
    moved = change(amal, number, titre="Poser et jointoyer du placo", **day(site, 21, 1, "19h", "21h30"))
    mail = letter(site, "bea@example.org", "Autre date")
    words, second = told(mail), calendar(mail)
    check("another date and title: everyone is told what it was and what it is", moved.status == 303 and
          "19 h" in words and "18 h" in words and "« Poser du placo »" in words and
          "« Poser et jointoyer du placo »" in words, words)
    check("and the calendar moves the same event: REQUEST, same UID, higher SEQUENCE, new start",
          "METHOD:REQUEST" in second and line(second, "UID") == line(first, "UID") and
          int(line(second, "SEQUENCE")) > int(line(first, "SEQUENCE")) and
          line(second, "DTSTART") != line(first, "DTSTART") and second.count("BEGIN:VEVENT") == 1, second)
    check("who gives it has it in her calendar too",
          "METHOD:REQUEST" in calendar(letter(site, "amal@example.org", "Autre date")))
    check("who waits is told without a calendar file", not calendar(letter(site, "dan@example.org", "Autre date")))
    check("it stays confirmed, at the one new date", session(site, number)["state"] == "confirmed" and
          len(session(site, number)["dates"]) == 1, session(site, number))
    more = change(amal, number, places="3")
    check("one seat more is offered to who waits, and who is seated hears nothing of it", more.status == 303 and
          letter(site, "dan@example.org", "Une place") and
          not letters(site, "bea@example.org", "Changement"))
    elsewhere = change(amal, number, lieu="Halle aux grains", commune="Die", acces="Rampe côté cour")
    words = told(letter(site, "bea@example.org", "Autre lieu"))
    check("another place", elsewhere.status == 303 and "Halle aux grains" in words and
          "Atelier du canal" in words and "Rampe côté cour" in words, words)
    change(amal, number, description="Apportez des gants.")
    words = told(letter(site, "bea@example.org", "Changement"))
    check("other words", "Apportez des gants." in words, words)
    online = change(amal, number, ou="en-ligne", lien="https://visio.example.org/placo")
    mail = letter(site, "cid@example.org", "Autre lieu", 2)
    check("online: who has a seat is told where to connect, nobody else", online.status == 303 and
          "visio.example.org" in told(mail) and "visio.example.org" in calendar(mail) and
          "visio.example.org" not in told(letter(site, "dan@example.org", "Autre lieu", 2)), told(mail))
    start = session(site, number)["dates"][0]["starts_at"]
    site.advance(seconds=start - site.now() - 29 * 3600)
    check("the reminders follow the new date", "21 h 30" in told(letter(site, "bea@example.org", "Bientôt")))
    site.advance(seconds=30 * 3600)
    late = amal.ask(f"/seances/{number}/modifier")
    check("once it has begun nothing is changed any more", late.status == 409, late.status)


def tell_proposed(site, amal, jeton):
    number = propose(site, amal, jeton, titre="Deux dates", places="5", seuil="3",
                     **day(site, 20), **day(site, 27, 2))
    dates = [str(each["starts_at"]) for each in session(site, number)["dates"]]
    register(site, number, "Eva", "eva@example.org", dates=dates[:1])
    register(site, number, "Fay", "fay@example.org", dates=dates)
    done = change(amal, number, **day(site, 22, 1, "9h", "11h"))
    check("one of the dates offered is replaced", done.status == 303 and
          dates[1] in [str(each["starts_at"]) for each in session(site, number)["dates"]], done.text)
    words, other = told(letter(site, "eva@example.org", "Autre date")), told(letter(site, "fay@example.org", "Autre date"))
    check("whom none of them suits any more is asked to choose again, the other is not",
          "choisissez" in words.lower() and "choisissez" not in other.lower(), words)
    done = change(amal, number, seuil="2")
    words = told(letter(site, "eva@example.org", "Changement"))
    check("another threshold", done.status == 303 and "2 personnes" in words and "3" in words, words)
    done = change(amal, number, **{key.replace("1", "0"): value for key, value in day(site, 15).items()
                                   if key[:2] != "de" and key != "a1"})
    words = told(letter(site, "eva@example.org", "Changement", 2))
    check("another day of the decision", done.status == 303 and "Décision" in words, words)
    wrong = change(amal, number, **{key.replace("1", "0"): value for key, value in day(site, 40).items()
                                    if key[:2] != "de" and key != "a1"})
    check("which is before the first date", wrong.status == 422 and wrong.all("span", id="decide-wrong"), wrong.text)
    done = change(amal, number, jour1="", mois1="", annee1="", de1="", a1="")
    check("one date is left: whom it does not suit gives her place back, and is told", done.status == 303 and
          letter(site, "eva@example.org", "Une autre date") and
          "METHOD:REQUEST" in calendar(letter(site, "fay@example.org", "Autre date", 2)), done.text)
    held = calendar(letter(site, "fay@example.org", "Autre date", 2))
    done = change(amal, number, **day(site, 29, 2))
    back = calendar(letter(site, "fay@example.org", "Autre date", 3))
    check("two are offered again: the event is taken back from calendars", done.status == 303 and
          "METHOD:CANCEL" in back and line(back, "UID") == line(held, "UID"), back)


def tell_room(site, amal, jeton):
    alone = amal.ask("/seances/nouvelle").text
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        structure = records.execute("SELECT id FROM structure ORDER BY id LIMIT 1").fetchone()[0]
        records.execute("INSERT INTO room VALUES (9100, ?, 'Petite salle', 'Mens', NULL, 6, NULL, 'Une marche', 0, 1)",
                        (structure,))
        for weekday in range(1, 8):
            records.execute("INSERT INTO room_window VALUES (9100, ?, ?, 480, 1320)", (weekday - 1, weekday))
    beside = amal.ask("/seances/nouvelle").text
    check("elsewhere is said beside rooms only", "Ailleurs" not in alone and "Sur place" in alone and
          "Ailleurs" in beside and "Sur place" not in beside, alone)
    taken = propose(site, amal, jeton, titre="La première", ou="salle", salle="9100", places="4", **day(site, 33))
    number = propose(site, amal, jeton, titre="La seconde", places="4", **day(site, 33))
    register(site, number, "Gil", "gil@example.org")
    two = change(amal, number, ou="salle", salle="9100")
    check("a room that is taken is refused, and who has it is named", taken and two.status == 409 and
          "La première" in two.text and two.all("span", id="room-wrong"), two.text)
    small = change(amal, number, ou="salle", salle="9100", places="9", **day(site, 34))
    check("so is one that is too small", small.status == 409 and small.all("span", id="seats-wrong"), small.text)
    done = change(amal, number, ou="salle", salle="9100", **day(site, 34))
    words = told(letter(site, "gil@example.org", "Autre date"))
    check("date and room at once: one mail", done.status == 303 and "Petite salle" in words and
          "Atelier du canal" in words, words)
    freed = change(amal, taken, **day(site, 34, 1, "14h", "16h"))
    check("the same room at another time", freed.status == 303 and
          session(site, taken)["place"] == "Petite salle", freed.text)


def tell_facilitator(site, amal, jeton):
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        address, key, pole = records.execute(
            "SELECT p.email, o.key, o.id FROM person p JOIN pole_facilitator f ON f.person_id = p.id "
            "JOIN pole o ON o.id = f.pole_id WHERE p.email IS NOT NULL ORDER BY o.id LIMIT 1").fetchone()
    number = propose(site, amal, jeton, titre="Suivie de près", pole=key, **day(site, 20))
    register(site, number, "Hal", "hal@example.org")
    keeper = come_in(site, address)
    done = change(keeper, number, titre="Suivie de très près")
    check("who keeps its pole changes it", done.status == 303 and
          letter(site, "hal@example.org", "Changement"), done.text)
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        row = records.execute("SELECT account_id, pole_id, detail FROM audit WHERE verb='change session' "
                              "ORDER BY id DESC LIMIT 1").fetchone()
    check("and the audit tells who, where and what", row and row[0] and row[1] == pole and
          f"session {number}" in row[2] and "title" in row[2] and "Suivie" not in row[2], row)


def tell_two(site, amal, jeton):
    """Two people have the form open; the second to send loses nothing, and neither does the first."""
    number = propose(site, amal, jeton, titre="À deux mains", places="8", **day(site, 20))
    path = f"/seances/{number}/modifier"
    mine, hers = typed(amal.ask(path)), typed(amal.ask(path))
    register(site, number, "Ida", "ida@example.org") # a registration is no change of the form
    amal.post(path, **{**mine, "titre": "À quatre mains", "lieu": "Halle aux grains"})
    second = amal.post(path, **{**hers, "titre": "À six mains", "description": "Apportez vos gants."})
    check("the second is told, and nothing is written yet", second.status == 409 and
          "modifié cette séance pendant votre saisie" in second.text and
          session(site, number)["title"] == "À quatre mains", second.text)
    form = typed(second)
    check("her words are kept; what she left is as the first made it", form["titre"] == "À six mains" and
          form["description"].strip() == "Apportez vos gants." and form["lieu"] == "Halle aux grains", form)
    words = plain(second.text)
    check("what stands now is said", "À quatre mains" in words and "Modifié entre-temps" in words, words)
    done = amal.post(path, **form)
    now = session(site, number)
    check("sent again, both are there", done.status == 303 and (now["title"], now["place"]) ==
          ("À six mains", "Halle aux grains") and "Apportez vos gants." in amal.ask(f"/seances/{number}").text,
          (done.text, now))


def tell_seats_of_trainers(site, amal, jeton):
    """Who comes to give a session she had a place in has none any more, and her place goes to the next."""
    def seated(number):
        with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
            return [name for name, in records.execute(
                "SELECT p.name FROM registration r JOIN person p ON p.id = r.person_id "
                "WHERE r.session_id = ? AND r.state = 0 ORDER BY r.created_at, p.id", (number,))]
    number = propose(site, amal, jeton, titre="En cercle", format="cercle", **day(site, 22))
    amal.post(f"/seances/{number}/inscription", jeton=jeton)
    before = seated(number)
    path = f"/seances/{number}/modifier"
    done = amal.post(path, **{**typed(amal.ask(path)), "format": "atelier"})
    check("a circle that becomes a workshop is given by who made it, who takes no place", before == ["Amal Benali"]
          and done.status == 303 and seated(number) == [], (before, done.status, seated(number)))
    number = propose(site, amal, jeton, titre="À deux voix", places="1", **day(site, 23))
    register(site, number, "Noé Voix", "noe@example.org")
    register(site, number, "Ida Suivante", "ida@example.org")
    before = seated(number)
    path = f"/seances/{number}/modifier"
    amal.post(path, **{**typed(amal.ask(path)), "avec": "noe@example.org"})
    link = soon(lambda: re.search(r"/co-animation/[\w-]+", body(letters(site, "noe@example.org", "")[-1])))
    Browser(site).post(link.group(0), nom="Noé Voix", reponse="oui")
    check("who agrees to give one leaves her place, and the next is offered it", before == ["Noé Voix"] and
          seated(number) == [] and letter(site, "ida@example.org", "place"), seated(number))


def tell_kind(site, amal, jeton):
    number = propose(site, amal, jeton, titre="Autre chose", **day(site, 20))
    path = f"/seances/{number}/modifier"
    fields = typed(amal.ask(path))
    done = amal.post(path, **{**fields, "niveau": "3", "format": "visite", "pole": "bois",
                              "avec": "kim@example.org, lou@example.org"})
    page = amal.ask(path)
    check("level, format and pole can be changed", done.status == 303 and
          "checked" in page.all("input", name="niveau", value="3")[0][0] and
          "checked" in page.all("input", name="format", value="visite")[0][0] and
          "selected" in page.all("option", value="bois")[0][0], page.text)
    amal.post(path, **{**typed(page), "pole": "textile"})
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=10) as records:
        poles = [row[0] for row in records.execute(
            "SELECT o.key FROM audit a JOIN pole o ON o.id = a.pole_id WHERE a.verb = 'change session' AND a.detail LIKE ?"
            " ORDER BY a.id", (f"session {number}:%",))]
    check("a move to another pole stands in the journal of both", poles == ["bois", "bois", "textile"], str(poles))
    link = re.search(r"/co-animation/[\w-]+", body(letter(site, "kim@example.org")))
    answer = Browser(site).post(link.group(0), nom="Kim Duo", reponse="oui")
    check("others are asked to give it with her, and join with a yes", answer.status == 303 and
          "Kim Duo" in amal.ask(f"/seances/{number}").text, answer.text)
    done = amal.post(path, **{**typed(amal.ask(path)), "niveau": ""})
    check("a level can be taken back", done.status == 303 and
          not session(site, number).get("level"), session(site, number))
    out = amal.ask(path).all("input", name="sans")
    done = amal.post(path, **typed(amal.ask(path)), sans=out[0][0]["value"])
    check("who gives it no more is taken out, and told", done.status == 303 and
          "Kim Duo" not in amal.ask(f"/seances/{number}").text and
          letter(site, "kim@example.org", "", 2), done.text)
    register(site, number, "Noé", "noe@example.org")
    kept = amal.post(path, **{**typed(amal.ask(path)), "competence": "Souder à l’arc"})
    check("the skill stays once somebody registered for it", kept.status == 422 and
          "inscrites pour cette compétence" in kept.text and not amal.ask(path).all("input", name="competence"),
          kept.text)


def tell_askers(site, amal, jeton):
    asker = Browser(site)
    stated = asker.post("/besoins", texte="apprendre à poser un store banne", email="zoe@example.org")
    need = re.search(r"/besoins/(\d+)", stated.location).group(1)
    number = propose(site, amal, jeton, titre="Poser un store", besoin=need, **day(site, 20))
    letter(site, "zoe@example.org", "store")
    change(amal, number, titre="Poser un store banne")
    change(amal, number, **day(site, 23))
    words = told(letter(site, "zoe@example.org", "Autre date"))
    check("who asked for it and has no place is told of another date, not of other words",
          "parce que vous l’aviez demandée" in words and
          not letters(site, "zoe@example.org", "Changement"), words)


with Site(clock=True) as served:
    amal_b = come_in(served, "amal@example.org")
    form_token = token(amal_b.ask("/seances/nouvelle"))
    tell_who(served, amal_b, form_token)
    tell_two(served, amal_b, form_token)
    tell_seats_of_trainers(served, amal_b, form_token)
    tell_kind(served, amal_b, form_token)
    tell_askers(served, amal_b, form_token)
    tell_proposed(served, amal_b, form_token)
    tell_room(served, amal_b, form_token)
    tell_facilitator(served, amal_b, form_token)
    tell_confirmed(served, amal_b, form_token)
check.end()
