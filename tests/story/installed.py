#!/usr/bin/env python3
"""What `make install` puts down serves a site: everything it is made from was installed. Speaks TAP."""
import os
import re
import subprocess
import tempfile

from serving import BUILD, SOURCE, Site, Steps

check = Steps()


def files_below(folder):
    return {os.path.relpath(os.path.join(at, each), folder)
            for at, _, files in os.walk(folder) for each in files}


with tempfile.TemporaryDirectory() as root:
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    made = subprocess.run(["make", "-s", "-C", BUILD, "install", "DESTDIR=" + root], env=alone,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    check("make install ends well", made.returncode == 0, made.stdout)
    found = [at for at, folders, _ in os.walk(root) if at.endswith("/etabli/content")]
    check("there is one content folder", len(found) == 1, found)
    installed = files_below(found[0])
    missing = {each for each in files_below(os.path.join(SOURCE, "content"))
               if not each.startswith(("local.mk", "i18n/"))} - installed
    check("all of content is there", not missing, sorted(missing))
    check("with the translations", {each for each in installed if each.endswith(".mo")} != set(), installed)
    with Site(content=found[0]) as site:
        linked = re.findall(r'(?:href|src)="(/[^"]+\.(?:css|js|svg)[^"]*)"', site.ask("/")[1])
        check("the first page has a style and a script", len(linked) >= 2, linked)
        for address in ("/", "/en/", "/poles", "/besoins", "/connexion", *linked):
            status, text, _ = site.ask(address)
            check(f"{address} is served", status == 200 and len(text) > 100, (status, text))
check.end()
