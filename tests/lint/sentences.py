#!/usr/bin/env python3
"""Every sentence a page can show is in the French catalogue, translated, with the same
%(names), in French typography, and no other is there. Speaks TAP."""
import os
import re
import sys

ROOT = os.environ.get("ETABLI_SOURCE") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NO_BREAK = "\u00a0\u202f"
SENTENCE = re.compile(r'N_\(\s*((?:"(?:\\.|[^"\\])*"\s*)+)\)')


def files(folders, endings):
    for folder in folders:
        for at, _, names in os.walk(os.path.join(ROOT, folder)):
            for name in sorted(names):
                if name.endswith(endings):
                    path = os.path.join(at, name)
                    yield os.path.relpath(path, ROOT), open(path, encoding="utf-8").read()


def unquoted(text):
    """One string out of C or .po pieces."""
    pieces = re.findall(r'"((?:\\.|[^"\\])*)"', text)
    return "".join(pieces).replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")


def used():
    """sentence → (the plural one or None, the first place it is used at)"""
    found = {}
    for path, text in files(["base", "exchange", "web", "cli", "config"], (".c", ".h", ".def")):
        for match in SENTENCE.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.setdefault(unquoted(match.group(1)), (None, f"{path}:{line}"))
    for path, text in files(["content/templates", "content/mails"], (".html",)):
        for match in re.finditer(r"\{\{_(n?) (.*?)\}\}", text, flags=re.S):
            line = text.count("\n", 0, match.start()) + 1
            if match.group(1):
                _, one, many = (part.strip() for part in match.group(2).split("|"))
                found[one] = (many, f"{path}:{line}")
            else:
                found.setdefault(match.group(2).strip(), (None, f"{path}:{line}"))
    months = re.findall(r'"([A-Z][a-z]+)"', open(
        os.path.join(ROOT, "web/view/catalogue.c"), encoding="utf-8").read())
    for word in months:
        found.setdefault(word, (None, "web/view/catalogue.c"))
    for path, text in files(["web", "exchange"], (".c",)):
        for match in re.finditer(r'\b(?:tr|word)\([^"();]*,\s*("(?:\\.|[^"\\])*")\)', text):
            found.setdefault(unquoted(match.group(1)), (None, path))
    return found


def catalogue(path):
    """Entries as (line, fuzzy, msgid, msgid_plural or None, [msgstr…]); obsolete lines."""
    entries, obsolete, entry, key, fuzzy = [], [], None, None, False
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if line.startswith("#~"):
            obsolete.append(f"line {number}: {line.strip()}")
        elif line.startswith("#,") and "fuzzy" in line:
            fuzzy = True
        elif match := re.match(r'(msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")', line):
            key = match.group(1)
            if key == "msgid":
                entry = {"line": number, "fuzzy": fuzzy}
                entries.append(entry)
                fuzzy = False
            entry[key] = match.group(2)
        elif line.startswith('"'):
            entry[key] += line
    return [(e["line"], e["fuzzy"], unquoted(e["msgid"]),
             unquoted(e["msgid_plural"]) if "msgid_plural" in e else None,
             [unquoted(e[k]) for k in sorted(e) if k.startswith("msgstr")])
            for e in entries], obsolete


def typography(said):
    """What a French reader would correct, or None."""
    if "'" in said:
        return "a straight apostrophe: write ’"
    if '"' in said:
        return "straight quotes: write « »"
    if re.search(r"\.\.\.", said):
        return "three dots: write …"
    plain = re.sub(r"%\([^)]*\)|https?://\S*", "x", said)
    for match in re.finditer(r"[;?!»]|:(?!\d)", plain):
        before = plain[match.start() - 1] if match.start() else NO_BREAK[0]
        if before not in NO_BREAK and before not in "?!":
            return f"no no-break space before {match.group(0)}"
    if re.search(f"«[^{NO_BREAK}]", plain):
        return "no no-break space after «"
    return None


entries, obsolete = catalogue(os.path.join(ROOT, "content/i18n/fr.po"))
entries = [entry for entry in entries if entry[2]]
needed = used()
there = {entry[2]: entry for entry in entries}
# What is put in: by name in any order, by the conversions of printf in theirs.
names = lambda text: sorted(set(re.findall(r"%\([^)]*\)", text))) + re.findall(r"%[.\d]*(?:z|ll)?[a-z]", text)

checks = [
    ("every sentence used is in the French catalogue",
     [f"{where}: {one}" for one, (_, where) in needed.items() if one not in there]),
    ("every sentence that depends on a number has both its forms there",
     [f"{where}: {one}" for one, (many, where) in needed.items()
      if many and one in there and there[one][3] != many]),
    ("the French catalogue holds no sentence that is used nowhere",
     [f"line {e[0]}: {e[2]}" for e in entries if e[2] not in needed] + obsolete),
    ("no sentence is there twice",
     [f"line {e[0]}: {e[2]}" for e in entries if there[e[2]] is not e]),
    ("every French sentence is translated and certain",
     [f"line {e[0]}: {e[2]}" for e in entries
      if e[1] or not all(e[4]) or len(e[4]) != (2 if e[3] else 1)]),
    ("French sentences name the same values as the English ones",
     [f"line {e[0]}: {said}" for e in entries for said in e[4]
      if names(said) not in (names(e[2]), names(e[3] or e[2]))]),
    ("French sentences are written as French is printed",
     [f"line {e[0]}: {trouble}: {said}" for e in entries for said in e[4]
      if (trouble := typography(said))]),
]
checks.append(
    ("French help pages are written as French is printed",
     [f"{path}:{number}: {trouble}: {line}"
      for path, text in files(["content/help"], (".fr.md",))
      for number, line in enumerate(text.split("\n"), 1)
      if (trouble := typography(re.sub(r"\]\([^)]*\)|`[^`]*`", "", line)))]))
checks.append(
    ("every help page is there in each language",
     [f"{path}: not in English" for path, _ in files(["content/help"], (".fr.md",))
      if not os.path.exists(os.path.join(ROOT, path.replace(".fr.", ".en.")))]))
print(f"1..{len(checks)}")
for number, (name, troubles) in enumerate(checks, 1):
    print("not ok" if troubles else "ok", number, "-", name)
    for trouble in troubles[:60]:
        print("#  ", trouble)
sys.exit(any(troubles for _, troubles in checks))
