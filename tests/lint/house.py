#!/usr/bin/env python3
"""The rules of the house that a program can check: who includes whom, banned calls, one
third-party header a file, lengths. Speaks TAP."""
import os
import re
import sys

ROOT = os.environ.get("ETABLI_SOURCE") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

ROOMS = ["exchange/model", "exchange/action", "exchange/plan", "web/http", "web/view",
         "web/page", "web/mail", "base", "config", "store", "indexer", "cli"]
PLAIN = {"store/driver.h", "indexer/search.h", "store/people.h", "store/needs.h",
         "store/sessions.h", "store/skills.h", "store/structures.h", "store/accounts.h",
         "store/links.h", "store/roles.h", "store/mail_settings.h", "store/change.h",
         "store/sitemap.h",
         "store/audit.h",
         "store/desk_people.h"}
MAY = {
    "base": set(),
    "config": {"base"},
    "exchange/model": {"base", "config"},
    "store": {"base", "config", "exchange/model"},
    "indexer": {"base", "config", "exchange/model"},
    "exchange/plan": {"base", "config", "exchange/model"},
    "exchange/action": {"base", "config", "exchange/model", "exchange/plan", "store",
                        "indexer"},
    "web/http": {"base", "config"},
    "web/view": {"base", "config", "exchange/model"},
    "web/page": {"base", "config", "exchange/model", "exchange/action", "web/http",
                 "web/view"},
    "web/mail": {"base", "config", "exchange/model", "store", "web/view"},
    "cli": {"base", "config", "exchange/model", "exchange/action", "exchange/plan", "store",
            "indexer", "web/http", "web/view", "web/page", "web/mail"},
}
STANDARD = set("""argp.h assert.h ctype.h dirent.h errno.h fcntl.h getopt.h inttypes.h limits.h
locale.h math.h netdb.h poll.h pthread.h semaphore.h setjmp.h signal.h stdalign.h stdarg.h
stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h string.h strings.h time.h unistd.h
iconv.h netinet/in.h netinet/tcp.h arpa/inet.h""".split())
BANNED = ["sprintf", "vsprintf", "strcpy", "strcat", "strncpy", "strncat", "strtok", "atoi",
          "atol", "atof", "scanf", "sscanf", "fscanf", "gets", "setlocale", "localtime",
          "gmtime", "ctime", "rand", "srand", "system", "popen", "alloca"]
FILE_LINES_MOST = 500
FUNCTION_LINES_MOST = 60
PLACE_LINES = 20  # within which rules are one place
COLUMNS_MOST = 100
TRACES = re.compile(r"(^|[^A-Za-z0-9_.])/(work|farm)/|/tmp/(studio|helpers|bash_jobs)")

results = []


def check(name, troubles):
    results.append((name, troubles))


def sources(endings=(".c", ".h", ".cc", ".def")):
    for room in ROOMS:
        folder = os.path.join(ROOT, room)
        for at, folders, files in os.walk(folder):
            for each in sorted(files):
                if each.endswith(endings):
                    path = os.path.relpath(os.path.join(at, each), ROOT)
                    text = open(os.path.join(ROOT, path), encoding="utf-8").read()
                    if not text.startswith("/* Made from "):  # by a build inside the sources
                        yield path, text


def room_of(path):
    for room in ROOMS:
        if path.startswith(room + "/"):
            return room
    return None


def without_comments(text):
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|/\*.*?\*/|//[^\n]*', blank, text,
                  flags=re.S)


def includes(text):
    return re.findall(r'^\s*#\s*include\s+(["<])([^">]+)[">]', text, flags=re.M)


layer, plain_include, third = [], [], {}
for path, text in sources():
    for mark, name in includes(text):
        if mark == '"':
            if not os.path.exists(os.path.join(ROOT, name)) and name not in (
                    "store/queries.h", "store/schema.h", "config.h"):
                plain_include.append(f"{path}: \"{name}\" is not written from the top")
                continue
            target, here = room_of(name), room_of(path)
            if target == here or target is None:
                continue
            if here == "web/page" and name in PLAIN:
                continue
            if target not in MAY[here]:
                layer.append(f"{path}: {here} may not include {name}")
        elif name not in STANDARD and not name.startswith("sys/") and "." in name:
            third.setdefault(name, set()).add(path)
check("each room includes only the rooms it may", layer)
check("includes are written from the top", plain_include)
check("each third-party header is included by one file",
      [f"{name}: {', '.join(sorted(paths))}" for name, paths in sorted(third.items())
       if len(paths) > 1])

