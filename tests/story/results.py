#!/usr/bin/env python3
"""The page of results: filters that stay, reasons in words, counts, no dead end. Speaks TAP."""
from serving import Site, Steps, query

check = Steps()
with Site("search:\n  page_size: 3\n") as site:
    asked = "/recherche?q=poser du placo&pole=batiment&pole=bois&jour=1&jour=6"
    kept = [("q", "poser du placo"), ("pole", "batiment"), ("pole", "bois"),
            ("jour", "1"), ("jour", "6")]
    first = site.page(asked)
    next_page = (first.links(rel="next") + ["/"])[0]
    check("a filtered search with many results has a second page", next_page != "/", first.text)
    check("its address keeps the sentence and every filter",
          query(next_page) == kept + [("page", "2")], next_page)
    previous = (site.page(next_page).links(rel="prev") + ["/"])[0]
    check("and so does the way back", query(previous) == kept + [("page", "1")], previous)
    people = [p for page in (1, 2) for p in site.json(asked + f"&page={page}")["people"]]
    check("people of both pages are of the poles asked",
          len(people) > 3 and all({"/poles/batiment", "/poles/bois"} &
                                  {pole["url"] for pole in p["poles"]} for p in people), people)
    check("nobody stands on both", len({p["id"] for p in people}) == len(people))
check.end()
