#!/usr/bin/env python3
"""The life of a need, in seconds: stated with an address, followed by a private link, shared,
qualified, asked about in waves on days 3 and 9, at risk on day 21, closed honestly on day 45, kept
once, ended. Every mail is read, every link followed. Speaks TAP."""
import hashlib
import os
import re
import sqlite3
import time
import urllib.parse

from serving import SLOW, Browser, Site, Steps, mails, parts, soon

check = Steps()


def path_in(words, kind):
    found = re.search(r"http\S+(/%s/[\w-]+)" % kind, words)
    return found and found.group(1)


class Post:
    """The mails of a site, in the order they leave."""

    def __init__(self, site):
        self.site, self.seen = site, len(mails(site.mail_folder, 0))

    def next(self, count=1, within_s=8):
        found = mails(self.site.mail_folder, self.seen + count, within_s)[self.seen:]
        self.seen += len(found)
        return [(mail["To"].addresses[0].addr_spec, str(mail["Subject"]), parts(mail)[0], mail)
                for mail in found]

    def until(self, to, within_s=8):
        """All up to the one to that address."""
        met, end = [], time.monotonic() + within_s * SLOW
        while time.monotonic() < end:
            found = self.next(1, 0.2)
            for place, mail in enumerate(found):
                met.append(mail)
                if mail[0] == to:
                    self.seen -= len(found) - place - 1 # the others are for who asks next
                    return mail, met
        return (to, "", "", None), met

    def all_about(self, words, count, met=()):
        """The mails with those words in their subject, once there are that many (others may come
        between), beginning with those met already."""
        found = [mail for mail in met if words in mail[1].lower()]
        soon(lambda: found.extend(mail for mail in self.next(1, 0.2) if words in mail[1].lower()) or
             len(found) >= count, 10)
        return found


def records(site):
    db = sqlite3.connect(os.path.join(site.data, "etabli.sqlite"), timeout=20, isolation_level=None)
    db.row_factory = sqlite3.Row
    return db


def come_in(site, post, address):
    browser = Browser(site)
    browser.post("/connexion", email=address)
    mail, _ = post.until(address)
    browser.post(path_in(mail[2], "connexion/lien"))
    browser.token = browser.ask("/moi").all("input", name="jeton")[0][0]["value"]
    return browser


def qualify(site, need):
    """As its facilitator would (tests/story/desk.py tells that by hand)."""
    db = records(site)
    db.execute("UPDATE need SET state = 1, qualified_at = ?, version = version + 1,"
               " pole_id = (SELECT id FROM pole WHERE key = 'batiment') WHERE id = ?",
               (site.now(), need))
    db.close()


def need_row(site, need):
    db = records(site)
    row = db.execute("SELECT * FROM need WHERE id = ?", (need,)).fetchone()
    asked = db.execute("SELECT * FROM introduction WHERE need_id = ? ORDER BY id", (need,)).fetchall()
    db.close()
    return row, asked