banned = []
for path, text in sources((".c", ".h", ".cc")):
    for number, line in enumerate(without_comments(text).split("\n"), 1):
        for call in re.findall(r"(?<![\w.>])(\w+)\s*\(", line):
            if call in BANNED:
                banned.append(f"{path}:{number}: {call}() is banned")
check("no banned call is used", banned)

check(f"no source file is longer than {FILE_LINES_MOST} lines",
      [f"{path}: {text.count(chr(10))} lines" for path, text in sources((".c", ".h", ".cc"))
       if text.count("\n") > FILE_LINES_MOST])

long_functions = []
for path, text in sources((".c", ".cc")):
    start = None
    lines = without_comments(text).split("\n")
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start:
            if number - start - 1 > FUNCTION_LINES_MOST:
                long_functions.append(f"{path}:{start}: {number - start - 1} lines")
            start = None
check(f"no function is longer than {FUNCTION_LINES_MOST} lines", long_functions)

wide = []
for path, text in sources((".c", ".h", ".cc")):
    for number, line in enumerate(text.split("\n"), 1):
        if len(line.expandtabs(8)) > COLUMNS_MOST:
            wide.append(f"{path}:{number}: {len(line)} columns")
check(f"no line is wider than {COLUMNS_MOST} columns", wide)

undocumented = []
for path, text in sources((".c", ".h", ".cc", ".def")):
    if not text.lstrip().startswith(("/*", "//")):
        undocumented.append(f"{path}: does not open with what it is for")
check("every source file opens with what it is for", undocumented)

# Without a referrer a browser sends "Origin: null" with a form, which is refused as foreign.
silent = [f"{path}: the headers say it already, and forms are refused with less"
          for path in sorted(os.listdir(os.path.join(ROOT, "content/templates")))
          if "name=\"referrer\"" in open(os.path.join(ROOT, "content/templates", path),
                                         encoding="utf-8").read()]
check("no page keeps its forms from telling where they come from", silent)


def named_twice(css):
    """Classes whose looks are said in two places far apart: the later bends what the earlier is for."""
    at, troubles = {}, []
    css = re.sub(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", lambda part: "\n" * part[0].count("\n"), css)
    for line, text in enumerate(css.split("\n"), 1):
        for name in re.findall(r"(?:^|\})\s*(\.[\w-]+)\s*\{", text):
            if line - at.setdefault(name, line) > PLACE_LINES:
                troubles.append(f"line {line}: {name} has its looks in line {at[name]}")
            at[name] = line
    return troubles


style = os.path.join(ROOT, "content", "style", "etabli.css")
with open(style, encoding="utf-8") as file:
    check("the looks of a class stand in one place", named_twice(file.read()))

# What is not named is neither installed nor packed, though a build in place finds it.
named = set()
for path in ("Makefile.am", "content/local.mk"):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        named.update(re.split(r"[\s=]+", file.read()))
unnamed = []
for folder in ("content", "docs"):
    for at, folders, files in os.walk(os.path.join(ROOT, folder)):
        for each in sorted(files):
            path = os.path.relpath(os.path.join(at, each), ROOT)
            if each != "local.mk" and not each.endswith(".mo") and path not in named:
                unnamed.append(f"{path}: neither installed nor packed")
check("what a site shows and its documents are installed and packed", unnamed)

traces = []
for at, folders, files in os.walk(ROOT):
    folders[:] = [f for f in folders if f not in (".git", "build", "node_modules",
                                                  "autom4te.cache", "build-aux", "data")]
    for each in files:
        path = os.path.join(at, each)
        if each == ".git" or each in ("configure", "Makefile.in", "aclocal.m4") or path.endswith(
                (".png", ".mo", ".sqlite", ".log", ".trs", ".o", ".a")):
            continue
        try:
            text = open(path, encoding="utf-8").read()
        except (UnicodeDecodeError, OSError):
            continue
        relative = os.path.relpath(path, ROOT)
        if relative == "tests/lint/house.py":
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if TRACES.search(line):
                traces.append(f"{relative}:{number}: a path of some machine")
check("nothing names a path of the machine it was written on", traces)

print(f"1..{len(results)}")
for number, (name, troubles) in enumerate(results, 1):
    print(("not ok" if troubles else "ok"), number, "-", name)
    for trouble in troubles[:40]:
        print("#  ", trouble)
sys.exit(any(troubles for _, troubles in results))
