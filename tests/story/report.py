#!/usr/bin/env python3
"""The report of the site: by month, pole and structure, counted again here from the rows; what everybody sees
of it is coarse, and no sum gives a small number back. Speaks TAP."""
import csv
import io
import json
import sqlite3
import time

from serving import Site, Steps
from sessions_shared import come_in

check = Steps()
FIGURES = ["needs", "people", "answered", "met", "sessions", "came"]


def told(text):
    return json.loads(text)


def figures(row):
    return {cell["name"]: None if cell["is_few"] else cell["least"] for cell in row["figures"]}


def count_again(site, year, column, of):
    """Needs stated, people who asked, needs answered and met: from the rows."""
    base = sqlite3.connect(site.data + "/etabli.sqlite", timeout=20)
    needs, who, answered, met = 0, set(), 0, 0
    for number, pole, structure, person, at, first, state in base.execute(
            "SELECT n.id, n.pole_id, COALESCE(p.structure_id, n.structure_id), n.person_id, n.created_at, n.answered_at,"
            " n.state FROM need n LEFT JOIN person p ON p.id = n.person_id"):
        if time.localtime(at).tm_year == year and (pole if column == "pole" else structure) == of:
            needs, answered, met = needs + 1, answered + (first is not None), met + (state == 3)
            who.add(person or -number)
        for place, sharer, theirs, when in base.execute(
                "SELECT s.position, s.person_id, p.structure_id, s.created_at FROM need_support s LEFT JOIN person p"
                " ON p.id = s.person_id WHERE s.need_id = ?", (number,)):
            if time.localtime(when).tm_year == year and (pole if column == "pole" else theirs) == of:
                who.add(sharer or (number, place))
    base.close()
    return {"needs": needs, "people": len(who), "answered": answered, "met": met}


with Site(clock=True) as site:
    keeper = come_in(site, "nadege.tirardcollet@example.com")
    stranger = come_in(site, "passante@example.org")
    base = sqlite3.connect(site.data + "/etabli.sqlite", timeout=20)
    poles = dict(base.execute("SELECT name, id FROM pole"))
    structures = dict(base.execute("SELECT name, id FROM structure"))
    base.close()
    year = time.localtime(site.now()).tm_year
    shown = told(site.ask("/bilan.json")[1])
    whole = told(keeper.ask("/bilan/complet.json").text)
    check("everybody sees a report by month, pole and structure", shown["is_public"] and shown["months"] and
          len(shown["poles"]) > 5 and len(shown["structures"]) > 5 and shown["year"] == year)
    check("to the unit it is for who keeps a pole or a structure", not whole["is_public"] and
          stranger.ask("/bilan/complet").status == 403 and stranger.ask("/bilan/complet/csv").status == 403 and
          site.ask("/bilan/complet")[0] == 303)
    wrong = [(kind, row["name"]) for kind, ids in (("poles", poles), ("structures", structures)) for row in whole[kind]
             for again in [count_again(site, year, kind[:-1], ids.get(row["name"]))]
             if any(figures(row)[name] != again[name] for name in again)]
    check("its figures are those of the rows", not wrong, str(wrong))
    check("its months and its poles make up its total", all(
        sum(figures(row)[name] for row in whole[kind]) == figures(whole["total"][0])[name]
        for kind in ("months", "poles", "structures") for name in ("needs", "answered", "met", "sessions", "came")))
    for kind in ("months", "poles", "structures"):
        pairs = list(zip([figures(row) for row in shown[kind]], [figures(row) for row in whole[kind]]))
        check(f"{kind}: every number is rounded down to five, and fewer is only called so",
              len(shown[kind]) == len(whole[kind]) and all(
                  public[name] is None if full[name] < 5 else public[name] == full[name] // 5 * 5
                  for public, full in pairs for name in FIGURES))
        check(f"{kind}: no wait of fewer than five is told", not any(
            row["has_wait"] and figures(row)["answered"] is None for row in shown[kind]))
    check("there are no sums to take parts from", shown["total"] == [] and "<tfoot" not in
          site.ask("/bilan")[1].replace("<tfoot></tfoot>", ""))
    keys = dict(sqlite3.connect(site.data + "/etabli.sqlite").execute("SELECT name, key FROM pole"))
    open_now = {name: sum(row["waiting"] > 0 and row["live"] == 0 for row in
                          told(site.run("gaps", "--json", "--pole", key))["gaps"]) for name, key in keys.items()}
    gaps = {row["name"]: row["gaps"]["least"] for row in whole["poles"] if row["name"] in keys}
    check("the gaps of today stand by pole, as the gaps of each pole tell", sum(open_now.values()) > 2 and
          gaps == {name: open_now[name] for name in gaps} and
          not any(open_now[name] for name in keys if name not in gaps), f"{gaps} {open_now}")
    check("everybody sees them as coarse as the rest; a year that is over has none", all(
        row["gaps"]["is_few"] == (gaps.get(row["name"], 0) < 5) and row["gaps"]["least"] % 5 == 0
        for row in shown["poles"] if row["name"] in keys) and all("gaps" in row for row in shown["structures"]) and
        "Manques aujourd’hui" in site.page("/bilan").text and
        "Manques aujourd’hui" not in site.page(f"/bilan?de={year - 1}").text)
    check("the report of a pole tells how many it has", f"dont {open_now['Pôle bâtiment']} sans personne disponible" in
          keeper.ask("/poles/batiment/bureau/bilan").text)
    page = site.page("/bilan")
    check("its title says which year", page.words("h1") == [f"Bilan {year}"], str(page.words("h1")))
    check("the page says so in words", "moins\u00a0de\u00a05" in page.text and page.status == 200)
    few = [row["name"] for row in shown["structures"] if not any(figures(row).values()) and row["gaps"]["is_few"]]
    check("a sign explained once stands for fewer than five; rows that say nothing else are named together",
          page.text.count("moins de cinq") == 1 and ">moins\u00a0de\u00a05<" not in page.text and few and
          all(name in "".join(page.words("p", class_="fewer")) and name not in page.words("th", scope="row")
              for name in few), f"{few} {page.words('p')}")
    month = f"{year}-{time.localtime(site.now()).tm_mon:02d}"
    one = told(site.ask(f"/bilan.json?de={month}")[1])
    check("a month by itself", one["months"] == [] and one["month"] == int(month[5:]) and
          told(site.ask("/bilan.json?de=2026-13")[1])["month"] == 0)
    sheet = list(csv.reader(io.StringIO(site.ask("/bilan/csv")[1].lstrip("\ufeff")), delimiter=";"))
    check("the spreadsheet says the same", len(sheet) == 1 + sum(len(shown[kind]) for kind in
                                                               ("months", "poles", "structures")) and
          all(cell == "moins\u00a0de\u00a05" or int(cell) % 5 == 0 for row in sheet[1:] for cell in row[2:8]))
    check("in English with commas", site.ask("/en/bilan/csv")[1].startswith("\ufeffby,of,"), site.ask("/en/bilan/csv")[1][:80])
    odd = [asked for asked in ("2026-13", "99999", "abc", "1", "2026-1", "2026-00", "")
           if "a year such as 2026" not in site.fails("gaps", f"--report={asked}")]
    check("the command refuses what is neither a year nor a month", not odd, odd)
    check("so does the command", told(site.run("gaps", "--report", str(year), "--json"))["total"] == whole["total"] and
          [figures(row) for row in told(site.run("gaps", "--report", str(year), "--public", "--json"))["poles"]] ==
          [figures(row) for row in shown["poles"]] and site.run("gaps", "--report", month).count("\n") > 5)
check.end()
