#!/usr/bin/env python3
"""Whatever is typed into the search or into a need: never a server error, always whole UTF-8
pages and JSON, everything escaped by the place it stands in, and soon. Speaks TAP."""
import html.parser
import http.client
import json
import re
import time
import urllib.parse

from serving import FORM, SLOW, Site, Steps

SOON_S = 2.0
TEXTS = {
    "nothing": "",
    "a blank": " ",
    "stop words only": "je de la les un une et ou à pour avec",
    "English stop words only": "the of and to in for with",
    "one letter": "x",
    "one apostrophe": "'",
    "apostrophes": "l'l'l'l'd'd'd'qu'",
    "typographic apostrophes": "l’d’qu’aujourd’hui’",
    "control characters": "placo\x01\x02\x1b[31m\x7f\x0b\x0c",
    "newlines": "placo\r\nSet-Cookie: a=b\n\n<p>",
    "right-to-left overrides": "\u202eocalp\u202c \u2066placo\u2069 \u200f\u200e",
    "zero width": "pl\u200ba\u200cc\u200do\ufeff",
    "combining marks, a flood": "a" + "\u0301" * 300,
    "combining marks first": "\u0301\u0301placo",
    "a script": "<script>alert(1)</script>",
    "a script that closes the page": "</title></main></html><script>alert(1)</script>",
    "an attribute": "\" autofocus onfocus=\"alert(1)",
    "an attribute in single quotes": "' onfocus='alert(1)",
    "a comment": "--><!-- <svg/onload=alert(1)>",
    "entities": "&lt;b&gt; &amp; &#60;script&#62; &quot;",
    "an address": "javascript:alert(1)//",
    "a template": "{{#a}}{{{query}}}{{/a}}{{>head}}{{=<% %>=}}",
    "a format": "%s%n%x %(count) %1$s",
    "SQL": "'; DROP TABLE person; -- ' OR '1'='1",
    "SQL in LIKE": "%_%\\_%",
    "operators of Xapian": "placo AND (NOT OR XOR) NEAR/9999 ADJ \"a b\" +c -d title:x",
    "wildcards": "c* " * 60,
    "open brackets": "(" * 190,
    "open quotes": "\"" * 190,
    "prefixes of the index": "XS:1 Q1 K:person S\u00e9 XPOLE:bois",
    "emoji": "🧑‍🔧🔨 réparer 🚲🇫🇷👩🏽‍🚒",
    "other scripts": "木工 столяр نجار ξυλουργός נגר",
    "mathematical letters": "𝖕𝖑𝖆𝖈𝖔 ｐｌａｃｏ",
    "ligatures": "ﬁnition ﬂeur œuvre cœur Æ ǅ İ ı ẞ ſ",
    "the last characters": "\U0010fffd\ufffd\ue000\ufdd0",
    "one word of 180 letters": "a" * 180,
    "180 words": "a b " * 90,
    "hyphens": "-" * 150,
    "dots and slashes": "../../etc/passwd ..\\..\\",
    "numbers": "0 -1 99999999999999999999999 1e309 NaN 0x10 ١٢٣",
    "JSON": "\"}],\"people\":[{\"name\":\"x\"}]//\\u0000",
    "backslashes": "\\\\\\\"\\n\\u202e\\",
    "a header": "placo%0d%0aX-Evil:1",
    "3 kB of words": "réparer " * 240,
    "3 kB of one letter": "z" * 3900,
}
BYTES = {  # already percent-encoded, refused in words
    "wrong UTF-8": "%ff%fe",
    "UTF-8 cut short": "placo%c3",
    "UTF-8 too long": "%c0%bcscript%c0%be",
    "half a surrogate": "%ed%a0%80",
    "a NUL": "placo%00",
    "half a percent": "placo%2",
    "10 kB": "a" * 10240,
    "10 kB of accents": "%c3%a9" * 1700,
}
check = Steps()


