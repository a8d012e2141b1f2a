#!/usr/bin/env python3
"""docs/configuration.md and config/site.example.yaml say of every setting what settings.def
says. Speaks TAP."""
import os
import re
import sys

ROOT = os.environ.get("ETABLI_SOURCE") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROW = re.compile(r'^SETTING\("([^"]+)", (\w+), \w+, "([^"]*)", ("[^"]*"|[^,]+), '
                 r'([\d.]+), ([\d.]+), "((?:[^"\\]|\\.)*)"\)', re.M)


def read(path):
    return open(os.path.join(ROOT, path), encoding="utf-8").read()


def number(text):
    return text.rstrip("0").rstrip(".") if "." in text else f"{int(text):,}"


def settings():
    """path → (meaning, allowed, default) as the document writes them."""
    found = {}
    for path, kind, unit, default, least, most, sentence in ROW.findall(
            read("config/settings.def")):
        unit = "bytes" if kind == "TEXT" else unit
        value = default.strip('"')
        if kind == "BOOL":
            found[path] = (sentence, "true or false", "`true`" if value == "1" else "`false`")
            continue
        found[path] = (sentence, f"{number(least)} to {number(most)} {unit}".strip(),
                       f"`{value}`" if value else "empty")
    return found


def documented():
    return {path: (meaning, allowed, default) for path, meaning, allowed, default in re.findall(
        r"^\| `([\w.]+)` \| (.+?) \| (.+?) \| (.+?) \|$", read("docs/configuration.md"), re.M)}


def example():
    """path → value of the settings in the example file."""
    found, group = {}, ""
    for line in read("config/site.example.yaml").split("\n"):
        match = re.match(r'( *)([\w]+):(?: +("[^"]*"|[^\s#]+))?\s*(#.*)?$', line)
        if not match:
            group = group if line.startswith((" ", "#")) or not line else ""
        elif not match.group(1):
            group = match.group(2)
            if match.group(3):
                found[group] = match.group(3).strip('"')
        elif len(match.group(1)) == 2 and match.group(3):
            found[f"{group}.{match.group(2)}"] = match.group(3).strip('"')
    return found


def same(written, default):
    try:
        return float(written) == float(default)
    except ValueError:
        return written == default


wanted, told, shown = settings(), documented(), example()
rows = read("config/settings.def").count("\nSETTING(")
checks = [
    ("every row of settings.def is read here",
     [] if len(wanted) == rows else [f"{rows} rows, {len(wanted)} read"]),
    ("every setting is in the document",
     [path for path in wanted if path not in told]),
    ("and nothing else", [path for path in told if path not in wanted]),
    ("its meaning, range, unit and default are the true ones",
     [f"{path}: {told[path]} is {wanted[path]}" for path in wanted
      if path in told and told[path] != wanted[path]]),
    ("every setting is in the example file, with its default",
     [f"{path}: {shown.get(path)}" for path, (_, _, default) in wanted.items()
      if path not in shown or not same(shown[path], default.strip("`").replace("empty", ""))]),
]
print(f"1..{len(checks)}")
for each, (name, troubles) in enumerate(checks, 1):
    print("not ok" if troubles else "ok", each, "-", name)
    for trouble in troubles:
        print("#  ", trouble)
sys.exit(any(troubles for _, troubles in checks))
