#!/usr/bin/env python3
"""Skills recognised in a presentation are suggested to the person, and one click puts them on her
card. Speaks TAP."""
import re

from serving import Browser, Site, Steps, mails, parts, soon

check = Steps()


def come_in(site, address):
    browser = Browser(site)
    browser.post("/connexion", email=address)
    mail = soon(lambda: [m for m in mails(site.mail_folder, 0, to=address)
                         if "connexion/lien" in parts(m)[0]], 20)[-1]
    browser.post(re.search(r"/connexion/lien/[\w-]+", parts(mail)[0]).group())
    return browser


with Site('data: "FOLDER/data"\n') as site:
    path = site.folder.name + "/card.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("id,nom,structure,email,titre,competences,presentation\n"
                   "s1,Suzon Verne,Terre et feu,suzon@example.org,Couturière,poser un zip (3),"
                   "\"J’aime le thé. J’ai appris à poser du placo avec mon père. Le dimanche je fais du "
                   "pain au levain.\"\n")
    site.run("import", "people", path, "--apply", "--as", "published", "--create")
    suzon = come_in(site, "suzon@example.org")
    page = suzon.ask("/moi")
    offered = [button[1] for button in page.all("button", name="competence")]
    check("what her presentation names is suggested", any("placo" in text for text in offered) and
          any("levain" in text for text in offered), offered)
    check("nothing that her card has, and few in all", len(offered) <= 5 and
          not any("zip" in text for text in offered), offered)
    chosen = next(button[0]["value"] for button in page.all("button", name="competence")
                  if "placo" in button[1])
    token = page.all("input", name="jeton")[0][0]["value"]
    done = suzon.post("/moi/fiche/competences", competence=chosen, jeton=token)
    check("one click puts it on her card", done.status == 303, done.text)
    page = suzon.ask("/moi")
    check("and it is suggested no more", not any("placo" in button[1] for button in
                                                 page.all("button", name="competence")))
    found = soon(lambda: [p for p in site.json("/recherche?q=poser du placo&structure=terre-et-feu")["people"]
                          if "Suzon" in p["name"] and any("placo" in s["label"] for s in p["skills"])], 20)
    check("she is found by it", found)
check.end()