def tell_stated(site, post):
    amal = Browser(site)
    stated = amal.post("/besoins", texte="poser des plaques de placo sous les combles",
                       email="Amal.Creatrice@example.org", commune="Fontaine")
    need = int(re.search(r"/besoins/(\d+)", stated.location).group(1))
    note = amal.ask(stated.location).text
    check("the page says that nobody is asked before the address is confirmed",
          "confirmez votre adresse" in note and "Prochaine étape" in note and "d’ici là" in note, note)
    alone = amal.ask(amal.post("/besoins", texte="souffler une vitre").location).text
    check("and, without an address, that nobody is asked at all",
          "Sans adresse, personne" in alone and "Prochaine étape" not in alone, alone)
    (to, subject, words, mail), _ = post.until("amal.creatrice@example.org")
    check("stating a need with an address brings a private link",
          to == "amal.creatrice@example.org" and "suivez-le" in subject and
          path_in(words, "suivi") and mail["List-Unsubscribe"], words)
    link = path_in(words, "suivi")
    page = amal.ask(link)
    check("the page says state, next dated step, and asks to confirm the address",
          page.status == 200 and "Exprimé" in page.text and "Prochaine étape" in page.text and
          "si votre adresse est confirmée" in page.text and
          "C’est" not in page.words("h1") and page.all("input", name="nom"), page.text)
    check("looking at it changes nothing", need_row(site, need)[0]["person_id"] is None)
    wrong = amal.post(link, geste="confirmer", nom="")
    check("a name is asked for beside its field, by a new address",
          wrong.status == 422 and wrong.words("span", id="name-wrong") and
          "Erreur" in wrong.words("title")[0], wrong.text)
    done = amal.post(link, geste="confirmer", nom="Amal Créatrice")
    row, _ = need_row(site, need)
    check("the address is confirmed by using the link, and the need is hers",
          done.status == 303 and row["person_id"], done.text)
    check("pressing twice changes nothing", amal.post(link, geste="confirmer").status == 303 and
          need_row(site, need)[0]["person_id"] == row["person_id"])
    wrong = amal.post(link, geste="modifier", texte="p", commune="Fontaine")
    check("an amendment too short is said, and what was typed is kept", wrong.status == 422 and
          wrong.words("span", id="text-wrong") and "Fontaine" in wrong.text, wrong.text)
    amal.post(link, geste="modifier", texte="poser du placo sous les combles", commune="Seyssins",
              niveau="2", quand="3", transmettre="faire des cartes")
    row, _ = need_row(site, need)
    check("she amends words, commune, level, times, and what she could pass on",
          (row["text"], row["commune"], row["level"], row["could_pass_on"]) ==
          ("poser du placo sous les combles", "Seyssins", 2, "faire des cartes"), dict(row))
    check("somebody else’s token opens nothing",
          amal.ask("/suivi/" + "A" * 43).status == 410 and
          amal.post("/suivi/" + "A" * 43, geste="retirer").status in (404, 410))
    return need, link


def tell_support(site, post, need):
    path = f"/besoins/{need}/soutenir"
    line = Browser(site)
    wrong = line.post(path, mots="moi c’est pour un garage", nom="Line Garage", email="line")
    check("a wrong address is said beside its field and the words are kept",
          wrong.status == 422 and wrong.words("span", id="email-wrong") and
          "moi c’est pour un garage" in wrong.text, wrong.text)
    sent = line.post(path, mots="moi c’est pour un garage", nom="Line Garage",
                     email="line@example.org")
    (_, _, words, _), _ = post.until("line@example.org")
    link = path_in(words, "confirmer")
    check("« Moi aussi » of a visitor waits for her click", sent.status == 303 and link and
          "moi c’est pour un garage" not in line.ask(f"/besoins/{need}").text)
    done = line.post(link)
    page = line.ask(f"/besoins/{need}")
    check("then it counts, in her own words", done.status == 303 and
          "moi c’est pour un garage" in page.text and "2 personnes" in page.text, page.text)
    (_, subject, words, _), _ = post.until("line@example.org")
    follow = path_in(words, "suivi")
    check("she gets a link to follow it", follow and "Vous aussi" in subject, words)
    check("the used link does nothing more", line.post(link).status == 410)
    line.post(follow, geste="mots", mots="pour mon garage")
    check("she changes her words", "pour mon garage" in line.ask(f"/besoins/{need}").text)
    check("she may not withdraw what is not hers",
          line.post(follow, geste="retirer").status == 403 and
          need_row(site, need)[0]["state"] == 0)
    noor = come_in(site, post, "noor@example.org")
    check("who came in without a name is asked for it", noor.ask(path).all("input", name="nom"))
    for _ in range(2):
        done = noor.post(path, jeton=noor.token, mots="", nom="Noor Martin")
    check("signed in it counts at once, and once", done.status == 303 and
          "3 personnes" in noor.ask(f"/besoins/{need}").text, done.text)
    check("her space shows what she shares", "poser du placo sous les combles" in
          noor.ask("/moi").text)
    noor.post(f"/besoins/{need}/suivi", jeton=noor.token, geste="quitter")
    check("she leaves it", "2 personnes" in noor.ask(f"/besoins/{need}").text)
    check("and has no follow page any more", noor.ask(f"/besoins/{need}/suivi").status == 403)
    post.next(2, 0.5)
    return follow


