#!/usr/bin/env python3
"""The page of results: filters that stay, reasons in words, counts, no dead end. Speaks TAP."""
import os
import re
import time

from serving import Site, Steps, query, soon

SHEET = """nom;structure;commune;titre;compétences;présentation;confirmée le
Ana Pilar;cordee-alpine;Voiron;Plaquiste;Monter des cloisons en zébrin (4)|comptes en zébrin (2 non-partage);;-100d
Bo Quist;;Voiron;;relevé de zébrin (3)|TVA;;-5d
Cam Rive;;Voiron;;chant;J’aime <b>les</b> zébus & un mot, zébrin.;-1d
Dee Sand;;Voiron;Zébrin;peindre des passages;;-0d
Eva Noll;;Voiron;;dresser un hibou en zébrin;;-800d
"""
check = Steps()


def hits(site, asked):
    return {person["name"]: person for person in site.json(asked)["people"]}


def card(page, name):
    """What stands on the card of that person."""
    found = [words for words in page.words("li", class_="person") if name in words]
    return found[0] if found else ""


def minutes(clock):
    """Of the day, from "18 h 30"."""
    hour, minute = re.match(r"(\d+)\u00a0h(?:\u00a0(\d+))?", clock).groups()
    return int(hour) * 60 + int(minute or 0)


def tell_filters(site):
    asked = "/recherche?q=poser du placo&pole=batiment&pole=bois&jour=1&jour=6"
    kept = [("q", "poser du placo"), ("pole", "batiment"), ("pole", "bois"),
            ("jour", "1"), ("jour", "6")]
    first = site.page(asked)
    next_page = (first.links(rel="next") + ["/"])[0]
    check("a filtered search with many results has a second page", next_page != "/", first.text)
    check("its address keeps the sentence and every filter",
          query(next_page) == kept + [("page", "2")], next_page)
    second = site.page(next_page)
    previous = (second.links(rel="prev") + ["/"])[0]
    check("and so does the way back", query(previous) == kept + [("page", "1")], previous)
    check("the number of the page is in its title", "Page 2" in second.words("title")[0])
    people = [p for page in (1, 2) for p in site.json(asked + f"&page={page}")["people"]]
    check("people of both pages are of the poles asked",
          len(people) > 3 and all({"/poles/batiment", "/poles/bois"} &
                                  {pole["url"] for pole in p["poles"]} for p in people), people)
    check("nobody stands on both", len({p["id"] for p in people}) == len(people))
    fewer = [kept[:i] + kept[i + 1:] for i in range(1, len(kept))]
    check("each filter has a link that drops it alone", 
          all(one in [query(link) for link in first.links()] for one in fewer), first.links())
    ticked = {(a["name"], a["value"]) for a, _ in first.all("input") if "checked" in a}
    check("what was chosen is ticked in the form", ticked == set(kept[1:]), ticked)
    other = site.json("/recherche?q=placo&niveau=9&jour=0&moment=x&pole=&page=abc")
    check("a filter that makes no sense is left out", other["filters"] == [] and other["people"])
    level = site.json("/recherche?q=poser du placo&niveau=4&niveau=1")
    check("the level asked is that of one skill at least", level["people"] and
          [f["key"] for f in level["filters"]] == ["4"] and
          all(max(s["level"] for s in p["skills"]) >= 4 for p in level["people"]), level)
    evening = [(p["name"], site.json(p["url"])["person"]["windows"]) for p in
               site.json("/recherche?q=réparer vendre coudre&jour=1&jour=2&moment=2")["people"]]
    check("a day and a time of day together: who is free then, or has not said when",
          any(windows for _, windows in evening) and all(
              not windows or any(w["day"] in ("lundi", "mardi") and minutes(w["to"]) > 18 * 60
                                 for w in windows) for _, windows in evening), evening)
    sooner = site.page("/recherche?q=réparer vendre coudre&tri=1")
    at = time.localtime(site.now())
    names = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

    def wait(person):
        """How many half-days until a time she named; 21 when she named none."""
        part = 0 if at.tm_hour < 12 else 1 if at.tm_hour < 18 else 2
        first = at.tm_wday * 3 + part
        free = {names.index(w["day"]) * 3 + p for w in person["windows"] for p in range(3)
                if minutes(w["from"]) < (720, 1080, 1440)[p] and minutes(w["to"]) > (0, 720, 1080)[p]}
        return next((i for i in range(21) if (first + i) % 21 in free), 21)
    # Several searches: at some hour of the week all that one finds are free at the same time.
    waits = [[wait(site.json(p["url"])["person"]) for p in site.json(f"/recherche?q={asked}&tri=1")["people"]
              if not p["is_far"]] for asked in ("réparer vendre coudre", "faire un devis", "poser du placo", "vendre")]
    check("who is free soonest comes first when that is asked",
          any(len(set(one)) > 1 for one in waits) and all(one == sorted(one) for one in waits), waits)
    check("the order is ticked, stays in the address, and can be dropped",
          {(a["name"], a["value"]) for a, _ in sooner.all("input") if "checked" in a} == {("tri", "1")} and
          any(query(link) == [("q", "réparer vendre coudre")] for link in sooner.links()), sooner.links())
    check("who has not come in is not offered her own commune",
          not sooner.all("input", name="tri", value="2"))
    far = site.page("/recherche?q=placo&page=900")
    check("a page past the end leads back",
          any(query(link) == [("q", "placo")] for link in far.links()), far.text)
    gone = "/recherche?q=zébrin&commune=Nulle-Part"
    check("nobody with a filter: how many without it, one click away",
          site.json(gone)["unfiltered_total"] == 4 and
          any(query(link) == [("q", "zébrin")] for link in site.page(gone).links()),
          site.page(gone).text)
    strict = "/recherche?q=tenir ma comptabilité&pole=batiment&commune=Grenoble"
    answer, everyone = site.json(strict), site.json("/recherche?q=tenir ma comptabilité")
    check("only far ones with a filter: the heading blames it, and those without it who are not far are counted",
          answer["person_total"] == 0 and answer["people"] and
          answer["unfiltered_total"] == everyone["person_total"] > 0 and
          site.page(strict).words("h1")[0].endswith("avec ces filtres"), site.page(strict).words("h1"))


