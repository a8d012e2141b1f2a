#!/usr/bin/env python3
"""What nobody of the demonstration can teach is not answered by who has one word in common, and words that only
begin alike are told apart. Speaks TAP."""
from serving import Site, Steps

check = Steps()
NOBODY = (
    "mon hangar a un toit en vieilles plaques grises ondulées, j’ai peur que ce soit de l’amiante, qui m’apprend à reconnaître ?",
    "souffler le verre pour faire des vases et des boules de Noël",
    "apprendre des tours de magie avec des cartes pour les anniversaires",
    "créer un jeu vidéo en 3D avec Unity",
    "poser des faux ongles, faire des manucures chez les gens",
    "on me demande Qualiopi pour mes stages, comment on prépare l’audit ?",
)
# Other names, in the thesaurus, of skills that somebody has and no card says.
NAMES = ("ruches", "tondeuse", "blog", "viennoiserie", "embauche", "cueillette", "compte de résultat")
SHEET = """nom;structure;compétences
Ana Pilar;cordee-alpine;tableur zébrin (4)
Bo Quist;cordee-alpine;table zébrin (4)
Cam Rive;cordee-alpine;souder du zébrin (4)
"""

with Site(lexicon=True) as site:
    for asked in NOBODY:
        answer = site.json("/recherche?q=" + asked)
        near = [one["name"] for one in answer.get("people", []) if not one["is_far"]]
        check(f"nobody for « {asked[:40]}… »", not near and "people" in answer, near or answer)
    for asked in NAMES:
        near = [one["name"] for one in site.json("/recherche?q=" + asked)["people"] if not one["is_far"]]
        check(f"somebody for « {asked} », by another name of a skill", near, near)
    path = site.folder.name + "/zebrin.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write(SHEET)
    site.run("import", "people", path, "--apply", "--create", "--as", "published")
    site.run("index")

    def found(asked):
        return [(one["name"], one["is_far"]) for one in site.json("/recherche?q=" + asked)["people"]
                if one["name"] in ("Ana Pilar", "Bo Quist", "Cam Rive")]
    tables = found("table zébrin")
    check("who has the word itself comes before who has one of its family", tables[:1] == [("Bo Quist", False)], tables)
    check("a word still finds its family", found("soudure zébrin")[:1] == [("Cam Rive", False)], found("soudure zébrin"))
check.end()
