#!/usr/bin/env python3
"""Searches are answered while cards are changed one after the other, as fast as they can be. Speaks TAP."""
import threading

from serving import Site, Steps, fields_of
from sessions_shared import come_in

check = Steps()
SAVES = 60
OWNERS = ("sylvain.pra@example.org", "nadege.tirardcollet@example.com")


def save_again(browser, saved):
    for number in range(SAVES):
        fields = [(name, f"titre {'abcdefghij'[number % 10]}" if name == "titre" else text)
                  for name, text in fields_of(browser.ask("/moi/fiche"))]
        saved.append(browser.ask("/moi/fiche", "POST", fields + [("faire", "enregistrer")]).status)


with Site() as site:
    # From the first moment on, when the jobs write as well.
    answers = [site.ask("/recherche?q=mon vieux vélo grince")[0] for _ in range(10)]
    owners, saved = [come_in(site, address) for address in OWNERS], []
    threads = [threading.Thread(target=save_again, args=(owner, saved)) for owner in owners]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        answers.append(site.ask("/recherche?q=poser du placo et des bandes chez moi")[0])
    check("all cards were saved", saved == [303] * SAVES * len(OWNERS), saved)
    check(f"each of {len(answers)} searches meanwhile was answered", set(answers) == {200},
          {status: answers.count(status) for status in set(answers)})
check.end()