def tell_reasons(site):
    found, page = hits(site, "/recherche?q=zébrin"), site.page("/recherche?q=zébrin")
    if set(found) != {"Ana Pilar", "Bo Quist", "Cam Rive", "Dee Sand"}:
        check("all who have the word are found, but a card that is too old", False, list(found))
    why = {name: person["why"] for name, person in found.items()}
    check("what one does is said with « sait »",
          why["Ana Pilar"][0] ==
          "Sait monter des cloisons en zébrin (niveau 4 sur 4) et veut bien transmettre.", why)
    check("a noun is named as a skill",
          why["Bo Quist"] == ["S’y connaît en «\u00a0relevé de zébrin\u00a0» (niveau 3 sur 4) "
                              "et veut bien transmettre."], why["Bo Quist"])
    check("who does not pass a skill on is not said to",
          why["Ana Pilar"][1] == "S’y connaît en «\u00a0comptes en zébrin\u00a0» (niveau 2 sur 4), "
          "sans proposer de le transmettre.", why["Ana Pilar"])
    check("without a skill that matches, her words are named",
          why["Cam Rive"] == ["On retrouve vos mots sur sa fiche\u00a0: zébrin."], why["Cam Rive"])
    check("the same sentence stands on the page, the words marked",
          all(sentence in card(page, name) for name in why for sentence in why[name]) and
          "<mark>zébrin</mark> (niveau 4" in page.text, page.text)
    check("a passage of the card is quoted, escaped and marked",
          "&lt;b&gt;les&lt;/b&gt; zébus &amp; un mot, <mark>zébrin</mark>" in page.text, page.text)
    check("English pages say the same in English",
          site.json("/en/recherche?q=zébrin")["people"] and
          hits(site, "/en/recherche?q=zébrin")["Bo Quist"]["why"] ==
          ["Has the skill “relevé de zébrin” (level 3 of 4) and is happy to pass it on."])
    check("how long ago a card was confirmed is said in words",
          "fiche confirmée il y a 3 mois" in card(page, "Ana Pilar") and
          "fiche confirmée il y a 5 jours" in card(page, "Bo Quist") and
          "fiche confirmée hier" in card(page, "Cam Rive") and
          "fiche confirmée aujourd’hui" in card(page, "Dee Sand"), page.text)
    check("a card that nobody checked for two years is not found", "Eva Noll" not in found)