def tell_days(site, post, need, link, shared):
    site.advance(days=3, hours=1)
    (_, subject, words, _), _ = post.until("amal.creatrice@example.org")
    check("day 3, unqualified: nobody is asked, and she is told so honestly",
          "où il en est" in subject and "personne n’a encore été sollicité" in words and
          not need_row(site, need)[1], words)
    qualify(site, need)
    site.advance(days=6)
    (_, subject, words, _), before = post.until("amal.creatrice@example.org")
    row, asked = need_row(site, need)
    check("day 9, qualified: a wave of three is asked", len(asked) == 3 and
          {one["wave"] for one in asked} == {1} and "3 personnes" in subject,
          (subject, words, [dict(one) for one in asked]))
    invited = post.all_about("montrer comment", 3, before)
    check("each of them gets one mail with a link to answer", len(invited) == 3 and
          all(path_in(mail[2], "contact") for mail in invited), [m[:2] for m in before])
    page = Browser(site).ask(link)
    check("the author sees how many were asked, without names",
          "3 personnes sollicitées" in page.text and "Une personne qui sait" in page.text)
    time.sleep(1.5)
    check("the follow-up is done once", len(need_row(site, need)[1]) == 3 and
          row["followed"] == 2)
    site.advance(days=8)
    asked = soon(lambda: (rows := need_row(site, need)[1]) and len(rows) >= 4 and
                 [one["state"] for one in rows[:3]] == [3, 3, 3] and rows) or need_row(site, need)[1]
    check("the silent are let go and the next ones asked", len(asked) >= 4 and
          [one["state"] for one in asked[:3]] == [3, 3, 3], [dict(one) for one in asked])
    site.advance(days=4, hours=12)
    found = post.all_about("que faisons-nous", 1)
    check("day 21: at risk, she is offered choices", found and "le garder ouvert" in found[0][2],
          found)
    site.advance(days=24)
    found = post.all_about("nous n’avons trouvé personne", 1)
    row, _ = need_row(site, need)
    check("day 45: closed honestly, with the reason and what else she can do",
          found and row["state"] == 4 and row["reason"] == "unanswered" and
          "formation financée" in found[0][2], (found, dict(row)))
    post.next(2, 1)
    check("those who share it see it too", "Clos" in Browser(site).ask(shared).text)
    page = Browser(site).ask(link)
    check("the page says why, and offers to keep it once",
          "nous n’avons trouvé personne" in page.text and page.all("button", value="prolonger"),
          page.text)
    kept = Browser(site).post(link, geste="prolonger")
    row, _ = need_row(site, need)
    check("she keeps it open", kept.status == 303 and row["state"] == 1 and
          row["reason"] == "kept", dict(row))
    check("once only", Browser(site).post(link, geste="prolonger").status == 409)
    site.advance(days=91)
    found = soon(lambda: need_row(site, need)[0]["state"] == 4, 10)
    check("and it ends with its second life", found and
          need_row(site, need)[0]["reason"] == "expired", dict(need_row(site, need)[0]))


def tell_settled(site, post):
    nora = come_in(site, post, "nora@example.org")
    stated = nora.post("/besoins", jeton=nora.token, texte="poser du papier peint")
    need = int(re.search(r"/besoins/(\d+)", stated.location).group(1))
    (_, _, words, _), _ = post.until("nora@example.org")
    link = path_in(words, "suivi")
    nora.post(link, geste="confirmer", nom="Nora Essai")
    mine = nora.ask("/moi").text
    check("who has nothing on her card is offered to fill it in, not to publish it",
          "Remplir ma fiche" in mine and "Publier ma fiche" not in mine, mine)
    page = nora.ask(f"/besoins/{need}/suivi")
    check("the same page is hers when she is signed in", page.status == 200 and
          "Où il en est" in page.text, page.text)
    other = come_in(site, post, "autre@example.org")
    check("and nobody else’s", other.ask(f"/besoins/{need}/suivi").status == 403 and
          other.post(f"/besoins/{need}/suivi", jeton=other.token, geste="retirer").status == 403)
    wrong = nora.post(link, geste="regle")
    check("settled: how? is asked beside the field", wrong.status == 422 and
          wrong.words("span", id="how-wrong"))
    nora.post(link, geste="regle", comment="met_elsewhere")
    row, _ = need_row(site, need)
    check("it is met, with how", (row["state"], row["reason"]) == (3, "met_elsewhere"))
    check("a second answer is a conflict", nora.post(link, geste="retirer").status == 409)
    for number in range(5):
        nora.post("/besoins", jeton=nora.token, texte=f"besoin numéro {number}")
    sixth = nora.post("/besoins", jeton=nora.token, texte="un besoin de trop")
    check("five open needs are enough", sixth.status == 422 and "Fermez" in sixth.text or
          sixth.words("div", class_="mistakes"), sixth.text)