def ask(path, method="GET", body=None):
    """The bytes of an answer, to an address that is percent-encoded already."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    connection.request(method, path, body, FORM if body is not None else {})
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, data, answer.headers


class Reader(html.parser.HTMLParser):
    """Collects what would be code, and what the search fields hold."""

    def __init__(self):
        super().__init__()
        self.troubles, self.values = [], []

    def handle_starttag(self, tag, attributes):
        if tag == "script" and not any(name == "src" for name, _ in attributes):
            self.troubles.append("an inline script")
        for name, value in attributes:
            if name.startswith("on") or name == "style":
                self.troubles.append(f"attribute {name}")
            if name in ("href", "src", "action", "formaction") and re.match(
                    r"\s*(javascript|data|vbscript):|//", value or "", re.I):
                self.troubles.append(f"address {value}")
        found = dict(attributes)
        if tag == "input" and found.get("name") == "q":
            self.values.append(found.get("value") or "")
        if tag in ("svg", "iframe", "object"):
            self.troubles.append(f"a tag {tag}")


def page_troubles(status, data, headers, allowed=(200,)):
    troubles = []
    if status not in allowed:
        troubles.append(f"status {status}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [*troubles, str(error)], None
    if "\0" in text:
        troubles.append("a NUL")
    for name, value in headers.items():
        if name.lower() in ("set-cookie", "x-evil"):
            troubles.append(f"header {name}")
    if status != 303 and not text.rstrip().endswith("</html>"):
        troubles.append("not a whole page")
    reader = Reader()
    reader.feed(text)
    return troubles + reader.troubles, reader


def search(name, text):
    quoted = urllib.parse.quote(text, safe="")
    before = time.monotonic()
    for prefix in ("", "/en"):
        status, data, headers = ask(f"{prefix}/recherche?q={quoted}")
        troubles, reader = page_troubles(status, data, headers)
        check(f"{name}: {prefix or '/fr'} a whole page", not troubles, troubles)
    kept = re.sub(r"\s", "", text)[:20] if text.isascii() and text.isprintable() else None
    check(f"{name}: what was typed is in the field again",
          kept is None or any(re.sub(r"\s", "", v).startswith(kept) for v in reader.values),
          reader.values)
    for path in ("recherche.json", "completion"):
        status, data, headers = ask(f"/{path}?q={quoted}")
        try:
            json.loads(data.decode("utf-8"))
            is_json = True
        except ValueError:
            is_json = False
        check(f"{name}: {path} is JSON", status == 200 and is_json and
              headers["Content-Type"].startswith("application/json"), (status, data[:300]))
    took = time.monotonic() - before
    check(f"{name}: soon", took < SOON_S * SLOW, f"{took:.2f} s for four answers")


def refuse(name, quoted):
    for path in ("/recherche", "/recherche.json", "/completion"):
        status, data, headers = ask(f"{path}?q={quoted}")
        allowed = (400, 414)
        if path.endswith(".json"):
            check(f"{name}: {path} refuses in JSON", status in allowed and
                  headers["Content-Type"] == "application/problem+json" and
                  json.loads(data.decode("utf-8")), (status, data[:300]))
        else:
            troubles, _ = page_troubles(status, data, headers, allowed)
            check(f"{name}: {path} refuses in words", not troubles, troubles)


def post(name, text):
    """Refused with the page again, or published; then its own page is whole too."""
    body = urllib.parse.urlencode({"texte": text, "details": text, "titre": text,
                                   "email": text[:60], "quand": "5", "niveau": "2"})
    status, data, headers = ask("/besoins", "POST", body)
    troubles, _ = page_troubles(status, data, headers, (303, 422, 400, 413))
    check(f"{name}: a need of it is refused or published", not troubles, troubles)
    body = urllib.parse.urlencode({"texte": text + " souder un cadre", "niveau": "2"})
    status, data, headers = ask("/besoins", "POST", body)
    troubles, _ = page_troubles(status, data, headers, (303, 422, 400, 413))
    if status == 303:
        status, data, headers = ask(headers["Location"])
        more, _ = page_troubles(status, data, headers)
        troubles += more
    check(f"{name}: and its page is whole", not troubles, troubles)


with Site() as site:
    for name, text in TEXTS.items():
        search(name, text)
    for name, quoted in BYTES.items():
        refuse(name, quoted)
    for name, text in TEXTS.items():
        post(name, text)
    post("60 kB", "mot " * 5000)
    status, data, headers = ask("/recherche?q=placo&" + "pole=x&" * 48 + "page=-1")
    troubles, _ = page_troubles(status, data, headers)
    check("many filters and a page that is none: a whole page", not troubles, troubles)
    for page in ("0", "1001", "99999999999999999999", "1.5", "%F0%9F%94%A8", "1%27"):
        status, data, headers = ask(f"/recherche?q=placo&page={page}")
        troubles, _ = page_troubles(status, data, headers, (200, 400, 404))
        check(f"page {page}: a whole page", not troubles, troubles)
    check("the server is still there", ask("/")[0] == 200)
check.end()
