#!/usr/bin/env python3
"""Who is near: distances between communes of the configuration, in searches and in plans. Speaks TAP."""
import json
import math
import os
import sqlite3

from serving import Site, Steps

check = Steps()
CONFIG = """data: "FOLDER/data"
territory:
  communes:
    - Nulle-Part
    - {name: "Grenoble", latitude: 45.19, longitude: 5.73}
    - {name: "echirolles", latitude: 45.14, longitude: 5.72}
    - {name: "Voiron", latitude: 45.36, longitude: 5.59}
    - {name: "Fontaine", latitude: 45.19, longitude: 5.69}
    - {name: "Mens", latitude: 44.82, longitude: 5.75}
"""
PLACES = {"Grenoble": (45.19, 5.73), "Échirolles": (45.14, 5.72), "Voiron": (45.36, 5.59),
          "Fontaine": (45.19, 5.69), "Mens": (44.82, 5.75)}


def km(a, b):
    """By the angle between two directions from the middle of the earth: another way than the program's."""
    def direction(place):
        up, along = (math.radians(part) for part in place)
        return math.cos(up) * math.cos(along), math.cos(up) * math.sin(along), math.sin(up)
    return 6371 * math.acos(min(1, sum(x * y for x, y in zip(direction(a), direction(b)))))


with Site(config=CONFIG) as site:
    asked = "/recherche.json?q=faire un devis&pres=MENS"
    people = [one for one in site.json(asked)["people"] if not one["is_far"]]
    told = {one["commune"]: one.get("km", 0) for one in people if one["commune"] in PLACES}
    right = {name: math.ceil(km(PLACES["Mens"], PLACES[name])) for name in told}
    check("kilometres are those of the map", len(told) >= 2 and told == right, (told, right))
    order = [told.get(one["commune"], math.inf) for one in people]
    check("the nearest come first, those whose place nobody knows last", order == sorted(order), order)
    check("who lives somewhere unknown has no distance",
          all("km" not in one for one in people if one["commune"] not in PLACES))
    page = site.page("/recherche?q=faire un devis&pres=Voiron")
    check("the page says how far", any(", à " in words and " km" in words for words in
                                        page.words("li", class_="person")), page.words("li", class_="person")[:2])
    check("and what it is ordered by, to be taken off", "au plus près de : Voiron" in page.text.replace("\u00a0", " "))
    check("the communes of the configuration can be chosen", '<option value="Voiron" selected>' in page.text)
    nowhere = site.json("/recherche.json?q=faire un devis&pres=Atlantide")["people"]
    check("a commune nobody knows changes no answer", len(nowhere) > 0 and not any("km" in one for one in nowhere))
    said = json.loads(site.run("search", "--near", "voiron", "--json", "--", "faire", "un", "devis"))["people"]
    check("the command says it too", [one["km"] for one in said[:1]] == [0.0] and
          said == sorted(said, key=lambda one: (one["is_far"], math.ceil(one.get("km", 1e9)), -one["score"])),
          [one.get("km") for one in said])

    def farthest():
        """Of those whose place is known, how far who is served comes, in all plans."""
        base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"))
        homes = dict(base.execute("SELECT id, commune FROM person"))
        base.close()
        ways = []
        for pole in ("batiment", "alimentation", "vente-et-communication"):
            for session in json.loads(site.run("plan", "--pole", pole, "--rounds", "200", "--json"))["sessions"]:
                ways += [km(PLACES[homes[one["person_id"]]], PLACES[session["commune"]]) for one in session["serves"]
                         if homes[one["person_id"]] in PLACES and session["commune"] in PLACES]
        return ways

    before = farthest()
    check("plans serve people", len(before) >= 5, before)
    check("nobody is on the way for more than an hour", max(before) <= 50 * 45 / 60, before)
    path = os.path.join(site.folder.name, "site.yaml")
    with open(path, "a", encoding="utf-8") as file:
        file.write("plan:\n  way_most: 15\n")
    check("nor for longer than the configuration allows", max(farthest(), default=0) <= 5 * 45 / 60)
check.end()
