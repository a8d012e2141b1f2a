#!/usr/bin/env python3
"""Wrong configuration files and the exact lines they must be told with. Speaks TAP."""
import os
import subprocess
import tempfile

PROGRAM = os.environ["ETABLI_PROGRAM"]
SOURCE = os.environ["ETABLI_SOURCE"]
W = "a whole number from"
# Each: a name, the file, the lines expected (without the file's name).
CASES = [
    ("unknown key", "sight: 1\n", ['1:1: sight: unknown key; did you mean "site"?']),
    ("unknown key, nothing near", "zzzzzzzzz: 1\n", ["1:1: zzzzzzzzz: unknown key"]),
    ("unknown key in a group", "site:\n  nmae: x\n", ['2:3: site.nmae: unknown key; did you mean "name"?']),
    ("unknown key in exchange", "exchange:\n  waves: 3\n", ['2:3: exchange.waves: unknown key; did you mean "wave"?']),
    ("a map where a value is", "data: {a: 1}\n", ["1:7: data: a map where one value is expected"]),
    ("a list where a value is", "site:\n  name: [a]\n", ["2:9: site.name: a list where one value is expected"]),
    ("a value where a map is", "site: hello\n", ["1:7: site: a value where a map is expected"]),
    ("a list where a map is", "site: [a]\n", ["1:7: site: a list where a map is expected"]),
    ("an empty name", 'site:\n  name: ""\n', ['2:9: site.name: "" is 0 bytes long; 1 to 80 are allowed']),
    ("a port too high", "listen:\n  port: 65536\n", [f'2:9: listen.port: "65536" is not allowed; {W} 0 to 65535']),
    ("a negative port", "listen:\n  port: -1\n", [f'2:9: listen.port: "-1" is not allowed; {W} 0 to 65535']),
    ("letters in a number", "listen:\n  port: 80a\n", [f'2:9: listen.port: "80a" is not allowed; {W} 0 to 65535']),
    ("a fraction for a whole number", "listen:\n  port: 80.5\n", [f'2:9: listen.port: "80.5" is not allowed; {W} 0 to 65535']),
    ("an exponent", "listen:\n  port: 1e3\n", [f'2:9: listen.port: "1e3" is not allowed; {W} 0 to 65535']),
    ("hexadecimal", "listen:\n  port: 0x50\n", [f'2:9: listen.port: "0x50" is not allowed; {W} 0 to 65535']),
    ("a quoted number", 'listen:\n  port: "80"\n', [f'2:9: listen.port: "80" is not allowed; {W} 0 to 65535']),
    ("an empty number", "listen:\n  port:\n", [f'2:8: listen.port: "" is not allowed; {W} 0 to 65535']),
    ("a wrong unit", "listen:\n  header_deadline: 8 min\n", [f'2:20: listen.header_deadline: "8 min" is not allowed; {W} 1 to 120 s']),
    ("no threads", "listen:\n  threads: 0\n", [f'2:12: listen.threads: "0" is not allowed; {W} 1 to 64']),
    ("few connections", "listen:\n  connections: 3\n", [f'2:16: listen.connections: "3" is not allowed; {W} 16 to 65536']),
    ("a body limit too small", "listen:\n  body_limit: 10\n", [f'2:15: listen.body_limit: "10" is not allowed; {W} 1024 to 16777216 bytes']),
    ("no IP address", "listen:\n  address: localhost\n", ['2:12: listen.address: "localhost" is not an IPv4 or IPv6 address']),
    ("an address among the names", "listen:\n  hosts: https://a/b\n", ['2:10: listen.hosts: "https://a/b" is not allowed; names such as www.example.org or 10.0.0.5:8080, separated by blanks']),
    ("half an IP address", "listen:\n  address: 127.0.0\n", ['2:12: listen.address: "127.0.0" is not an IPv4 or IPv6 address']),
    ("a time zone elsewhere", "site:\n  time_zone: Asia/Tokyo\n", ['2:14: site.time_zone: "Asia/Tokyo" is not allowed; Europe/Paris or UTC']),
    ("a source that is no address", "site:\n  source_url: git@forge\n", ['2:15: site.source_url: "git@forge" is not allowed; an https:// or http:// address']),
    ("a contact that is none", "site:\n  contact: me\n", ['2:12: site.contact: "me" is neither an e-mail address nor an https:// page']),
    ("a way of mailing", "mail:\n  mode: post\n", ['2:9: mail.mode: "post" is not allowed; smtp, dir or off']),
    ("a mail server", "mail:\n  server: mail.example.org\n", ['2:11: mail.server: "mail.example.org" is not allowed; it starts with smtp:// or smtps://']),
    ("a log level", "log:\n  level: loud\n", ['2:10: log.level: "loud" is not allowed; error, warning, info or debug']),
    ("a log level too short", "log:\n  level: x\n", ['2:10: log.level: "x" is 1 bytes long; 4 to 7 are allowed']),
    ("a negative weight", "ranking:\n  text: -0.5\n", ['2:9: ranking.text: "-0.5" is not allowed; a number from 0.00 to 100.00']),
    ("a weight above one", "ranking:\n  sinking: 1.5\n", ['2:12: ranking.sinking: "1.5" is not allowed; a number from 0.00 to 1.00']),
    ("a weight with a comma", "ranking:\n  level: 0,5\n", ['2:10: ranking.level: "0,5" is not allowed; a number from 0.00 to 10.00']),
    ("maybe as a number", "ranking:\n  rotation: maybe\n", ['2:13: ranking.rotation: "maybe" is not allowed; a number from 0.00 to 1.00']),
    ("a query limit", "search:\n  query_bytes: 5\n", [f'2:16: search.query_bytes: "5" is not allowed; {W} 20 to 4000 bytes']),
    ("too few words", "search:\n  query_terms: 1\n", [f'2:16: search.query_terms: "1" is not allowed; {W} 4 to 64']),
    ("a deadline of nothing", "search:\n  deadline: 0\n", [f'2:13: search.deadline: "0" is not allowed; {W} 20 to 10000 ms']),
    ("a page of nothing", "search:\n  page_size: 0\n", [f'2:14: search.page_size: "0" is not allowed; {W} 1 to 100']),
    ("no open needs", "exchange:\n  open_needs: 0\n", [f'2:15: exchange.open_needs: "0" is not allowed; {W} 1 to 100']),
    ("a wave too large", "exchange:\n  wave: 21\n", [f'2:9: exchange.wave: "21" is not allowed; {W} 1 to 20']),
    ("follow-ups out of order", "exchange:\n  follow_up_first: 10\n", ["2:20: exchange.follow_up_first: 10 must be less than exchange.follow_up_second, which is 9"]),
    ("second after third", "exchange:\n  follow_up_second: 30\n", ["2:21: exchange.follow_up_second: 30 must be less than exchange.follow_up_third, which is 21"]),
    ("third after closing", "exchange:\n  follow_up_third: 50\n", ["2:20: exchange.follow_up_third: 50 must be less than exchange.closing, which is 45"]),
    ("closing after the end", "exchange:\n  closing: 120\n", ["2:12: exchange.closing: 120 must be less than exchange.need_life, which is 90"]),
    ("confirm after sinking", "exchange:\n  confirm_after: 12\n", ["2:18: exchange.confirm_after: 12 must be less than exchange.sinks_after, which is 12"]),
    ("sinking after hiding", "exchange:\n  sinks_after: 30\n", ["2:16: exchange.sinks_after: 30 must be less than exchange.hidden_after, which is 24"]),
    ("reminders out of order", "exchange:\n  reminder_early: 1\n", ["2:3: exchange.reminder_late: 30 h must come after exchange.reminder_early, 1 days before"]),
    ("two mistakes at once", "listen:\n  port: x\n  threads: y\n", [f'2:9: listen.port: "x" is not allowed; {W} 0 to 65535', f'3:12: listen.threads: "y" is not allowed; {W} 1 to 64']),
    ("a key twice", "data: a\ndata: b\n", ['2:1: key "data" is given twice, first on line 1']),
    ("an alias", "data: &a x\n", ["1:7: tags and anchors are not used here"]),
    ("a tag", "data: !!str x\n", ["1:7: tags and anchors are not used here"]),
    ("two documents", "data: a\n---\ndata: b\n", ["2:1: only one document is allowed"]),
    ("a list at the top", "- a\n", ["1:1: a list where a map of settings is expected"]),
    ("a word at the top", "hello\n", ["1:1: a value where a map of settings is expected"]),
    ("another language", "languages: [fr, de]\n", ['1:12: languages: "de" is not there; fr and en are']),
    ("a language twice", "languages: [fr, fr]\n", ['1:12: languages: "fr" is there twice']),
    ("a sender with a line break", 'mail:\n  from: "a@b.org\\r\\nBcc: v@x.org"\n', ["2:9: mail.from: line breaks and control characters are not allowed"]),
    ("a sender that is none", "mail:\n  from: zzz\n", ['2:9: mail.from: "zzz" is not an e-mail address']),
    ("a front server's name", 'listen:\n  fronts: "127.0.0.1 proxy"\n', ['2:11: listen.fronts: "proxy" is not an IPv4 or IPv6 address']),
    ("a funder's script", "funders:\n  - {key: a, name: A, pays: x, a_person: 3, checked_on: 2026-11-30, checked_by: b, url: 'javascript:1'}\n", ['2:89: funders.url: "javascript:1" is not allowed; an https:// or http:// address']),
    ("no French", "languages: [en]\n", ["1:12: languages: fr must come first"]),
    ("languages as a word", "languages: fr\n", ["1:12: languages: a list is expected"]),
    ("a territory as a list", "territory: [a]\n", ["1:12: territory: a map with the key communes is expected"]),
    ("a territory's key", "territory:\n  comunes: [a]\n", ['2:3: territory.comunes: unknown key; did you mean "communes"?']),
    ("a commune without a name", "territory:\n  communes: [{latitude: 1, longitude: 2}]\n", ["2:14: territory.communes: each item is a name of 1 to 200 bytes, or a map with name, latitude and longitude"]),
    ("a commune's key", "territory:\n  communes: [{name: A, lattitude: 1, longitude: 2}]\n", ['2:24: territory.communes.lattitude: unknown key; did you mean "latitude"?', "2:14: territory.communes.latitude: a number of degrees is expected, like 45.19"]),
    ("a commune beyond the pole", "territory:\n  communes: [{name: A, latitude: 91, longitude: 2}]\n", ['2:34: territory.communes.latitude: "91" is not allowed; degrees, -90 to 90']),
    ("a commune's place in words", "territory:\n  communes: [{name: A, latitude: nan, longitude: 0x1}]\n", ['2:34: territory.communes.latitude: "nan" is not allowed; degrees, -90 to 90', '2:50: territory.communes.longitude: "0x1" is not allowed; degrees, -180 to 180']),
    ("a commune twice", "territory:\n  communes: [Échirolles, echirolles]\n", ['2:13: territory.communes: "echirolles" is there twice']),
    ("communes as a word", "territory:\n  communes: Grenoble\n", ["2:13: territory.communes: a list of at most 2000 items is expected"]),
    ("poles as a word", "poles: bois\n", ["1:8: poles: a list of at most 2000 items is expected"]),
    ("a pole that is a word", "poles: [bois]\n", ["1:9: poles: each item is a map with key and name"]),
    ("a pole's kind", "poles:\n  - {key: a, name: A, kind: art}\n", ['2:29: poles.kind: "art" is not allowed; trade, service or sales']),
    ("a pole without a key", "poles:\n  - {name: A, kind: trade}\n", ["2:5: poles.key is missing"]),
    ("a pole's key with capitals", "poles:\n  - {key: Bois, name: A, kind: trade}\n", ['2:11: poles.key: "Bois" is not allowed; 1 to 60 of a-z, 0-9 and inner hyphens']),
    ("a pole's key twice", "poles:\n  - {key: a, name: A, kind: trade}\n  - {key: a, name: B, kind: trade}\n", ['3:11: poles.key: "a" is used on line 2 already']),
    ("a facilitator without an address", "poles:\n  - {key: a, name: A, kind: trade, facilitators: [moi]}\n", ['2:50: poles.facilitators: "moi" is not an e-mail address']),
    ("a structure's key misspelt", "structures:\n  - {key: a, nom: A}\n", ['2:14: structures.nom: unknown key; did you mean "name"?', "2:5: structures.name is missing"]),
    ("a structure's url without a host", "structures:\n  - {key: a, name: A, url: 'https:///a'}\n", ['2:28: structures.url: "https:///a" is not allowed; an https:// or http:// address']),
    ("a structure's url", "structures:\n  - {key: a, name: A, url: ftp://a}\n", ['2:28: structures.url: "ftp://a" is not allowed; an https:// or http:// address']),
    ("a day of a funder that does not exist", "funders:\n  - {key: a, name: A, pays: P, checked_by: C, a_person: 9, checked_on: 2026-02-31}\n", ['2:72: funders.checked_on: "2026-02-31" is no day such as 2026-11-30']),
    ("an amount of a funder", "funders:\n  - {key: a, name: A, pays: P, checked_by: C, checked_on: 2026-02-01, a_person: much}\n", ['2:81: funders.a_person: "much" is not allowed; 1 to 1000000 euros']),
    ("a base address with a slash", "site:\n  base_url: https://a.example/\n", ['2:13: site.base_url: "https://a.example/" is not allowed; https://host or http://host, with a port if need be, without a slash at the end']),
    ("a base address without a scheme", "site:\n  base_url: etabli.example\n", ['2:13: site.base_url: "etabli.example" is not allowed; https://host or http://host, with a port if need be, without a slash at the end']),
    ("right: nothing", "", None),
    ("right: a byte order mark", "\ufeffdata: a\n", None),
    ("right: carriage returns", "site:\r\n  name: A\r\n", None),
    ("right: a unit", "listen:\n  header_deadline: 9 s\n", None),
    ("right: empty lists", "poles:\nstructures:\n", None),
]

