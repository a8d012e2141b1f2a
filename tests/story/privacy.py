#!/usr/bin/env python3
"""Privacy: what comes by mail and how it stops, everything held about oneself, being erased, and
what the site forgets by itself. Speaks TAP."""
import re
import urllib.parse

from serving import FORM, Browser, Page, Site, Steps, mails, parts

check = Steps()


def path_of(url):
    return re.sub(r"^https?://[^/]+", "", url)


def come_in(site, address, count):
    """A browser that has come in; `count` mails are there afterwards."""
    browser = Browser(site)
    browser.post("/connexion", email=address)
    words = parts(mails(site.mail_folder, count)[count - 1])[0]
    browser.post(path_of(re.search(r"http\S+/connexion/lien/\S+", words).group()))
    browser.token = browser.ask("/moi").all("input", name="jeton")[0][0]["value"]
    return browser


def provider_posts(site, path, body, kind):
    """As a mail provider does: no cookie, no Origin, no Referer (RFC 8058)."""
    return site.ask(path, {"Content-Type": kind, "User-Agent": "Mail provider"}, "POST", body)


def tell_mails(site):
    amal = come_in(site, "amal@example.org", 1)
    page = amal.ask("/moi/courriels")
    check("her space leads to her mails", "/moi/courriels" in amal.ask("/moi").links())
    check("she gets the digest and every mail until she says otherwise",
          "checked" in page.all("input", name="resume")[0][0] and
          "checked" in page.all("input", value="tous")[0][0], page.text)
    saved = amal.post("/moi/courriels", jeton=amal.token, courriels="tous")
    check("she stops the digest and is told so", saved.status == 303 and
          "enregistré" in amal.ask(saved.location).text and
          "checked" not in amal.ask("/moi/courriels").all("input", name="resume")[0][0])
    check("not without her form's token", amal.post("/moi/courriels", courriels="tous").status == 403)
    amal.post("/moi/courriels", jeton=amal.token, courriels="tous", resume="oui")
    mail = mails(site.mail_folder, 1)[0]
    path = path_of(mail["List-Unsubscribe"].strip("<>"))
    check("every mail says how to stop, by a page and by one click",
          mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and path in
          parts(mail)[1] and path in parts(mail)[0], mail.as_string())
    page = site.page(path)
    check("the link shows her choices without coming in", page.status == 200 and
          "amal@example.org" in page.text and
          "checked" in page.all("input", name="resume")[0][0], page.text)
    check("looking changes nothing", "checked" in
          amal.ask("/moi/courriels").all("input", name="resume")[0][0])
    answer = site.post(path, {"courriels": "tous"})
    check("the form of the link saves", answer.status == 303 and
          "checked" not in amal.ask("/moi/courriels").all("input", name="resume")[0][0])
    return amal, path


def tell_one_click(site, amal, path):
    kinds = [("List-Unsubscribe=One-Click", FORM["Content-Type"]),
             ('--b42\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
              "One-Click\r\n--b42--\r\n", "multipart/form-data; boundary=b42")]
    for body, kind in kinds:
        amal.post("/moi/courriels", jeton=amal.token, courriels="tous", resume="oui")
        status, text, headers = provider_posts(site, path, body, kind)
        page = amal.ask("/moi/courriels")
        check(f"one click stops at once ({kind.split(';')[0]})", status == 200 and
              "checked" not in page.all("input", name="resume")[0][0] and
              "checked" in page.all("input", value="demandes")[0][0], text)
        check("no cookie is given for it", not headers.get_all("Set-Cookie"))
    check("another body does not stop by one click", provider_posts(
        site, path, "--b42\r\nList", "multipart/form-data; boundary=b42")[0] == 400)
    wrong = provider_posts(site, "/courriels/" + 43 * "x", *kinds[0])
    check("a token nobody has is told in words", wrong[0] == 410 and "Ce lien" in wrong[1])
    check("so does its page", site.page("/courriels/x").status == 410)


with Site(clock=True) as site:
    amal, path = tell_mails(site)
    tell_one_click(site, amal, path)
check.end()
