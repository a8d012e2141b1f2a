#!/usr/bin/env python3
"""What other programs read: calendars by two readers that are not ours, Atom, the site map, robots,
OpenSearch, security.txt, and what the heads of pages tell search engines. Speaks TAP."""
import csv
import datetime
import json
import os
import re
import sqlite3
import subprocess
import sys
import urllib.robotparser
import xml.etree.ElementTree as ET
import zoneinfo

from serving import BUILD, SOURCE, Site, Steps

BASE = "https://etabli.example.org"
CONFIG = f"""site:
  name: "L’Établi & cie"
  base_url: "{BASE}"
  contact: "bonjour@example.org"
listen:
  hosts: "127.0.0.1"
"""
SEEDS, SESSIONS = (1, 2, 3, 4, 5), 100
ATOM = "{http://www.w3.org/2005/Atom}"
PARIS = zoneinfo.ZoneInfo("Europe/Paris")
LIBICAL = os.path.join(BUILD, "tests", "story", "ical_reader")
OTHER = os.path.join(SOURCE, "tests", "story", "ical_other.py")
check = Steps()


def other_python():
    for python in (sys.executable, "/usr/bin/python3"):
        if os.path.exists(python) and subprocess.run(
                [python, "-c", "import icalendar"], capture_output=True).returncode == 0:
            return python
    return None


READERS = {}
if os.path.exists(LIBICAL):
    READERS["libical"] = [LIBICAL]
if other_python():
    READERS["python3-icalendar"] = [other_python(), OTHER]
for name in ("libical", "python3-icalendar"):
    if name not in READERS:
        check(f"calendars are read back by {name} # SKIP {name} is not here", True)


def read(reader, calendar):
    done = subprocess.run(READERS[reader], input=calendar, capture_output=True)
    if done.returncode != 0:
        return {"troubles": [done.stderr.decode()[-500:]], "events": []}
    return json.loads(done.stdout)


def as_written(value):
    """Line ends of Unicode become line feeds: TEXT has no others."""
    return re.sub("[\u2028\u2029\u0085]", "\n", value) if isinstance(value, str) else value


def misread(reader, key, value):
    r"""What python3-icalendar 4.0.3 is known to read otherwise than RFC 5545 says, and libical
    does not: "\\n" (a backslash and an n) as the end of a line, and a comma in a category."""
    if reader == "libical":
        return False
    return any("\\" in each or key == "categories" and "," in each
               for each in (value if isinstance(value, list) else [str(value)]))


def differences(reader, truth, found):
    """[(uid, key, wanted, got)…] and how many values were left to the other reader."""
    by_uid, troubles, left = {each["uid"]: each for each in found}, [], 0
    if len(by_uid) != len(truth) or len(found) != len(truth):
        troubles.append(("events", len(truth), len(found)))
    for event in truth:
        got = by_uid.get(event["uid"], {})
        for key, value in event.items():
            value = [as_written(v) for v in value] if isinstance(value, list) else as_written(value)
            if misread(reader, key, value):
                left += 1
            elif got.get(key) != value:
                troubles.append((event["uid"], key, value, got.get(key)))
        if got.get("is_local"):
            troubles.append((event["uid"], "not in UTC"))
    return troubles, left


def folded_wrong(calendar):
    lines = calendar.split(b"\r\n")
    return [line for line in lines[:-1] if len(line) > 75 or b"\n" in line or b"\r" in line] + \
        [line for line in lines if not is_utf8(line)] + ([b"the end"] if lines[-1] else [])


def is_utf8(line):
    try:
        return line.decode("utf-8") is not None
    except UnicodeDecodeError:
        return False


