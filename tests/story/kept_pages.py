#!/usr/bin/env python3
"""Public pages are kept as they were made: a visitor never sees one that is out of date, another's, or
in another form than asked for. Speaks TAP."""
import gzip
import http.client
import os
import sqlite3
import threading

from serving import Browser, Site, Steps, soon
from sessions_shared import come_in

check = Steps()


def raw(site, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers


def tell_forms(site):
    for path in ("/", "/poles", "/recherche?q=placo", "/besoins"):
        plain = [raw(site, path) for _ in range(3)]
        check(f"{path} is the same each time", len({body for _, body, _ in plain}) == 1 and
              len({headers["ETag"] for _, _, headers in plain}) == 1)
        packed = raw(site, path, Accept_Encoding="gzip")
        check(f"{path} compressed is the same page", packed[2]["Content-Encoding"] == "gzip" and
              gzip.decompress(packed[1]) == plain[0][1])
        check(f"{path} has the headers of a page", all(packed[2][name] == plain[0][2][name] for name in
              ("Content-Type", "Cache-Control", "Content-Security-Policy", "Vary")))
        status, body, _ = raw(site, path, If_None_Match=plain[0][2]["ETag"])
        check(f"{path} unchanged is 304 without a body", status == 304 and body == b"")
        english, told = raw(site, "/en" + path)[1], raw(site, path, Accept="application/json")
        check(f"{path} has its own English and JSON", english != plain[0][1] and b'lang="en"' in english and
              told[1].startswith(b"{") and told[2]["Content-Type"].startswith("application/json") and
              raw(site, path)[1] == plain[0][1])
    head = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    head.request("HEAD", "/poles")
    answer = head.getresponse()
    check("HEAD tells the length alone", answer.read() == b"" and
          int(answer.headers["Content-Length"]) == len(raw(site, "/poles")[1]))


def tell_changes(site, amal):
    before = site.page("/besoins").text
    amal.post("/besoins", jeton=amal.ask("/moi").all("input", name="jeton")[0][0]["value"],
              texte="tresser une haie de noisetier vivant")
    check("a need just stated is on the page of needs", "noisetier vivant" not in before and
          "noisetier vivant" in site.page("/besoins").text)
    check("and found", soon(lambda: "tresser-une-haie-de-noisetier" in site.page("/recherche?q=tresser+noisetier").text, 20))
    mine, anyone = amal.ask("/recherche?q=bois").text, site.page("/recherche?q=bois").text
    check("who came in may keep a search, a visitor may not", "/recherches" in mine and "/recherches" not in anyone and
          "/recherches" in amal.ask("/recherche?q=bois").text)
    path = "/recherche?q=zymotechnie+ancienne"
    base = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20)
    for day in range(3):
        for _ in range(2):
            site.page(path)
        soon(lambda: base.execute("SELECT COUNT(*) FROM search_miss").fetchone()[0] == day + 1)
        site.advance(days=1)
    admin = come_in(site, "nadege.tirardcollet@example.com")
    check("what is searched for in vain counts each day all the same",
          "zymotechnie" in admin.ask("/poles/batiment/bureau/manques").text)
    agenda = site.page("/seances").text
    site.advance(days=90)
    check("and time makes another page", site.page("/seances").text != agenda)


def tell_crowd(site):
    """Many at once, while the records change: each page is whole, of one moment, and none is wrong."""
    wrong, paths = [], ["/", "/poles", "/personnes", "/recherche?q=bois", "/recherche?q=coudre", "/besoins", "/aide"]

    def look(number):
        for turn in range(25):
            status, body, headers = raw(site, paths[(number + turn) % len(paths)], Accept_Encoding="gzip")
            text = gzip.decompress(body) if headers["Content-Encoding"] == "gzip" else body
            if status != 200 or not text.rstrip().endswith(b"</html>"):
                wrong.append((status, text[-60:]))
    crowd = [threading.Thread(target=look, args=(number,)) for number in range(8)]
    for one in crowd:
        one.start()
    for number in range(12):
        Browser(site).post("/besoins", texte=f"graver sur bois, essai {number}", email=f"essai{number}@example.org")
    for one in crowd:
        one.join()
    check("two hundred looks while needs come in: all whole", not wrong, wrong[:3])


with Site('data: "FOLDER/data"\nlisten:\n  page_memory: 16\n', clock=True) as served:
    tell_forms(served)
    tell_crowd(served)
    tell_changes(served, come_in(served, "amal@example.org"))
check.end()
