"""A site for stories: content folder, the demonstration directory, a server, and TAP lines."""
import email
import email.policy
import functools
import glob
import html
import html.parser
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

PROGRAM = os.environ["ETABLI_PROGRAM"]
SOURCE = os.environ["ETABLI_SOURCE"]
BUILD = os.environ["ETABLI_BUILD"]
# How many times longer than usual things take here: with sanitizers, on a busy machine.
SLOW = float(os.environ.get("ETABLI_SLOW", "1"))
# Stories count days as the site does; the program is started with the machine's own zone.
ENVIRONMENT = dict(os.environ)
os.environ["TZ"] = "Europe/Paris"
time.tzset()
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Steps:
    """Numbers what is checked, as TAP wants it."""

    def __init__(self):
        self.number, self.failed = 0, 0

    def __call__(self, name, is_right, detail=""):
        self.number += 1
        self.failed += not is_right
        print("ok" if is_right else "not ok", self.number, "-", name, flush=True)
        if not is_right and detail != "":
            print("#", str(detail)[:1500].replace("\n", "\n# "))

    def end(self):
        print(f"1..{self.number}")
        sys.exit(0)


class Site:
    """`with Site() as site:` serves the demonstration directory on a free port. With `clock` the
    time of the site can be moved: site.advance(days=3). `content`: an installed content folder in
    place of the one it is built from. `lexicon`: what it says is learnt too, which takes a while."""

    def __init__(self, config=None, clock=False, content=None, lexicon=False):
        self.folder = tempfile.TemporaryDirectory()
        self.data = os.path.join(self.folder.name, "data")
        content = content or self.content_of_sources(lexicon)
        self.environment = dict(ENVIRONMENT, ETABLI_CONTENT=content)
        self.options = ["--data", self.data]
        self.clock = os.path.join(self.folder.name, "clock") if clock else None
        self.moved_s = 0
        config = config or 'data: "FOLDER/data"\n'
        if "listen:" not in config: # stories write records behind the program's back
            config += "listen:\n  page_memory: 0\n"
        path = os.path.join(self.folder.name, "site.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(config.replace("FOLDER", self.folder.name))
        self.options += ["--config", path]

    def content_of_sources(self, lexicon):
        content = os.path.join(self.folder.name, "content")
        os.makedirs(content)
        for part in os.listdir(os.path.join(SOURCE, "content")):
            path = os.path.join(SOURCE, "content", part)
            if os.path.isdir(path) and part != "i18n" and (lexicon or part not in ("lexicon", "situations")):
                os.symlink(path, os.path.join(content, part))
        os.symlink(os.path.join(BUILD, "content", "i18n"), os.path.join(content, "i18n"))
        return content

    def __enter__(self):
        self.run("demo")
        self.start()
        return self

    def start(self):
        """Serves; once more when the story has stopped it."""
        with open(os.path.join(self.folder.name, "stderr"), "ab") as log:
            self.server = subprocess.Popen(
                [PROGRAM, "serve", "--port", "0", *self.options,
                 *(["--clock-file", self.clock] if self.clock else [])], stdout=subprocess.PIPE,
                stderr=log, text=True, env=self.environment)
        line = self.server.stdout.readline()
        self.port = int(re.search(r":(\d+)$", line.strip()).group(1))

    def __exit__(self, *_):
        self.server.terminate()
        code = self.server.wait(timeout=20 * max(1, SLOW))
        if code != 0:
            with open(os.path.join(self.folder.name, "stderr"), encoding="utf-8", errors="replace") as log:
                said = log.read()[-12000:]
            print("# " + said.replace("\n", "\n# "), flush=True)
        self.folder.cleanup()
        if code != 0:
            raise SystemExit(f"Bail out! the server ended with {code}")

    def advance(self, days=0, hours=0, seconds=0):
        """Moves the time of the site; what is due then runs by itself a moment later."""
        self.moved_s += days * 86400 + hours * 3600 + seconds
        with open(self.clock + ".new", "w", encoding="ascii") as file:
            file.write(f"{self.moved_s}\n")
        os.rename(self.clock + ".new", self.clock)

    def now(self):
        return int(time.time()) + self.moved_s

    @property
    def mail_folder(self):
        return os.path.join(self.data, "mail")

    def run(self, *arguments):
        done = subprocess.run([PROGRAM, arguments[0], *self.options, *arguments[1:]], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=self.environment)
        text = done.stdout.decode("utf-8")
        if done.returncode != 0:
            raise SystemExit(f"Bail out! {' '.join(arguments)}: {text}")
        return text

    def fails(self, *arguments):
        """What a command says that does not end well."""
        done = subprocess.run([PROGRAM, arguments[0], *self.options, *arguments[1:]], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, env=self.environment)
        return done.stdout.decode("utf-8") if done.returncode else f"it ended well: {arguments}"

    def ask(self, path, headers=None, method="GET", body=None):
        """(status, text, headers) of an address written as people read it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        path = urllib.parse.quote(path, safe="/?&=%+#.,:;@~!$'()*-_")
        connection.request(method, path, body.encode() if body else None, headers or {})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8")
        connection.close()
        return answer.status, text, answer.headers

    def page(self, path):
        status, text, _ = self.ask(path)
        return Page(status, text)

    def json(self, path):
        return json.loads(self.ask(path, {"Accept": "application/json"})[1])

    def post(self, path, fields):
        status, text, headers = self.ask(path, FORM, "POST", urllib.parse.urlencode(fields, True))
        page = Page(status, text)
        page.location = headers["Location"]
        return page


def fields_of(page):
    """What the form of a card would send, as a list of pairs."""
    fields = []
    for tag, attributes, words in page.elements:
        name = attributes.get("name")
        if tag == "input" and name and name != "q":
            kind = attributes.get("type")
            if kind in ("checkbox", "radio") and "checked" not in attributes:
                continue
            fields.append((name, attributes.get("value", "on" if kind == "checkbox" else "")))
        elif tag == "textarea":
            fields.append((name, "".join(words).lstrip("\n")))
        elif tag == "select":
            fields.append((name, "0"))
    return fields


class Browser:
    """Keeps cookies and follows nothing by itself."""

    def __init__(self, site, agent="Livre d’essai/1.0"):
        self.site, self.cookies, self.agent, self.more = site, {}, agent, {}  # more: other headers

    def ask(self, path, method="GET", fields=None):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
                   "User-Agent": self.agent, **self.more}
        headers = {k: v.encode("utf-8").decode("latin-1") for k, v in headers.items()}
        if fields is not None:
            headers.update(FORM)
        body = urllib.parse.urlencode(fields, True) if fields is not None else None
        status, text, answered = self.site.ask(path, headers, method, body)
        for line in answered.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
            if "Max-Age=0" in line:
                del self.cookies[name]
            self.set_cookie = line
        page = Page(status, text)
        page.location = answered["Location"]
        page.refresh = answered["Refresh"]
        return page

    def post(self, path, **fields):
        return self.ask(path, "POST", fields)


@functools.lru_cache(maxsize=None)
def mail_at(path): # it comes under its name when it is whole, and stays as it is
    with open(path, "rb") as file:
        return email.message_from_bytes(file.read(), policy=email.policy.default)


def mails(folder, count, within_s=5, having="", to=""):
    """The mails of a folder, oldest first, once there are that many: those whose words hold
    `having`, to the address `to`."""
    end = time.monotonic() + within_s * SLOW
    while True:
        names = sorted(glob.glob(os.path.join(folder, "*.eml")),
                       key=lambda path: [int(n) for n in re.findall(r"\d+", os.path.basename(path))])
        found = [mail_at(path) for path in names]
        found = [mail for mail in found
                 if to in str(mail["To"]) and (not having or having in parts(mail)[0])]
        if len(found) >= count or time.monotonic() > end:
            return found
        time.sleep(0.02)


def parts(mail):
    return (mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content())


def soon(ask, within_s=5):
    """What `ask` answers once it is something: a server finds what another program wrote a moment
    later."""
    end = time.monotonic() + within_s * SLOW
    while not (found := ask()) and time.monotonic() < end:
        time.sleep(0.02)
    return found


class Page(html.parser.HTMLParser):
    """What a reader finds on a page: words(), and elements as (tag, attributes, words)."""

    VOID = {"meta", "link", "input", "img", "br", "hr"}

    def __init__(self, status, text):
        super().__init__()
        self.status, self.text = status, text
        self.elements, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        element = (tag, dict(attributes), [])
        self.elements.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for _, _, words in self.open:
            words.append(data)

    def all(self, tag, **wanted):
        """Elements with these attributes (class_ for class, matched as one of its words)."""
        found = []
        for name, attributes, words in self.elements:
            fits = all(value in (attributes.get("class") or "").split() if key == "class_"
                       else attributes.get(key.replace("_", "-")) == value
                       for key, value in wanted.items())
            if name == tag and fits:
                found.append((attributes, plain("".join(words))))
        return found

    def words(self, tag, **wanted):
        return [words for _, words in self.all(tag, **wanted)]

    def links(self, **wanted):
        return [attributes["href"] for attributes, _ in self.all("a", **wanted)
                if "href" in attributes]


def plain(words):
    return re.sub(r"[ \n\t]+", " ", words).strip()


def query(address):
    """The parameters of an address, in order."""
    return urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query)