def tell_odd_sessions(folder):
    made = os.path.join(BUILD, "tests", "story", "ical_made")
    paths = [os.path.join(folder, name) for name in ("odd.ics", "odd.json")]
    troubles, wrong, events, left = {reader: [] for reader in READERS}, [], 0, {}
    for seed in SEEDS:
        subprocess.run([made, str(seed), str(SESSIONS), *paths], check=True)
        with open(paths[0], "rb") as file:
            calendar = file.read()
        with open(paths[1], encoding="utf-8") as file:
            truth = json.load(file)
        events += len(truth)
        wrong += folded_wrong(calendar)
        for reader in READERS:
            found = read(reader, calendar)
            differs, few = differences(reader, truth, found["events"])
            left[reader] = left.get(reader, 0) + few
            troubles[reader] += found["troubles"] + differs
    check(f"{events} odd events are folded at 75 bytes, between characters", not wrong, wrong[:3])
    for reader in READERS:
        check(f"{reader} reads {len(SEEDS) * SESSIONS} odd sessions as they are", not troubles[reader],
              (len(troubles[reader]), troubles[reader][:4]))
        print(f"# {reader}: {events} events, {left[reader]} values left to the other reader")


ROWS = [ # title, about, place, dates (local), state
    ("Nuit d’hiver à été", "Virgule, point-virgule; \"guillemets\" : 🛠️", "Salle « A, B »",
     [("2027-03-28 01:30", "2027-03-28 03:30")], "confirmed"),
    ("Nuit d’été à hiver", "Deux lignes\net une barre \\ oblique", "Chez Zoé; 2e étage",
     [("2027-10-31 01:30", "2027-10-31 04:00")], "confirmed"),
    ("Avant et après, au choix", "", "Atelier",
     [("2027-03-27 18:30", "2027-03-27 20:30"), ("2027-03-29 18:30", "2027-03-29 20:30")],
     "proposed"),
    ("Annulée, hélas", "Plus personne", "Atelier", [("2027-05-04 09:00", "2027-05-04 12:00")],
     "cancelled"),
]


def seconds(local):
    return int(datetime.datetime.fromisoformat(local).replace(tzinfo=PARIS).timestamp())


def import_rows(site):
    path = os.path.join(site.folder.name, "sessions.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["id", "title", "about", "pole", "place", "commune", "dates", "seats",
                        "threshold", "state", "level", "format"])
        for number, (title, about, place, dates, state) in enumerate(ROWS):
            sheet.writerow([f"F{number}", title, about, "bois", place, "Voiron",
                            "; ".join(f"{a}-{b[11:]}" for a, b in dates), 8, 4, state, 2,
                            "workshop"])
    site.run("import", "sessions", path, "--apply")


def calendar_of(site, path, headers=None):
    status, text, answer = site.ask(path, headers)
    if status != 200 or answer["Content-Type"] != "text/calendar; charset=utf-8":
        check(f"{path} is a calendar", False, (status, answer["Content-Type"], text[:300]))
    return text.encode("utf-8"), answer


