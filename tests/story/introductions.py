#!/usr/bin/env python3
"""Introductions: asked from a card, relayed, limited, answered by a link, refused without cost,
addresses shown only when both agree; the last contact of a month goes to one of two who ask at
once. Speaks TAP."""
import re
import threading

from needs import Post, come_in, need_row, path_in, qualify, records
from serving import Browser, Site, Steps, soon

check = Steps()


def card(site, name, email, skill="ferrer les poulains", quota=2, structure="elan-vercors"):
    """A resource person whose address the story reads."""
    db = records(site)
    number = db.execute("UPDATE sequence SET last = last + 1 WHERE name = 'person'"
                        " RETURNING last").fetchone()[0]
    where = db.execute("SELECT id FROM structure WHERE key = ?", (structure,)).fetchone()[0]
    now = site.now()
    db.execute("INSERT INTO person (id, structure_id, name, name_folded, email, email_folded, formats,"
               " quota_month, state, confirmed_at, created_at, updated_at, version)"
               " VALUES (?, ?, ?, ?, ?, ?, 0, ?, 1, ?, ?, ?, 1)",
               (number, where, name, name.lower(), email, email, quota, now, now, now))
    db.execute("INSERT INTO person_skill (person_id, position, label, level, shares, formats)"
               " VALUES (?, 0, ?, 3, 1, 0)", (number, skill))
    db.close()
    return number


def tell_asking(site, post):
    karim = card(site, "Karim Maréchal", "karim@example.org")
    lea = come_in(site, post, "lea@example.org")
    path = f"/personnes/{karim}/contact"
    shown = Browser(site).ask(f"/personnes/{karim}").text
    check("the way to write to her stands above what she knows", 0 < shown.find(f'href="{path}"') <
          shown.find('<ul class="knowhow">'), shown)
    check("who has not come in is led to where one does, and back", Browser(site).ask(path).location ==
          "/connexion?suite=%2Fpersonnes%2F" + str(karim) + "%2Fcontact")
    wrong = lea.post(path, jeton=lea.token, nom="", mots="Montrez-moi les sabots")
    check("a name is asked for beside its field, the words are kept", wrong.status == 422 and
          wrong.words("span", id="name-wrong") and "Montrez-moi les sabots" in wrong.text)
    wrong = lea.post(path, jeton=lea.token, nom="Léa Poulain", mots=" ")
    check("so are words", wrong.status == 422 and wrong.words("span", id="words-wrong"))
    sent = lea.post(path, jeton=lea.token, nom="Léa Poulain", mots="Montrez-moi les sabots",
                    montrer="1")
    check("she asks, and sees where it stands", sent.status == 303 and
          "pas encore de réponse" in lea.ask(sent.location).text, sent.text)
    (_, subject, words, mail), _ = post.until("karim@example.org")
    link = path_in(words, "contact")
    check("the mail brings her words and a link, not her address", link and "Léa Poulain" in subject and
          "Montrez-moi les sabots" in words and "lea@example.org" not in mail.as_string(), words)
    again = lea.post(path, jeton=lea.token, mots="Montrez-moi les sabots")
    check("asking twice is a conflict, in words", again.status == 409 and "déjà sollicité" in again.text)
    return karim, lea, link, sent.location.split("?")[0]


def tell_yes(site, post, lea, link, hers):
    karim = Browser(site)
    check("looking at the link changes nothing", karim.ask(link).status == 200 and
          "pas encore de réponse" in lea.ask(hers).text)
    check("somebody else’s token opens nothing", karim.ask("/contact/" + "B" * 43).status == 410)
    done = karim.post(link, geste="oui", mots="Venez mardi", montrer="")
    check("he says yes without coming in", done.status == 303)
    twice = karim.post(link, geste="not_me")
    check("a second answer is a conflict", twice.status == 409 and "déjà répondu" in twice.text)
    (_, subject, words, _), _ = post.until("lea@example.org")
    check("she is told, with his name and words", "Karim Maréchal vous dit oui" in subject and
          "Venez mardi" in words, (subject, words))
    (_, _, words, _), _ = post.until("karim@example.org")
    check("and so is he", "Léa Poulain" in words, words)


