#!/usr/bin/env python3
"""docs/api.md is the JSON: every route has its section, every field its row, and every answer
holds exactly what is written there. Speaks TAP."""
import json
import os
import re
import sqlite3
import urllib.parse

from serving import FORM, SOURCE, Site, Steps, mails, parts

check = Steps()


def read_sections():
    """heading → {field: what it holds}; None when a section has no table."""
    sections, here = {}, None
    for line in open(os.path.join(SOURCE, "docs", "api.md"), encoding="utf-8"):
        if line.startswith("### "):
            here = line[4:].strip()
            sections[here] = None
        elif here and (row := re.match(r"\| (\w+) \| ([^|]+) \|", line)):
            if row.group(2).strip() == "holds":
                sections[here] = {}
            else:
                sections[here][row.group(1)] = row.group(2).strip()
    return sections


def routes():
    text = open(os.path.join(SOURCE, "web", "page", "routes.def"), encoding="utf-8").read()
    return [f"{method} {path}" for method, path in re.findall(
        r'^ROUTE\("\w+", (\w+), "([^"]+)"', text, re.M)]


sections = read_sections()
entries = {name.lower(): name for name in sections if " /" not in name}
PLAIN = {"text": lambda v: isinstance(v, str),
         "number": lambda v: isinstance(v, int) and not isinstance(v, bool),
         "time": lambda v: isinstance(v, int) and v > 1e9,
         "yes or no": lambda v: isinstance(v, bool),
         "object": lambda v: isinstance(v, dict),
         "address": lambda v: isinstance(v, str) and v.startswith("/")}


def wrong_value(value, holds, where, seen):
    holds = holds.removesuffix(", not always")
    if holds.endswith(" or null"):
        if value is None:
            return []
        holds = holds.removesuffix(" or null")
    if holds.startswith("list of "):
        if not isinstance(value, list):
            return [f"{where}: no list"]
        return [trouble for i, one in enumerate(value)
                for trouble in wrong_value(one, holds[8:], f"{where}[{i}]", seen)]
    if holds in PLAIN:
        return [] if PLAIN[holds](value) else [f"{where}: {value!r} is no {holds}"]
    if holds not in entries:
        return [f"{where}: the document knows no \"{holds}\""]
    return wrong_object(value, entries[holds], where, seen)


def wrong_object(value, section, where, seen):
    fields = sections[section] or {}
    if not isinstance(value, dict):
        return [f"{where}: no object"]
    troubles = [f"{where}.{key}: not in the document" for key in value if key not in fields]
    troubles += [f"{where}.{key}: missing" for key, holds in fields.items()
                 if key not in value and not holds.endswith(", not always")]
    for key in value:
        seen.add((section, key))
        if key in fields:
            troubles += wrong_value(value[key], fields[key], f"{where}.{key}", seen)
    return troubles


SAMPLES = {
    "GET /": ["/", "/en"],
    "GET /recherche": ["/recherche", "/recherche?q=poser du placo&page=2",
                       "/recherche?q=plcao&pole=batiment", "/recherche?q=vélo électrique&niveau=3",
                       "/recherche?q=vélo&commune=Nulle-Part", "/recherche?q=déclarer la TVA&pres=Voiron",
                       "/en/recherche?q=couture&jour=2&moment=1"],
    "GET /completion": ["/completion?q=po", "/completion?q=", "/completion?q=nad"],
    "GET /personnes": ["/personnes", "/personnes?page=3", "/personnes?page=900"],
    "GET /personnes/{id}": [f"/personnes/{i}" for i in range(1, 40)],
    "GET /competences": ["/competences"],
    "GET /competences/{id}": [f"/competences/{i}" for i in range(1, 40)],
    "GET /poles": ["/poles"],
    "GET /poles/{key}": ["/poles/batiment", "/poles/bois", "/en/poles/textile"],
    "GET /structures": ["/structures"],
    "GET /structures/{key}": ["/structures/cordee-alpine", "/structures/copeaux-et-cie"],
    "GET /seances": ["/seances", "/seances?pole=batiment"],
    "GET /seances/{id}": [f"/seances/{i}" for i in range(1, 21)],
    "GET /besoins": ["/besoins", "/besoins?page=2", "/besoins?pole=batiment"],
    "GET /besoins/nouveau": ["/besoins/nouveau", "/besoins/nouveau?texte=a"],
    "GET /besoins/{id}": [f"/besoins/{i}" for i in range(1, 40)],
    "GET /connexion": ["/connexion"],
    "GET /connexion/code": ["/connexion/code"],
    "GET /connexion/lien/{token}": ["/connexion/lien/abc"],
    "GET /aide": ["/aide"],
    "GET /aide/{name}": ["/aide/creation", "/aide/mentions-legales"],
}