def tell_far(site):
    answer, page = site.json("/recherche?q=zibeline poser"), site.page("/recherche?q=zibeline poser")
    check("who answers a small part only is said to, before they are named",
          answer["people"] and all(p["is_far"] for p in answer["people"]) and
          page.text.count('class="between"') == 1 and
          "Personne ne répond à toute votre recherche" in page.words("li", class_="between")[0],
          page.text)
    check("sessions and needs that are far are left out", not any(
        one["is_far"] for kind in ("sessions", "needs") for one in answer[kind]) and
          answer["session_total"] == len(answer["sessions"]), answer)


def tell_stands_for(site):
    """Another word than hers is said to be another, with what it stands for."""
    answer, page = site.json("/recherche?q=biclou"), site.page("/recherche?q=biclou")
    person, session = answer["people"][0], answer["sessions"][0]
    told = "«\u00a0vélo\u00a0» est proche de votre «\u00a0biclou\u00a0»."
    check("a skill found by another word says which word stands for hers", told in person["why"] and
          "".join(told.split()) in "".join(card(page, person["name"]).split()), person["why"])
    check("and so does a session, which is not said to have her word",
          any("biclou" in why and "proche" in why for why in session["why"]) and
          not any("vos mots" in why for why in session["why"]), session["why"])
    own = site.json("/recherche?q=poser du placo")
    check("her own words stand for nothing", own["people"][0]["why"] and
          not any("proche de votre" in why for why in own["people"][0]["why"]), own["people"][0]["why"])


def tell_heard(site):
    """A word written as it sounds is understood, however the same letters begin another."""
    for typed, meant, skill in (("poser du parké flottant", "poser du parquet flottant", "parquet"),
                                ("un chantié de peinture", "un chantier de peinture", "")):
        answer = site.json("/recherche?q=" + typed)
        check(f"{typed}: understood as {meant}", answer.get("correction") == meant and not answer["people"][0]["is_far"] and
              any(skill in one["label"] for one in answer["people"][0]["skills"]), answer.get("correction"))
    answer = site.json("/recherche?q=refaire tout le couran")
    check("a word that nobody's card has is mended to one that was learnt", answer.get("correction") == "refaire tout le courant",
          answer.get("correction"))
    for name in ("Qualiopi", "Kobotoolbox", "Wizbii", "Sketchup", "Autocad", "permis b1", "français b2", "cuisine coreenne"):
        check(f"{name}: a name is no mistake", not site.json("/recherche?q=" + name).get("correction"))


def tell_called(site):
    """A situation that names no skill says which of her words call for who answers it."""
    answer = site.json("/recherche?q=ma mère ne me reconnaît plus et elle s'énerve le soir")
    first = answer["people"][0]
    told = [why for why in first["why"] if why.startswith("Répond à des besoins comme le vôtre\u00a0:")]
    check("who answers a situation comes first, with her words that call for it",
          not first["is_far"] and any("Alzheimer" in skill["label"] for skill in first["skills"]) and
          len(told) == 1 and "reconnaît" in told[0], first)
    plain = site.json("/recherche?q=poser du placo")["people"][0]
    check("who is asked for by name needs no situation", not any("comme le vôtre" in why for why in plain["why"]), plain["why"])


