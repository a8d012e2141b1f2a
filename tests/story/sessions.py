#!/usr/bin/env python3
"""Having a place in a session: registering by mail and signed in, the waitlist, the seat that is
freed, held, taken, passed on. The clock is moved. Speaks TAP."""
import re

from serving import Browser, Site, Steps
from sessions_shared import body, come_in, letter, letters, path_in, register, token

check = Steps()


def session_id(site, title):
    return next(each["id"] for page in (1, 2, 3)
                for each in site.json(f"/seances?page={page}")["sessions"] if each["title"] == title)


def tell_register(site, free):
    page = site.page(f"/seances/{free}")
    check("whoever has not come in is asked for a name, an address and dates",
          page.all("input", name="nom") and page.all("input", name="email") and
          len(page.all("input", name="dates")) == 2, page.text)
    dates = [each[0]["value"] for each in page.all("input", name="dates")]
    wrong = Browser(site).post(f"/seances/{free}/inscription", nom="", email="a@example.org", dates=dates)
    check("without a name: told beside the field, and what was typed is kept",
          wrong.status == 422 and wrong.all("input", id="name", aria_invalid="true") and
          wrong.all("input", name="email", value="a@example.org"), wrong.text)
    wrong = Browser(site).post(f"/seances/{free}/inscription", nom="Ada", email="a@example.org")
    check("without a date: told", wrong.status == 422 and wrong.all("fieldset", id="dates") and
          wrong.words("span", id="dates-wrong"), wrong.text)
    wrong = Browser(site).post(f"/seances/{free}/inscription", nom="Ada", email="ada", dates=dates)
    check("what is no address: told", wrong.status == 422, wrong.text)
    place, path = register(site, free, "Ada Lovelace", "ada@example.org", dates=dates[:1])
    check("one click in the mail, and she has a seat",
          place.status == 200 and "Vous avez une place" in place.text, place.text)
    mail = letter(site, "ada@example.org", "Votre place")
    check("a mail says so, with the threshold and the day of the decision",
          mail and "à partir de 4 personnes" in body(mail) and "Décision le" in body(mail), body(mail))
    check("the date is not chosen yet: no calendar file goes with it",
          mail and not [part for part in mail.walk() if part.get_content_type() == "text/calendar"])
    ticked = [each[0]["value"] for each in place.all("input", name="dates") if "checked" in each[0]]
    suits = [int(count) for count in re.findall(r"convient à (\d+)\s+personne", place.text)]
    check("her date is ticked, and counted: who ticked none comes at any",
          ticked == dates[:1] and suits[0] == suits[1] + 1, (ticked, suits))
    browser = Browser(site)
    browser.post(path, geste="dates", dates=dates)
    check("she changes her dates", len([1 for each in browser.ask(path).all("input", name="dates")
                                        if "checked" in each[0]]) == 2)
    check("no date is no choice", browser.post(path, geste="dates").status == 422)
    check("another gesture is refused", browser.post(path, geste="sauter").status == 400)
    again, _ = register(site, free, "Ada Lovelace", "ada@example.org", dates=dates)
    check("registering again changes nothing else", "Vous avez une place" in again.text and
          len(letters(site, "ada@example.org", "Votre place")) == 1)
    check("nothing is done by looking at a made-up link",
          browser.ask("/place/" + 43 * "x").status == 410 and
          browser.post("/place/" + 43 * "x", geste="quitter").status == 410)
    left = browser.post(path, geste="quitter")
    check("she gives her seat back", left.status == 303 and
          "Vous n’avez pas de place" in browser.ask(path).text and
          letter(site, "ada@example.org", "Place rendue"))
    check("only once", browser.post(path, geste="quitter").status == 409)


