#!/usr/bin/env python3
"""Pages that answer in words: the form and its mistakes, errors, help, the foot of each page,
lists that follow the records at once. Speaks TAP."""
import http.client
import json
import gzip
import os
import re
import sqlite3
import time

from serving import FORM, SOURCE, Site, Steps, query, soon

CONFIG = """site:
  name: "L’Établi d’ici"
  contact: "bonjour@example.org"
  publisher: "Association <L’Établi>, 1 rue de la Paix, Voiron"
  source_url: "https://forge.example.org/etabli"
content: "FOLDER/own"
structures:
  - key: cordee-alpine
    name: "La Cordée alpine"
"""
check = Steps()


def named_by(page, attributes):
    """The words of the elements that aria-describedby names."""
    ids = (attributes.get("aria-describedby") or "").split()
    return " ".join(words for one in ids for tag in ("span", "p")
                    for words in page.words(tag, id=one))


def tell_narrowed(site):
    """Sessions and needs are narrowed by their address: a plain form, its counts true."""
    last = site.json("/seances")["sessions"][-1]["id"]
    with sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20) as base:
        base.execute("UPDATE session_date SET starts_at = starts_at + 3888000, ends_at = ends_at + 3888000"
                     " WHERE session_id = ?", (last,)) # so that there are two months, whatever the day
    base.close()
    said = site.json("/seances")
    facets = {each["name"]: each["values"] for each in said["facets"]}
    check("sessions can be narrowed to a pole, a commune and a month", list(facets) == ["pole", "commune", "mois"] and
          said["filters"] == [] and all(len(values) > 1 for values in facets.values()), facets)
    wrong = [(name, value, one["session_total"]) for name, values in facets.items() for value in values
             for one in [site.json(f"/seances?{name}={value['key']}")]
             if (one["session_total"], one["total"], len(one["filters"])) != (value["count"], value["count"], 1)]
    check("each value says how many are left with it", not wrong, wrong)
    pole = facets["pole"][0]["key"]
    first = site.json(f"/seances?pole={pole}")["sessions"][0]
    links = site.page(f"/poles/{pole}").links()
    check("the page of a pole leads to all its sessions and needs, not the first few alone",
          {f"/seances?pole={pole}", f"/besoins?pole={pole}"} <= set(links), links)
    month = time.strftime("%Y-%m", time.localtime(first["dates"][0]["starts_at"]))
    both = site.json(f"/seances?pole={pole}&mois={month}")
    check("two of them narrow both, and what is shown fits", both["sessions"] and all(
        any(each["url"] == f"/poles/{pole}" for each in one["poles"]) and
        any(time.strftime("%Y-%m", time.localtime(date["starts_at"])) == month for date in one["dates"])
        for one in both["sessions"]), both["sessions"])
    left = next(each for each in both["facets"] if each["name"] == "mois")["values"]
    chosen = next(each for each in left if each["key"] == month)
    check("counts are those with what else is chosen", chosen["is_chosen"] and chosen["count"] == both["total"] and
          re.match(r"[a-zéû]+ 20\d\d$", chosen["label"]), left)
    page = site.page(f"/seances?pole={pole}&mois={month}&commune=")
    form, = page.all("form", class_="narrow")
    check("the form is plain, names its lists and keeps what is chosen", form[0]["method"] == "get" and
          form[0]["action"] == "/seances" and
          {a["value"] for a, _ in page.all("option") if "selected" in a} == {pole, month} and
          len(page.all("select")) == 3 == sum(words.strip() in ("Pôle", "Commune", "Mois")
                                              for words in page.words("label")), page.text)
    check("each filter can be taken off by a link", {f"/seances?pole={pole}", f"/seances?mois={month}"} <=
          set(page.links()), page.links())
    odd = site.json("/seances?pole=nulle-part&mois=2026-13")
    check("what nobody knows is left out", odd["filters"] == [] and odd["total"] == said["total"])
    none = site.page("/seances?commune=Nulle-Part-sur-Rien")
    check("nothing left is said, with a way back", "Aucune séance à venir avec ces filtres" in none.text and
          "/seances" in none.links() and none.status == 200)
    needs = site.json("/besoins")
    values = needs["facets"][0]["values"]
    wrong = [value for value in values if site.json(f"/besoins?pole={value['key']}")["total"] != value["count"]]
    check("needs are narrowed to a pole, their counts true", len(values) > 5 and not wrong and
          "selected" in site.page(f"/besoins?pole={values[0]['key']}").text, wrong)
    long = site.json("/seances?mois=" + max(facets["mois"], key=lambda value: value["count"])["key"])
    check("the next page keeps the filter", not long["next_url"] or "mois=" in long["next_url"] and
          site.json(long["next_url"])["page"] == 2, long["next_url"])