with tempfile.TemporaryDirectory() as folder:
    for number, (name, text, wanted) in enumerate(CASES, 1):
        path = os.path.join(folder, "site.yaml")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        done = subprocess.run([PROGRAM, "check", "--config", path], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        expected = f"{path}: ok\n" if wanted is None else "".join(
            f"{path}:{line}\n" for line in wanted)
        is_right = done.stdout == expected and done.returncode == (0 if wanted is None else 1)
        print("ok" if is_right else "not ok", number, "-", name)
        if not is_right:
            print("# wanted", repr(expected), "\n# got   ", repr(done.stdout), done.returncode)
    example = subprocess.run(
        [PROGRAM, "check", "--config", os.path.join(SOURCE, "config/site.example.yaml")])
    print("ok" if example.returncode == 0 else "not ok", len(CASES) + 1,
          "- the example works as it is")
    explained = subprocess.run([PROGRAM, "check", "--explain"], stdout=subprocess.PIPE,
                               text=True).stdout
    with open(os.path.join(SOURCE, "config/site.example.yaml"), encoding="utf-8") as file:
        shown = file.read()
    missing = [line for line in explained.split("\n") if line and line[0] != " " and
               line.split(".")[-1] + ":" not in shown]
    print("not ok" if missing else "ok", len(CASES) + 2, "- the example shows every setting",
          *missing)
    print(f"1..{len(CASES) + 2}")