def tell_sharing(site, post, lea, link, hers):
    karim = Browser(site)
    check("once both ticked it, each sees the other’s address",
          "karim@example.org" in lea.ask(hers).text and "lea@example.org" in karim.ask(link).text)
    karim.post(link, geste="ecrire", mots="")
    check("and no more once one of them takes it back",
          "karim@example.org" not in lea.ask(hers).text and
          "lea@example.org" not in karim.ask(link).text)
    lea.post(hers, jeton=lea.token, geste="ecrire", mots="À mardi, merci !")
    (_, subject, words, mail), _ = post.until("karim@example.org")
    check("messages are relayed without addresses", "À mardi, merci" in words and
          "lea@example.org" not in mail.as_string(), words)
    answers = [lea.post(hers, jeton=lea.token, geste="ecrire", mots=f"encore {n}").status
               for n in range(5)]
    check("five messages a day", answers == [303] * 4 + [429], answers)
    other = come_in(site, post, "curieux@example.org")
    check("nobody else reads it", other.ask(hers).status == 403 and
          other.post(hers, jeton=other.token, geste="ecrire", mots="x").status == 403)


def tell_race(site, post):
    """Two askers at once for the last contact of the month, on two cards of one human."""
    first = card(site, "Zoé Double", "zoe@example.org", quota=1)
    second = card(site, "Zoé Double", "zoe@example.org", quota=1, structure="la-serre")
    askers = [come_in(site, post, f"asker{n}@example.org") for n in range(2)]
    answers = [None, None]

    def ask(place, person):
        answers[place] = askers[place].post(f"/personnes/{person}/contact", jeton=askers[place].token,
                                            nom=f"Asker {place}", mots="Montrez-moi").status

    threads = [threading.Thread(target=ask, args=each) for each in enumerate((first, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check("the last contact of a month goes to one, over all structures",
          sorted(answers) == [303, 429], answers)
    page = askers[0].ask(f"/personnes/{second}/contact")
    check("her page then says kindly that she has enough", "autant de mises en relation" in page.text and
          not page.all("textarea"), page.text)


def tell_limits(site, post):
    people = [card(site, f"Aide {n}", f"aide{n}@example.org") for n in range(6)]
    many = come_in(site, post, "presse@example.org")
    answers = [many.post(f"/personnes/{one}/contact", jeton=many.token, nom="Trop Pressé",
                         mots="Aidez-moi").status for one in people]
    check("five people a day are asked, the sixth tomorrow", answers == [303] * 5 + [429], answers)
    (_, _, words, _), _ = post.until("aide0@example.org")
    link = path_in(words, "contact")
    wrong = Browser(site).post(link, geste="someone_else", qui="")
    check("whom she suggests is asked beside its field", wrong.status == 422 and
          wrong.words("span", id="suggested-wrong"))
    Browser(site).post(link, geste="someone_else", qui="Ma voisine Inès, à Voreppe")
    (_, subject, words, _), _ = post.until("presse@example.org")
    check("a suggestion is passed on", "pense à quelqu’un d’autre" in subject and "Inès" in words, words)
    site.advance(days=8)
    (_, subject, words, _), _ = post.until("presse@example.org")
    check("silence after a week is told, with what else to do", "n’a pas répondu" in subject and
          "/recherche?q=" in words, (subject, words))


def tell_routing(site, post):
    stated = Browser(site).post("/besoins", texte="poser du placo", email="ines@example.org")
    need = int(re.search(r"/besoins/(\d+)", stated.location).group(1))
    (_, _, words, _), _ = post.until("ines@example.org")
    Browser(site).post(path_in(words, "suivi"), geste="confirmer", nom="Inès Voisine")
    qualify(site, need)
    site.advance(days=3, hours=1)
    _, met = post.until("ines@example.org")
    links = [path_in(mail[2], "contact") for mail in post.all_about("montrer comment", 3, met)]
    check("three are asked on day 3", len(need_row(site, need)[1]) == 3 and len(links) == 3, links)
    Browser(site).post(links[0], geste="not_now", mots="en chantier")
    found = soon(lambda: len(need_row(site, need)[1]) == 4)
    asked = need_row(site, need)[1]
    check("a refusal routes on to the next by itself", found and asked[0]["state"] == 2 and
          asked[3]["state"] == 0 and asked[3]["wave"] == 1, [dict(one) for one in asked])
    Browser(site).post(links[1], geste="oui", mots="Avec plaisir")
    row = need_row(site, need)[0]
    check("a yes answers the need", row["answered_at"] and row["reason"] == "accepted", dict(row))


if __name__ == "__main__":
    with Site(clock=True) as served:
        box = Post(served)
        _, asker, private, own = tell_asking(served, box)
        tell_yes(served, box, asker, private, own)
        tell_sharing(served, box, asker, private, own)
        tell_race(served, box)
        tell_limits(served, box)
        tell_routing(served, box)
    check.end()