def tell_one_click(site, free):
    nora = come_in(site, "nora@example.org")
    page = nora.ask(f"/seances/{free}")
    check("who has come in is not asked for her address",
          not page.all("input", name="email") and page.all("input", name="nom"), page.text)
    dates = [each[0]["value"] for each in page.all("input", name="dates")]
    check("a form without her token is refused",
          nora.post(f"/seances/{free}/inscription", nom="Nora", dates=dates).status == 403)
    done = nora.post(f"/seances/{free}/inscription", nom="Nora Ney", dates=dates, jeton=token(page))
    page = nora.ask(done.location)
    check("she is registered at once", done.status == 303 and "Vous avez une place" in page.text, page.text)
    check("next time her name is known", not nora.ask(f"/seances/{free}").all("input", name="nom"))
    nora.post(f"/seances/{free}/ma-place", geste="quitter", jeton=token(page))
    check("and she leaves from the same page",
          nora.ask(f"/seances/{free}").all("section", aria_labelledby="inscription"))


def tell_waitlist(site, full):
    dates = []
    first, _ = register(site, full, "Lise Un", "lise@example.org", dates=dates)
    second, path_second = register(site, full, "Omar Deux", "omar@example.org", dates=dates)
    rank = int(first.text.split("au rang ")[1].split(" ")[0])
    check("a full session has a waitlist, in order of arrival",
          f"au rang {rank + 1} " in second.text and "48 heures" in second.text, second.text)
    check("and a mail that says what it means", "au rang" in body(letter(site, "omar@example.org", "attente")))
    return path_second


def seats_of(site, full):
    return site.json(f"/seances/{full}")["session"]["seats_free"]


def tell_freed(site):
    """A session of two seats: made full, one leaves, the seat is held, passed on, taken."""
    small = session_id(site, "Sécurité à la dégauchisseuse")
    dates = [each[0]["value"] for each in site.page(f"/seances/{small}").all("input", name="dates")]
    places = []
    for n in range(5):
        places.append(register(site, small, f"Prénom {n}", f"p{n}@example.org", dates=dates))
    seated = [path for page, path in places if "Vous avez une place" in page.text]
    waiting = [(n, path) for n, (page, path) in enumerate(places) if "au rang" in page.text]
    check("two seats are left, three people wait", len(seated) == 2 and len(waiting) == 3,
          [page.text for page, _ in places])
    browser = Browser(site)
    browser.post(seated[0], geste="quitter")
    n, path = waiting[0]
    held = letter(site, f"p{n}@example.org", "Une place se libère")
    check("the first in line is told, and until when", "Elle vous est réservée jusqu’au" in body(held), body(held))
    check("nobody else gets it meanwhile", seats_of(site, small) == 0)
    check("the second in line cannot take it", browser.post(waiting[1][1], geste="prendre").status == 409)
    page = browser.ask(path_in(body(held), "/place/"))
    check("her page offers it", page.words("button", value="prendre") == ["Prendre cette place"], page.text)
    site.advance(hours=49)
    passed = letter(site, f"p{n}@example.org", "passée à la personne suivante")
    check("after 48 h it is passed on, and she is told", passed)
    check("too late to take it", browser.post(path, geste="prendre").status == 409)
    n, path = waiting[1]
    check("the next one is told", letter(site, f"p{n}@example.org", "Une place se libère"))
    check("she takes it", browser.post(path, geste="prendre").status == 303 and
          "Vous avez une place" in browser.ask(path).text)
    browser.post(waiting[2][1], geste="quitter")
    check("the third leaves the line", "Vous n’avez pas de place" in browser.ask(waiting[2][1]).text)


def tell_giver(site, session):
    giver, address = Browser(site), "nadege.tirardcollet@example.com"
    dates = [each[0]["value"] for each in site.page(f"/seances/{session}").all("input", name="dates")]
    giver.post(f"/seances/{session}/inscription", nom="Nadège", email=address, dates=dates)
    before = seats_of(site, session)
    told = giver.post(path_in(body(letter(site, address, "Un clic")), "/confirmer/"))
    check("who gives a session takes no place in it", told.status == 409 and
          "les places sont pour les autres" in told.text and seats_of(site, session) == before, told.text)


with Site(clock=True) as served:
    free_one = session_id(served, "Poser ses premières plaques")
    full_one = session_id(served, "Affûter pour de bon")
    tell_giver(served, free_one)
    tell_register(served, free_one)
    tell_one_click(served, free_one)
    tell_waitlist(served, full_one)
    tell_freed(served)
check.end()