def tell_strangers(site, post):
    """Stating with an address one has not proven tells nothing about it, and takes nothing from
    whom it belongs to."""
    box = "nora@example.org" # has five open needs; the other address is nobody's
    said = [Browser(site).post("/besoins", texte=f"en son nom {number} {to}", email=to)
            for to in (box, "personne@example.org") for number in range(7)]
    check("the answer never depends on the address", {(one.status, one.location[:9]) for one in said} ==
          {(303, "/besoins/")}, [(one.status, one.location) for one in said])
    check("an address is written to five times an hour at most", soon(lambda: len(mails(
        site.mail_folder, 0, 0, to="personne@example.org")) == 5) and
        len(mails(site.mail_folder, 0, 0, to="personne@example.org")) == 5)
    post.next(20, 1)
    owner = come_in(site, post, "personne@example.org")
    mine = owner.ask("/moi")
    check("who owns it finds what was stated with it, to confirm or withdraw",
          mine.text.count("C’est bien vous") == 7, mine.text)
    ids = sorted({int(n) for n in re.findall(r"/besoins/(\d+)/suivi", mine.text)})
    for number in ids[:5]:
        done = owner.post(f"/besoins/{number}/suivi", jeton=owner.token, geste="confirmer",
                          nom="Personne Essai")
    check("she confirms what was hers, without a link", done.status == 303 and
          need_row(site, ids[4])[0]["person_id"], done.text)
    sixth = owner.post(f"/besoins/{ids[5]}/suivi", jeton=owner.token, geste="confirmer")
    check("past five, she is told when she confirms", sixth.status == 429 and
          "Fermez-en un d’abord" in sixth.text and not need_row(site, ids[5])[0]["person_id"],
          sixth.text)
    check("others’ are nobody else’s", Browser(site).post(
        f"/besoins/{ids[6]}/suivi", geste="retirer").status in (303, 403) and
        need_row(site, ids[6])[0]["state"] == 0)
    owner.post(f"/besoins/{ids[6]}/suivi", jeton=owner.token, geste="retirer")
    check("she withdraws what was not hers", need_row(site, ids[6])[0]["state"] == 4)
    many = [Browser(site).post("/besoins", texte=f"encore un {number}",
                               email="inconnue@example.org").status for number in range(20)]
    check("no network address fills a box with needs, though no mail leaves",
          many[:6] == [303] * 6 and many[-1] == many[-2] == 422, many)


def tell_median(site):
    db = records(site)
    pole = db.execute("SELECT id FROM pole WHERE key = 'batiment'").fetchone()[0]
    ids = [row[0] for row in db.execute("SELECT id FROM need WHERE pole_id = ? LIMIT 5", (pole,))]
    for place, number in enumerate(ids[:4]):
        db.execute("UPDATE need SET answered_at = ?, created_at = ? WHERE id = ?",
                   (site.now(), site.now() - (place + 2) * 86400, number))
    few = Browser(site).ask(f"/besoins/{ids[0]}").text
    db.execute("UPDATE need SET answered_at = ?, created_at = ? WHERE id = ?",
               (site.now(), site.now() - 20 * 86400, ids[4]))
    enough = Browser(site).ask(f"/besoins/{ids[0]}").text
    check("the usual wait of a pole is told from five answers on", "en général" not in few and
          "en 4 jours" in enough, enough)
    db.close()


if __name__ == "__main__":
    with Site(clock=True) as served:
        box = Post(served)
        of_amal, private = tell_stated(served, box)
        hers = tell_support(served, box, of_amal)
        tell_days(served, box, of_amal, private, hers)
        tell_settled(served, box)
        tell_strangers(served, box)
        tell_median(served)
    check.end()