def tell_form(site):
    page = site.page("/besoins/nouveau?texte=souder « à l’arc » %26 <b>tig</b>")
    check("the sentence is filled in, escaped",
          [words for _, words in page.all("textarea")] == ["souder « à l’arc » & <b>tig</b>"] and
          "<b>tig" not in page.text, page.text)
    wrong = site.post("/besoins", {"texte": "ab", "email": "léa chez example", "niveau": "3",
                                   "quand": ["4", "20"], "transmettre": "x" * 301,
                                   "commune": "y" * 81})
    field = {a.get("name"): a for tag in ("input", "textarea") for a, _ in wrong.all(tag)
             if a.get("aria-invalid") == "true"}
    check("each wrong field is marked, and no other",
          wrong.status == 422 and set(field) == {"texte", "email", "transmettre", "commune"}, field)
    check("what is wrong stands beside the field and is tied to it",
          all(sentence in named_by(wrong, field[name]) for name, sentence in (
              ("texte", "Dites en quelques mots"), ("email", "Écrivez une adresse"),
              ("transmettre", "Raccourcissez"), ("commune", "Raccourcissez le nom"))), wrong.text)
    box = wrong.all("div", role="alert")
    targets = [link[1:] for link in wrong.links() if link.startswith("#") and link != "#contenu"]
    ids = {a.get("id") for tag in ("input", "textarea", "fieldset") for a, _ in wrong.all(tag)}
    check("a summary takes the focus and leads to each of them",
          box and "autofocus" in box[0][0] and box[0][0].get("tabindex") == "-1" and
          len(targets) == 4 and set(targets) <= ids, (box, targets, ids))
    check("the title says that it is not done",
          wrong.words("title")[0].startswith("Erreur\u00a0:"), wrong.words("title"))
    ticked = {(a["name"], a["value"]) for a, _ in wrong.all("input") if "checked" in a}
    values = {a.get("name"): a.get("value") for a, _ in wrong.all("input")}
    check("what was written and ticked is kept",
          ticked == {("niveau", "3"), ("quand", "4"), ("quand", "20")} and
          values["email"] == "léa chez example" and values["transmettre"] == "x" * 301 and
          [w for _, w in wrong.all("textarea")] == ["ab"], (ticked, values))
    odd = site.post("/besoins", {"texte": "souder des cadres", "niveau": "7"})
    check("a level that is none is told where the levels are",
          odd.status == 422 and "quatre niveaux" in named_by(odd, odd.all("fieldset")[0][0]) and
          "#level" in odd.links(), odd.text)
    done = site.post("/besoins", {"texte": "poser du placo au plafond", "email": "lea@example.org",
                                  "commune": "Saint-Zibel"})
    check("then it is published", done.status == 303 and "poser-du-placo-au-plafond" in done.location)
    need = site.page(done.location)
    check("with its commune", "Saint-Zibel" in need.text)
    shown = need.words("li", class_="person")
    check("its page names three who may know how, with the reason why, and leads to all",
          len(shown) == 3 and all("Sait " in words or "S’y connaît en" in words
                                  for words in shown) and
          any(query(link) == [("q", "poser du placo au plafond")] for link in need.links()), shown)
    path = os.path.join(site.folder.name, "old.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("texte,créé le\n" + "".join(f"zibeler à {d} jours,-{d}d\n" for d in (2, 8, 60)))
    site.run("import", "needs", path, "--apply")
    steps = {need["title"]: site.json(need["url"])["need"]["next_step_at"]
             for page in range(1, 9) for need in site.json(f"/besoins?page={page}")["needs"]}
    check("the next step of an open need is always to come", "zibeler à 60 jours" in steps and
          all(at > time.time() for at in steps.values()), steps)
    check("and shows no address", "lea@example" not in need.text)


def tell_errors(site):
    def said(page, status, title):
        return (page.status == status and page.words("h1") == [title] and
                page.text.count('class="lead"') == 1 and title in page.words("title")[0])
    first = site.json("/recherche?q=poser du placo")["people"][0]
    alike = site.json(first["url"])["alike"]
    check("a card names people like it, with what they have in common",
          1 <= len(alike) <= 3 and all(one["common"] for one in alike) and
          all(one["name"] != first.get("name") and one["id"] != first["id"] for one in alike), alike)
    skill = site.json("/competences")["skills"][0]["narrower"][0]
    near = site.json(skill["url"])["near"]
    check("a skill names those near it", near and all(one["id"] != skill["id"] for one in near), near)
    gone = site.page("/personnes/999999")
    check("what is not there: a next step and a field to search",
          said(gone, 404, "Page introuvable") and gone.all("input", name="q"), gone.text)
    check("in English too", said(site.page("/en/nowhere"), 404, "Page not found"))
    for status, title, method, path, body, headers in (
            (400, "Cette demande n’a pas été comprise", "GET", "/recherche?q=%ff", None, {}),
            (403, "Ce n’est pas permis d’ici", "POST", "/besoins", "texte=abc",
             {**FORM, "Sec-Fetch-Site": "cross-site"}),
            (405, "Cette adresse ne s’utilise pas ainsi", "DELETE", "/poles", None, {}),
            (413, "C’est trop d’un coup", "POST", "/besoins", "texte=" + "a" * 70000, FORM),
            (415, "Ce formulaire ne peut pas être lu", "POST", "/besoins", "{}",
             {"Content-Type": "application/json"})):
        for accept in ("text/html", "application/json"):
            connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
            connection.request(method, path, body, {**headers, "Accept": accept})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8")
            connection.close()
            if accept == "text/html":
                check(f"{status}: a page in words", answer.status == status and
                      f"<h1>{title}</h1>" in text.replace("&#39;", "’"), (answer.status, text))
                continue
            try:
                problem = json.loads(text)
            except ValueError:
                problem = {}
            check(f"{status}: a problem in JSON",
                  answer.headers["Content-Type"] == "application/problem+json" and
                  problem.get("status") == status and problem.get("title") == title and
                  len(problem.get("detail", "")) > 20, (answer.status, text))


def tell_trouble(site):
    status, text, headers = site.ask("/structures")
    check("a page that cannot be printed is a 500 in words, not an empty one",
          status == 500 and "Quelque chose s’est mal passé" in text and
          headers["Content-Type"].startswith("text/plain"), (status, text))
    status, text, _ = site.ask("/structures", {"Accept": "application/json"})
    check("its JSON is there all the same", status == 200 and json.loads(text)["structures"])


def tell_languages(site):
    for path in ("/en/besoins/2", "/en/seances/1", "/en/personnes/1"):
        page = site.page(path)
        french = [words for tag in ("h1", "p", "span") for words in page.words(tag, lang="fr")]
        check(f"{path}: what people wrote is marked as French", page.all("html", lang="en") and
              french, page.text)
    check("a French page marks nothing", not site.page("/besoins/2").all("h1", lang="fr"))


def tell_foot(site):
    for path in ("/", "/en", "/nulle-part", "/personnes/1"):
        links = site.page(path).links()
        start = "/en/aide/" if path == "/en" else "/aide/"
        check(f"{path}: help, legal notice, privacy, accessibility, contact, source code",
              all(link in links for link in (
                  start[:-1], start + "mentions-legales", start + "vie-privee",
                  start + "accessibilite", "mailto:bonjour@example.org",
                  "https://forge.example.org/etabli")), links)
    names = sorted(name[:-6] for name in os.listdir(os.path.join(SOURCE, "content", "help"))
                   if name.endswith(".fr.md"))
    for lang in ("", "/en"):
        menu = site.page(lang + "/aide").links()
        for name in names:
            path = f"{lang}/aide" if name == "index" else f"{lang}/aide/{name}"
            page = site.page(path)
            check(f"{path} is there, in the menu, and its links lead somewhere",
                  page.status == 200 and path in menu and len(page.words("h1")) == 1 and
                  all(site.page(link).status == 200 for link in page.links()
                      if link.startswith("/") and "/aide" in link), page.links())
    legal = site.page("/aide/mentions-legales")
    check("the legal notice says who publishes it, and what is still to be said",
          "Association <L’Établi>, 1 rue de la Paix, Voiron" in legal.words("dd") and
          any("site.host" in words for words in legal.words("dd")), legal.words("dd"))
    check("a help page of the site’s own takes the place of ours",
          site.page("/aide").words("h1") == ["Aide d’ici"], site.page("/aide").words("h1"))
    check("and may be a new one", site.page("/aide/charte").words("h1") == ["Charte"])
    check("no other file is read", site.page("/aide/..%2fsecret").status in (400, 404) and
          site.page("/aide/inconnue").status == 404)


def tell_cards(site):
    path = os.path.join(site.folder.name, "one.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("nom,compétences,disponibilites,langues,structure\n"
                   "Zorg Alone,poser du placo; bricoles inouïes,lundi 8:30-24:00,fr; ja,\n")
    site.run("import", "people", path, "--apply", "--as", "published")
    found = soon(lambda: [one for one in site.json("/recherche?q=bricoles inouïes")["people"]
                          if one["name"] == "Zorg Alone"])
    page = site.page(found[0]["url"]) if found else site.page("/")
    links = dict((words, a.get("href")) for a, words in page.all("a"))
    check("an unknown skill leads nowhere, a known one to its page",
          "bricoles inouïes" in page.text and "bricoles inouïes" not in links and
          links.get("poser du placo", "").startswith("/competences/"), links)
    check("times and languages are said in words",
          "8\u00a0h\u00a030–24\u00a0h" in page.words("ul", class_="times")[0] and
          "français" in page.text and "japonais" in page.text, page.text)
    check("a card nobody confirmed yet is not said to be out of date",
          "fiche pas encore confirmée" in page.text and "à actualiser" not in page.text, page.text)
    check("and search engines are asked not to keep it",
          page.all("meta", name="robots", content="noindex"))
    check("who has no structure is not given one", "/structures/" not in
          " ".join(page.links()), page.links())
    known = site.json("/structures/cordee-alpine")["structure"]
    check("what the configuration does not say of a structure stays as the records have it",
          known["about"] and known["kind"] == "cae" and known["commune"] == "Grenoble", known)
    with open(path, "w", encoding="utf-8") as file:
        file.write("clé,nom,genre\nneuve,Toute neuve,scop\n")
    check("structures are listed before", "Toute neuve" not in site.page("/structures").text)
    site.run("import", "structures", path, "--apply")
    check("and a new one at once, by a server that runs",
          "Toute neuve" in site.page("/structures").text and
          "société coopérative (SCOP)" in site.page("/structures/neuve").text)


def tell_weight(site):
    for path in ("/", "/recherche?q=poser du placo"):
        wanted = [path] + re.findall(r'(?:href|src)="(/statique/[^"]+)"', site.page(path).text)
        wanted = list(dict.fromkeys(wanted))
        sizes = [len(site.ask(one)[1].encode()) for one in wanted]
        check(f"{path}: a first visit is at most 6 requests and 60 kB, before any compression",
              len(wanted) <= 6 and sum(sizes) <= 60000, list(zip(wanted, sizes)))


def tell_seats(site):
    sessions = site.json("/seances")["sessions"] + site.json("/seances?page=2")["sessions"]
    full = [one for one in sessions if one["seats_free"] == 0]
    free = [one for one in sessions if one["seats_free"] > 1]
    check("a session without a seat is said to be full, another how many are left",
          full and free and "complet" in site.page(full[0]["url"]).words("span", class_="seats") and
          f"{free[0]['seats_free']} places libres" in
          site.page(free[0]["url"]).words("span", class_="seats"), (full, free))


def tell_suggestions(site):
    answer = site.json("/completion?q=poser du pl")["completions"]
    check("suggestions have words, a kind in words, and an address that is there",
          answer and all(site.page(one["url"]).status == 200 and one["label"] and
                         one["kind_name"] in ("savoir-faire", "personne ressource", "pôle")
                         for one in answer), answer)
    own = [one["label"] for one in site.json("/completion?q=plac")["completions"]]
    check("what bears the word typed comes before what bears it under another name",
          own and "plac" in own[0] and "poser du placo" in own[:3], own)
    first = site.json("/completion?q=plac")["completions"][0]
    check("what is shown says what was typed before other names do", "plac" in first["label"], first)
    poles = site.json("/completion?q=texti")["completions"]
    check("a pole is suggested", any(one["kind"] == "pole" for one in poles), poles)
    mended = site.json("/completion?q=poser du plaquo")["completions"]
    check("a misspelt word is suggested all the same",
          any("placo" in one["label"] for one in mended), mended)
    everyone = site.json("/completion?q=ma")["completions"]
    check("people are suggested after many skills",
          [one["kind"] for one in everyone].count("person") > 0 and
          everyone[0]["kind"] == "skill", everyone)
    script = os.path.join(SOURCE, "content", "script", "etabli.js")
    packed = len(gzip.compress(open(script, "rb").read()))
    check("the script is 3 kB at most as it is sent", packed <= 3000, packed)
    text = "".join(site.page(path).text for path in ("/", "/recherche?q=placo", "/besoins/nouveau"))
    check("nothing is inline", not re.search(r"<script>|<style| style=| on[a-z]+=", text))


with Site(CONFIG) as site:
    own = os.path.join(site.folder.name, "own", "help")
    os.makedirs(own)
    for name, words in (("index", "# Aide d’ici\n"), ("charte", "# Charte\n")):
        with open(os.path.join(own, name + ".fr.md"), "w", encoding="utf-8") as file:
            file.write(words)
    tell_form(site)
    tell_narrowed(site)
    tell_errors(site)
    tell_languages(site)
    tell_foot(site)
    tell_cards(site)
    tell_seats(site)
    tell_suggestions(site)
    tell_weight(site)
site = Site("content: \"FOLDER/own\"\n")
own = os.path.join(site.folder.name, "own", "templates")
os.makedirs(own)
with open(os.path.join(own, "structures.html"), "w", encoding="utf-8") as file:
    file.write("{{>structures}}")  # prints itself for ever
with site:
    tell_trouble(site)
check.end()
