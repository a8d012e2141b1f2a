#!/usr/bin/env python3
"""A site from the outside: a spreadsheet comes in, a need is typed, people are found with the
reason why, a need is published; and what must be refused is refused. Speaks TAP."""
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time

from serving import soon

PROGRAM = os.environ["ETABLI_PROGRAM"]
SOURCE = os.environ["ETABLI_SOURCE"]
BUILD = os.environ["ETABLI_BUILD"]
number = 0


def check(name, is_right, detail=""):
    global number
    number += 1
    print(("ok" if is_right else "not ok"), number, "-", name, flush=True)
    if not is_right and detail:
        print("#", str(detail)[:400].replace("\n", " "))


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments, "--data", data], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env=environment)
    return done.returncode, done.stdout.decode("utf-8")


def get(path, headers=None, method="GET", body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    text = answer.read().decode("utf-8")
    connection.close()
    return answer.status, text, answer.headers


def raw(request):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as link:
        link.sendall(request)
        link.settimeout(5)
        try:
            first = link.recv(4096)
        except OSError:
            return 0
    match = re.match(rb"HTTP/1\.[01] (\d+)", first)
    return int(match.group(1)) if match else 0


folder = tempfile.TemporaryDirectory()
data = os.path.join(folder.name, "data")
content = os.path.join(folder.name, "content")
os.makedirs(content)
for part in ("templates", "mails", "style", "script", "icons", "help", "demo"):
    os.symlink(os.path.join(SOURCE, "content", part), os.path.join(content, part))
os.symlink(os.path.join(BUILD, "content", "i18n"), os.path.join(content, "i18n"))
environment = dict(os.environ, ETABLI_CONTENT=content)

# A structure's own spreadsheet: Windows-1252, semicolons, French headers.
sheet = os.path.join(folder.name, "gens.csv")
with open(sheet, "wb") as file:
    file.write("Identifiant;Nom;Ville;Compétences;Présentation;Courriel;Pôle\r\n"
               "A1;Zoé Méteil;Voiron;poser du placo (4), enduits (2 non-partage);"
               "J’ai appris sur les chantiers;zoe@example.org;Pôle bâtiment\r\n"
               "A2;Yann Ostra;Crolles;dépannage de vélo électrique (3);;yann@example.org;\r\n"
               .encode("cp1252"))
code, text = run("demo")
check("the demonstration directory is filled", code == 0, text)
code, text = run("import", "people", sheet)
check("a dry run tells two new people and writes nothing",
      code == 0 and "new 2" in text and "dry run" in text, text)
code, text = run("import", "people", sheet, "--apply", "--as", "published")
check("applied, the two people are there", code == 0 and "new 2" in text, text)
code, text = run("import", "people", sheet, "--apply", "--as", "published")
check("importing again makes no doubles", code == 0 and "unchanged 2" in text, text)
bad = os.path.join(folder.name, "bad.csv")
with open(bad, "w", encoding="utf-8") as file:
    file.write("nom,email,disponibilites\nLéa,pas-une-adresse,mardi\n")
code, text = run("import", "people", bad, "--apply", "--as", "published")
check("a wrong file is told by line and column and writes nothing",
      code == 1 and f"{bad}:2:2:" in text and f"{bad}:2:3:" in text and "nothing was" in text,
      text)
code, text = run("search", "--json", "réparer un vélo électrique")
check("the command line finds by the words of a need",
      any(p["name"] == "Yann Ostra" for p in json.loads(text)["people"]), text)

for kind in ("people", "needs", "sessions"):
    path = os.path.join(folder.name, kind + ".csv")
    code, text = run("export", kind)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    code, text = run("import", kind, path)
    check(f"exported {kind} import again unchanged",
          code == 0 and "new 0, changed 0" in text, text)

server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--data", data],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                          env=environment)
line = server.stdout.readline()
port = int(re.search(r":(\d+)$", line.strip()).group(1))
try:
    for path in ("/", "/recherche", "/recherche?q=placo", "/personnes", "/personnes/1",
                 "/competences", "/competences/2", "/poles", "/poles/batiment", "/structures",
                 "/structures/cordee-alpine", "/seances", "/besoins", "/besoins/nouveau",
                 "/aide", "/en", "/en/recherche?q=plaster"):
        status, text, headers = get(path)
        check(f"{path} is a whole page with one h1",
              status == 200 and text.count("<h1") == 1 and text.rstrip().endswith("</html>") and
              "default-src 'none'" in headers["Content-Security-Policy"], (status, text))
    status, text, _ = get("/recherche.json?q=j%27ai+besoin+d%27apprendre+%C3%A0+poser+du+placo")
    answer = json.loads(text)
    zoe = [p for p in answer["people"] if p["name"] == "Zoé Méteil"]
    check("a need typed in plain French finds her, with the reason why",
          zoe and "placo" in " ".join(zoe[0]["why"]), text)
    check("the three arrays are there",
          all(isinstance(answer[k], list) for k in ("people", "sessions", "needs")))
    check("no contact detail leaves", "zoe@example.org" not in text and "_nav" not in text)
    status, text, _ = get("/recherche?q=%3Cscript%3Ealert(1)%3C/script%3E")
    check("what is typed is escaped", "<script>alert" not in text and status == 200)
    status, text, _ = get("/recherche?q=plcao")
    check("another spelling is offered and shown", "placo" in text)
    status, text, headers = get("/besoins", {"Content-Type":
                                "application/x-www-form-urlencoded"}, "POST",
                                "texte=ab&email=rien")
    check("a wrong form keeps its values and names its mistakes",
          status == 422 and 'value="rien"' in text and "Erreur" in text, text)
    status, text, headers = get("/besoins", {"Content-Type":
                                "application/x-www-form-urlencoded"}, "POST",
                                "texte=souder+des+cadres+en+zibeline&quand=5&niveau=2")
    check("a need is published", status == 303 and "/besoins/" in headers["Location"])
    path = headers["Location"]
    status, text, _ = get(path)
    check("its page says the next dated step", status == 200 and "zibeline" in text)
    check("it is findable shortly after", soon(lambda: "zibeline" in json.dumps(
        json.loads(get("/recherche.json?q=zibeline")[1])["needs"])))
    status, _, headers = get("/poles")
    tag = headers["ETag"]
    status, text, _ = get("/poles", {"If-None-Match": tag})
    check("an unchanged page is not sent twice", status == 304 and text == "")
    status, _, headers = get("/poles", method="DELETE")
    check("another method is told which are allowed", status == 405 and "GET" in headers["Allow"])
    status, text, _ = get("/poles/", {})
    check("a trailing slash is redirected", status == 308)
    status, text, _ = get("/besoins", {"Content-Type": "application/x-www-form-urlencoded",
                                       "Sec-Fetch-Site": "cross-site"}, "POST", "texte=abcdef")
    check("a form from another site is refused", status == 403)
    status, text, _ = get("/personnes/999999", {"Accept": "application/json"})
    check("what is not there is a 404 in JSON too", status == 404 and json.loads(text))
    hostile = {
        "two Content-Length": b"POST /besoins HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                              b"Content-Length: 2\r\n\r\nx",
        "length and encoding": b"POST /besoins HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
                               b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "no host": b"GET / HTTP/1.1\r\n\r\n",
        "a NUL in the path": b"GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n",
        "dots in the path": b"GET /a/../etc HTTP/1.1\r\nHost: a\r\n\r\n",
        "encoded dots": b"GET /%2e%2e/etc HTTP/1.1\r\nHost: a\r\n\r\n",
        "half a percent": b"GET /a%2 HTTP/1.1\r\nHost: a\r\n\r\n",
        "bad UTF-8": b"GET /%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n",
        "bad UTF-8 in the query": b"GET /recherche?q=%ff HTTP/1.1\r\nHost: a\r\n\r\n",
        "an absolute target": b"GET http://evil/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "a blank before the colon": b"GET / HTTP/1.1\r\nHost: a\r\nX-A : b\r\n\r\n",
        "two slashes": b"GET //evil HTTP/1.1\r\nHost: a\r\n\r\n",
    }
    for name, request in hostile.items():
        status = raw(request)
        check(f"{name}: refused", status in (400, 0), status)
    status, text, _ = get("/recherche?q=" + "c*+" * 700)
    check("a hostile search is answered", status == 200, status)
    before = time.monotonic()
    check("and soon", get("/")[0] == 200 and time.monotonic() - before < 5)
finally:
    server.terminate()
    code = server.wait(timeout=20)
check("told to stop, it stops cleanly", code == 0, code)
print(f"1..{number}")
sys.exit(0)