def tell_far_last(site):
    beyond = site.page("/recherche?q=poser du placo&page=90")
    check("a page beyond the last leads nowhere that is not there",
          all(f'id="{link[1:]}"' in beyond.text
              for link in beyond.links() if link.startswith("#")), beyond.links())
    asked = "/recherche?q=souffler du verre"
    answer, page = site.json(asked), site.page(asked)
    check("when all are far nobody is counted, and the page says so",
          answer["person_total"] == 0 and answer["people"] and
          all(one["is_far"] for one in answer["people"]) and
          "Des personnes qui s’en approchent" in page.words("h2"), (answer, page.words("h2")))
    first = site.json("/recherche?q=réparer un vélo électrique")
    pages = [first]
    while pages[-1]["next_url"]:
        pages.append(site.json(pages[-1]["next_url"]))
    far = [one["is_far"] for one_page in pages for one in one_page["people"]]
    check("far ones come after all that are not, on whatever page, and are few",
          far == sorted(far) and far.count(False) == first["person_total"] and
          sum(far) <= 10, far)


def tell_counts(site):
    for asked in ("/recherche?q=poser du placo", "/recherche?q=zébrin", "/recherche?q=zzyzx"):
        answer, page = site.json(asked), site.page(asked)
        total = sum(answer[f"{kind}_total"] for kind in ("person", "session", "need"))
        heading = re.match(r"\d+|Personne", page.words("h1")[0])
        check(f"{asked}: the heading counts people, sessions and needs that are not far",
              heading and heading.group() == (str(total) if total else "Personne") and
              total == answer["result_total"], (page.words("h1"), total))
        check(f"{asked}: the need can be published with these words",
              any(query(link) == [("texte", asked.split("=")[1])] for link in page.links()),
              page.links())
    for text in ("apprendre à poser du placo", "réparer un vélo électrique", "tenir ma comptabilité"):
        told = [(facet["name"], value["key"], value["count"]) for facet in site.json("/recherche?q=" + text)["facets"]
                for value in facet["values"] if value.get("count")]
        shown = [(name, key, site.json(f"/recherche?q={text}&{name}={key}")["person_total"]) for name, key, _ in told]
        check(f"{text}: what is counted is what the filter shows", told and told == shown, (told, shown))
        beside = {name: next(facet["values"] for facet in site.json(f"/recherche?q={text}&{name}={key}")["facets"]
                             if facet["name"] == name) for name, key, _ in told}
        kept = [(name, value["key"], value.get("count")) for name, values in beside.items() for value in values]
        check(f"{text}: beside a chosen one, the others of its kind stay and are counted the same",
              sorted(kept) == sorted(told), (kept, told))
    page = site.page("/recherche?q=plcao&pole=batiment")
    fixed = [link for link, words in page.all("a") if words.startswith("Nous avons compris")]
    check("another spelling is said in a whole sentence, and keeps the filters",
          fixed and query(fixed[0]["href"]) == [("q", "placo"), ("pole", "batiment")] and
          "compris «\u00a0placo\u00a0»" in "".join(page.words("a")), page.links())
    for path in ("/recherche", "/recherche?q=", "/recherche?q=%20%09+"):
        empty = site.page(path)
        check(f"{path}: no words, the field alone, and no heading about results",
              empty.words("h1") == ["Trouver quelqu’un"] and empty.words("title")[0][:1] == "T")


def bring(site):
    path = os.path.join(site.folder.name, "gens.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write(SHEET)
    site.run("import", "people", path, "--apply", "--as", "published")
    soon(lambda: len(hits(site, "/recherche?q=zébrin")) >= 3)


with Site("search:\n  page_size: 3\n") as small:
    bring(small)
    tell_filters(small)
with Site(lexicon=True) as site:
    bring(site)
    tell_reasons(site)
    tell_far(site)
    tell_counts(site)
    tell_stands_for(site)
    tell_heard(site)
    tell_called(site)
    tell_far_last(site)
check.end()