def tell_site_calendars(site):
    import_rows(site)
    states = {"proposed": "TENTATIVE", "confirmed": "CONFIRMED", "cancelled": "CANCELLED"}
    feed, headers = calendar_of(site, "/agenda.ics")
    again = site.ask("/agenda.ics", {"If-None-Match": headers["ETag"]})
    check("an unchanged calendar is not sent again", again[0] == 304 and not again[1], again[0])
    check("its lines are folded", not folded_wrong(feed))
    for path in ("/agenda.ics", "/poles/bois/agenda.ics", "/en/poles/bois/agenda.ics"):
        calendar, _ = calendar_of(site, path)
        for reader in READERS:
            found = read(reader, calendar)
            by_title = {}
            for event in found["events"]:
                by_title.setdefault(event["summary"], []).append(event)
            troubles = list(found["troubles"])
            for title, about, place, dates, state in ROWS:
                events = sorted(by_title.get(title, []), key=lambda each: each["starts_at"])
                if [(e["starts_at"], e["ends_at"]) for e in events] != [
                        (seconds(a), seconds(b)) for a, b in dates]:
                    troubles.append((title, events))
                for event, (start, _) in zip(events, dates):
                    local = datetime.datetime.fromtimestamp(event["starts_at"], PARIS)
                    if (local.strftime("%Y-%m-%d %H:%M") != start or
                            event["status"] != states[state] or event["transp"] != "TRANSPARENT" or
                            event["location"] != f"{place}, Voiron" or
                            about not in event["description"] and "\\" not in about):
                        troubles.append(event)
            check(f"{path}: {reader} finds the same times on the nights the clocks change, the same "
                  f"words and states", not troubles, troubles[:3])
    one = next(each for each in read(next(iter(READERS)), feed)["events"]
               if each["summary"] == ROWS[0][0]) if READERS else None
    if one:
        number = re.match(r"session-(\d+)[-@]", one["uid"]).group(1)
        alone, headers = calendar_of(site, f"/seances/{number}/agenda.ics")
        again = read(next(iter(READERS)), alone)["events"]
        check("the file of one session is the same event, and her time is taken",
              [each["uid"] for each in again] == [one["uid"]] and again[0]["transp"] == "OPAQUE" and
              headers["Content-Disposition"] == f'attachment; filename="seance-{number}.ics"',
              (again, headers["Content-Disposition"]))
        shown = site.page(f"/seances/{number}")
        check("its page leads to it", any(link.startswith(f"/seances/{number}-") and
                                          link.endswith("/agenda.ics") for link in shown.links()))
    for path in ("/seances/999999/agenda.ics", "/poles/nulle-part/agenda.ics",
                 "/competences/999999/agenda.ics", "/poles/nulle-part/actualites.atom"):
        status, text, headers = site.ask(path)
        check(f"{path}: a page in words", status == 404 and "<h1>" in text and
              headers["Content-Type"].startswith("text/html"), (status, headers["Content-Type"]))


def empty_calendar(site):
    used = {each["url"] for each in site.json("/competences")["skills"]}
    for url in used:
        calendar, _ = calendar_of(site, url + "/agenda.ics")
        if b"BEGIN:VEVENT" not in calendar:
            return calendar
    return None


def private_calendar(site, person):
    done = subprocess.run([os.path.join(BUILD, "tests", "story", "feed_private"), site.data,
                           site.environment["ETABLI_CONTENT"], str(person)], capture_output=True)
    return done.stdout if done.returncode == 0 else done.stderr


def tell_private(site, store):
    """One who gives a session, has a seat in another and waits for a third; the fourth she left."""
    person = 77001
    store.execute("INSERT INTO person (id, name, name_folded, formats, quota_month, state, "
                  "created_at, updated_at, version) VALUES (?, 'Zoé', 'zoe', 0, -1, 0, 1, 1, 1)",
                  (person,))
    ids = [row[0] for row in store.execute(
        "SELECT s.id FROM session s WHERE s.external_id LIKE 'F%' ORDER BY s.external_id")]
    store.execute("INSERT INTO session_trainer (session_id, position, person_id) VALUES (?, 900, ?)",
                  (ids[0], person))
    for number, state in ((ids[1], 1), (ids[2], 0), (ids[3], 2)):
        store.execute("INSERT INTO registration (session_id, position, person_id, state, created_at) "
                      "VALUES (?, 900, ?, ?, 1)", (number, person, state))
    for number in ids[:3]:
        store.execute("UPDATE session SET online_url = 'https://visio.example.org/clef' "
                      "WHERE id = ?", (number,))
    store.commit()
    calendar = private_calendar(site, person)
    for reader in READERS:
        found = read(reader, calendar)
        events = {each["summary"]: each for each in found["events"]}
        check(f"{reader} reads a private calendar: what she gives, has a seat in and waits for",
              not found["troubles"] and set(events) == {row[0] for row in ROWS[:3]},
              (found["troubles"], list(events), calendar[:300]))
        gives, waits, comes = (events.get(row[0], {}) for row in ROWS[:3])
        check(f"{reader}: her time is taken but where she waits; the address online is hers then",
              [each.get("transp") for each in (gives, waits, comes)] ==
              ["OPAQUE", "TRANSPARENT", "OPAQUE"] and
              ["visio.example.org/clef" in each.get("description", "") for each in
               (gives, waits, comes)] == [True, False, True] and
              "liste d’attente" in waits.get("description", ""), (gives, waits, comes))
    public, _ = calendar_of(site, "/agenda.ics")
    check("nobody else is told that address", b"clef" not in public.replace(b"\r\n ", b"") and
          "visio.example.org" not in site.page(f"/seances/{ids[0]}").text)


