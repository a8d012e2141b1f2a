#!/usr/bin/env python3
"""Every verb of the policy is asked for by a route or an action, and every row of the table of
routes names a verb that is there. Speaks TAP."""
import os
import re
import sys

ROOT = os.environ.get("ETABLI_SOURCE") or os.path.dirname(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def read(path):
    return open(os.path.join(ROOT, path), encoding="utf-8").read()


verbs = re.findall(r"^POLICY\((\w+),", read("exchange/model/policy.def"), re.M)
routed = re.findall(r"^ROUTE\(.*,\s*(\w+)\)$", read("web/page/routes.def"), re.M)
acted = set()
for folder in ("exchange/action", "web/page"):
    for name in sorted(os.listdir(os.path.join(ROOT, folder))):
        # visitor.c names verbs for what it must not ask of them
        if name.endswith((".c", ".h", ".def")) and name != "visitor.c":
            acted |= set(re.findall(r"\bVERB_(\w+)", read(f"{folder}/{name}")))
used = set(routed) | acted
checks = [
    ("every verb is asked for by a route or an action",
     [verb for verb in verbs if verb not in used]),
    ("every verb asked for is in the table",
     sorted(used - set(verbs) - {"COUNT"})),
]
print(f"1..{len(checks)}")
for number, (name, troubles) in enumerate(checks, 1):
    print("not ok" if troubles else "ok", number, "-", name)
    for trouble in troubles:
        print("#  ", trouble)
sys.exit(any(troubles for _, troubles in checks))