def cookie_of(headers):
    return "; ".join(line.split(";")[0] for line in headers.get_all("Set-Cookie") or [])


def sign_in(site):
    """The cookie of somebody who is signed in, by the mail in the data folder."""
    _, _, headers = site.ask("/connexion", FORM, "POST", "email=api%40example.org")
    asked = {**FORM, "Cookie": cookie_of(headers)}
    mail = mails(site.mail_folder, 1, having="/connexion/lien/", to="api@example.org")[0]
    link = re.search(r"/connexion/lien/[\w-]+", parts(mail)[0]).group()
    return cookie_of(site.ask(link, asked, "POST", "")[2])


def tell_signed_in(site):
    site.ask("/besoins", FORM, "POST", "texte=souder+un+zibelion&email=api%40example.org")
    cookie = sign_in(site)
    for path in ("/moi", "/moi/courriels", "/moi/donnees"):
        _, text, _ = site.ask(path, {"Accept": "application/json", "Cookie": cookie})
        troubles = wrong_object(json.loads(text), "GET " + path, path, seen)
        check(f"GET {path} answers what is written", not troubles, "\n".join(troubles))
    troubles = []
    for name, path, body in (("POST /connexion", "/connexion", "email=x"),
                             ("POST /connexion/code", "/connexion/code", "code=1"),
                             ("POST /connexion/lien/{token}", "/connexion/lien/abc", "")):
        _, text, _ = site.ask(path, {**FORM, "Accept": "application/json"}, "POST", body)
        troubles += wrong_object(json.loads(text), name, path, seen)
    check("what is wrong when coming in is what is written", not troubles, "\n".join(troubles))


check("every route has its section and every section its route",
      sorted(routes()) == sorted(name for name in sections if " /" in name),
      set(routes()) ^ {name for name in sections if " /" in name})
seen = set()
PLACES = """territory:
  communes: [{name: "Voiron", latitude: 45.36, longitude: 5.59}, {name: "Grenoble", latitude: 45.19, longitude: 5.73}]
"""
with Site('site:\n  publisher: "P"\n  host: "H"\n' + PLACES) as site:
    for route, paths in SAMPLES.items():
        troubles = []
        for path in paths:
            status, text, headers = site.ask(path, {"Accept": "application/json"})
            if status == 404:
                continue
            if headers["Content-Type"] != "application/json":
                troubles.append(f"{path}: {headers['Content-Type']}")
            troubles += wrong_object(json.loads(text), route, path, seen)
        check(f"{route} answers what is written", not troubles, "\n".join(troubles[:20]))
    troubles = []
    for fields in ({"texte": "souder un zibelion"}, {"texte": "a", "email": "b"}):
        status, text, _ = site.ask("/besoins", {**FORM, "Accept": "application/json"}, "POST",
                                   urllib.parse.urlencode(fields))
        troubles += wrong_object(json.loads(text), "POST /besoins", str(status), seen)
    check("POST /besoins answers what is written", not troubles, "\n".join(troubles))
    tell_signed_in(site)
    troubles = []
    for path in ("/nulle-part", "/personnes/999999"):
        _, text, headers = site.ask(path, {"Accept": "application/json"})
        troubles += wrong_object(json.loads(text), "Problem", path, seen)
    check("a problem is what is written", not troubles, "\n".join(troubles))
    check("/healthz says ok, /readyz of what", site.ask("/healthz")[1] == "ok\n" and
          site.ask("/readyz")[:2] == (200, "records ok\nindex ok\n"), str(site.ask("/readyz")))
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=20) as base:
        base.execute("ALTER TABLE change RENAME TO gone")
    check("records that cannot be read are not ready, the process answers still", site.ask("/readyz")[0] == 503 and
          site.ask("/readyz")[1].startswith("records not readable\n") and site.ask("/healthz")[0] == 200,
          str(site.ask("/readyz")))
    with sqlite3.connect(site.data + "/etabli.sqlite", timeout=20) as base:
        base.execute("ALTER TABLE gone RENAME TO change")
never = [f"{section}: {field}" for section, fields in sections.items() for field in fields or {}
         if (section, field) not in seen]
check("every field written was seen in some answer", not never, "\n".join(never))
check.end()