def tell_empty(site):
    calendar = empty_calendar(site)
    for reader in READERS:
        found = read(reader, calendar)
        check(f"{reader} reads a calendar without sessions", not found["troubles"] and
              not found["events"], found)


def atom_troubles(text):
    """What RFC 4287 4.1 asks of a feed and its entries."""
    feed = ET.fromstring(text.encode("utf-8"))
    troubles = [] if feed.tag == ATOM + "feed" else [feed.tag]
    stamp = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
    for part in [feed, *feed.findall(ATOM + "entry")]:
        for name in ("id", "title", "updated"):
            found = part.findall(ATOM + name)
            if len(found) != 1 or not (found[0].text or "").strip():
                troubles.append((part.tag, name, len(found)))
        if not stamp.match(part.findtext(ATOM + "updated") or ""):
            troubles.append(part.findtext(ATOM + "updated"))
        if not (part.findtext(ATOM + "id") or "").startswith(BASE + "/"):
            troubles.append(part.findtext(ATOM + "id"))
        alternates = [link for link in part.findall(ATOM + "link") if link.get("rel") == "alternate"]
        if len(alternates) != 1:
            troubles.append((part.findtext(ATOM + "id"), "alternate", len(alternates)))
    if not feed.findtext(f"{ATOM}author/{ATOM}name"):
        troubles.append("no author")
    own = [link.get("href") for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
    if own != [feed.findtext(ATOM + "id")]:
        troubles.append(own)
    ids = [entry.findtext(ATOM + "id") for entry in feed.findall(ATOM + "entry")]
    if len(ids) != len(set(ids)):
        troubles.append("the same id twice")
    latest = max([e.findtext(ATOM + "updated") for e in feed.findall(ATOM + "entry")], default=None)
    if latest and feed.findtext(ATOM + "updated") != latest:
        troubles.append("updated is not that of the latest entry")
    return troubles, feed


def tell_atom(site):
    for path, least in (("/seances.atom", 10), ("/besoins.atom", 10), ("/en/seances.atom", 10),
                        ("/poles/bois/actualites.atom", 4)):
        status, text, headers = site.ask(path)
        troubles, feed = atom_troubles(text) if status == 200 else ([text], None)
        check(f"{path} is a whole Atom feed", status == 200 and not troubles and
              headers["Content-Type"] == "application/atom+xml; charset=utf-8" and headers["ETag"],
              (headers["Content-Type"], troubles))
        entries = feed.findall(ATOM + "entry")
        links = [each.find(f"{ATOM}link").get("href").removeprefix(BASE) for each in entries]
        check(f"{path}: {len(entries)} entries, each leads to its page", len(entries) >= least and
              all(site.page(link).status == 200 for link in links), links)
    titles = [e.findtext(ATOM + "title") for e in feed.findall(ATOM + "entry")]
    check("words are whole in it", all(row[0] in titles for row in ROWS), titles)
    for page, feed in (("/seances", "/seances.atom"), ("/besoins", "/besoins.atom"),
                       ("/poles/bois", "/poles/bois/actualites.atom")):
        heads = [a for a, _ in site.page(page).all("link", type="application/atom+xml")]
        check(f"{page} names its feed", [a.get("href") for a in heads] == [feed] and
              heads[0].get("rel") == "alternate", heads)


def open_store(site):
    return sqlite3.connect(os.path.join(site.data, next(
        name for name in os.listdir(site.data) if name.endswith((".sqlite", ".db")))), timeout=10)


def json_ld(page):
    return [json.loads(words) for words in page.words("script", type="application/ld+json")]


def tell_search_engines(site):
    store = open_store(site)
    store.execute("UPDATE person SET is_indexable = 1, headline = '</script><b>Menuisière & cie' "
                  "WHERE id = 1")
    store.commit()
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(site.ask("/robots.txt")[1].splitlines())
    check("robots may read pages, not what is personal", robots.can_fetch("x", BASE + "/seances/1") and
          robots.can_fetch("x", BASE + "/recherche?q=a") and not robots.can_fetch("x", BASE + "/moi")
          and not robots.can_fetch("x", BASE + "/en/connexion"))
    check("and know the site map", robots.site_maps() == [BASE + "/sitemap.xml"], robots.site_maps())
    status, text, headers = site.ask("/sitemap.xml")
    places = [each.text for each in ET.fromstring(text.encode()).iter(
        "{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    people = [place for place in places if "/personnes/" in place]
    check(f"the site map names {len(places)} pages, each once, below our address", status == 200 and
          len(places) == len(set(places)) > 100 and len(places) <= 50000 and
          all(place.startswith(BASE) for place in places))
    check("of people only who wants to be found", len(people) == 1 and "/personnes/1-" in people[0],
          people)
    sorts = {}
    for place in places:
        sorts.setdefault(re.sub(r"\d+", "N", place.split("-")[0]), place)
    troubles = []
    for place in places[::7] + list(sorts.values()):
        page = site.page(place.removeprefix(BASE))
        canonical = [a["href"] for a, _ in page.all("link", rel="canonical")]
        robots_said = [a["content"] for a, _ in page.all("meta", name="robots")]
        if page.status != 200 or any("noindex" in each for each in robots_said) or \
                [each.rstrip("/") for each in canonical] != [place.rstrip("/")]:
            troubles.append((place, page.status, canonical, robots_said))
    check("its pages are there, may be indexed, and have that address", not troubles, troubles[:5])
    card, other = site.page("/personnes/1"), site.page("/personnes/2")
    said = json_ld(card)
    check("a card that may be found is told as a person",
          len(said) == 1 and said[0]["@type"] == "Person" and "/personnes/1-" in said[0]["url"] and
          said[0]["jobTitle"] == "</script><b>Menuisière & cie" and said[0]["knowsAbout"] and
          not card.all("meta", name="robots"), said)
    check("it cannot leave its script", "</script><b>" not in card.text, card.text[:3000])
    check("another is not", not json_ld(other) and [a["content"] for a, _ in other.all(
        "meta", name="robots")] == ["noindex"])
    store.close()


def tell_events(site):
    troubles, named = [], []
    for number in range(1, 41):
        session = site.json(f"/seances/{number}").get("session")
        if not session:
            continue
        page = site.page(f"/seances/{number}")
        said = json_ld(page)
        events = said[0]["@graph"] if len(said) == 1 else []
        named += [each for event in events for each in event.get("performer", [])]
        status = {"cancelled": "https://schema.org/EventCancelled", "proposed": None}.get(
            session["state"], "https://schema.org/EventScheduled")
        for event in events:
            if any(not event.get(key) for key in ("name", "startDate", "endDate", "location", "url",
                                                  "organizer", "offers", "eventAttendanceMode")) or \
                    event["name"] != session["title"] or event.get("eventStatus") != status or \
                    event["offers"]["price"] != "0" or event["url"] != BASE + session["url"] or \
                    not all(each.get("@type") in ("Place", "VirtualLocation") for each in
                            event["location"]):
                troubles.append((number, event))
        starts = sorted(datetime.datetime.fromisoformat(event["startDate"].replace("Z", "+00:00"))
                        .timestamp() for event in events)
        if not set(starts) <= {date["starts_at"] for date in session["dates"]} or not events:
            troubles.append((number, starts, session["dates"]))
    check("each session is told as events, its dates and state the page's", not troubles,
          troubles[:2])
    check("and names only who wants to be found", all("/personnes/1-" in each["url"]
                                                      for each in named), named)


def tell_heads(site):
    troubles = []
    for path in ("/", "/en", "/recherche", "/recherche?q=placo&pole=bois", "/seances", "/seances/1",
                 "/besoins", "/besoins?page=2", "/besoins/1", "/poles", "/poles/bois", "/structures",
                 "/structures/cordee-alpine", "/competences", "/competences/2", "/personnes",
                 "/personnes/1", "/aide", "/aide/creation", "/en/seances/1", "/en/aide", "/connexion",
                 "/besoins/nouveau"):
        page = site.page(path)
        described = [a.get("content", "") for a, _ in page.all("meta", name="description")]
        canonical = [a["href"] for a, _ in page.all("link", rel="canonical")]
        others = {a["hreflang"]: a["href"] for a, _ in page.all("link", rel="alternate")
                  if "hreflang" in a}
        lang = "en" if path.startswith("/en") else "fr"
        if page.status != 200 or len(described) != 1 or len(described[0]) < 20 or \
                len(canonical) != 1 or others.get(lang) != canonical[0] or \
                set(others) != {"fr", "en", "x-default"} or others["x-default"] != others["fr"] or \
                not all(each.startswith(BASE) for each in others.values()) or \
                len(page.words("title")) != 1 or \
                any(site.page(each.removeprefix(BASE) or "/").status != 200
                    for each in others.values()):
            troubles.append((path, page.status, described, canonical, others))
        if path == "/competences/2":
            check("the translation of a skill is at the address of its English name", others.get("en") == [
                a["href"] for a, _ in site.page("/en" + path).all("link", rel="canonical")][0] and
                others["fr"] == canonical[0], others)
    check("every page has a title, a description, one address, and that of its translation",
          not troubles, troubles[:4])
    found = site.page("/recherche?q=placo&pole=bois&page=1")
    check("results may be found but are not kept", [a["content"] for a, _ in found.all(
        "meta", name="robots")] == ["nosnippet, noarchive"])
    check("their address is that of the words", [a["href"] for a, _ in found.all(
        "link", rel="canonical")] == [BASE + "/recherche?q=placo"])
    gone = site.page("/nulle-part")
    check("what is not there has no address", not gone.all("link", rel="canonical") and
          [a["content"] for a, _ in gone.all("meta", name="robots")] == ["noindex"])
    page = site.page("/seances")
    check("one may subscribe from the list of sessions", "S’abonner à l’agenda" in page.text and
          "webcal://etabli.example.org/agenda.ics" in page.links() and
          [a["value"] for a, _ in page.all("input", id="agenda")] == [BASE + "/agenda.ics"])


def tell_site_files(site):
    status, text, headers = site.ask("/opensearch.xml")
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ET.fromstring(text.encode())
    templates = {each.get("type"): each.get("template") for each in root.findall(space + "Url")}
    check("a browser can search here", status == 200 and root.tag == space + "OpenSearchDescription"
          and templates["text/html"] == BASE + "/recherche?q={searchTerms}" and
          0 < len(root.findtext(space + "ShortName")) <= 16 and root.findtext(space + "Description"),
          text)
    named = [a["href"] for a, _ in site.page("/").all("link", rel="search")]
    check("and is told so", named == ["/opensearch.xml"], named)
    status, text, headers = site.ask("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    until = datetime.datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00"))
    days = (until - datetime.datetime.now(datetime.timezone.utc)).days
    check("security.txt says whom to tell, for less than a year", status == 200 and
          fields["Contact"] == "mailto:bonjour@example.org" and 90 < days < 365 and
          fields["Canonical"] == BASE + "/.well-known/security.txt" and
          headers["Content-Type"] == "text/plain; charset=utf-8", (text, headers["Content-Type"]))


with Site(CONFIG) as site:
    if READERS:
        tell_odd_sessions(site.folder.name)
    tell_site_calendars(site)
    if READERS:
        tell_empty(site)
        store = open_store(site)
        tell_private(site, store)
        store.close()
    tell_atom(site)
    tell_search_engines(site)
    tell_events(site)
    tell_heads(site)
    tell_site_files(site)
with Site("site:\n  name: \"Sans contact\"\n") as site:
    status, text, _ = site.ask("/.well-known/security.txt")
    check("without a contact there is no security.txt", status == 404 and "<h1>" in text, status)
check.end()
