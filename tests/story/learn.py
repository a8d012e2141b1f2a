#!/usr/bin/env python3
"""`etabli learn`: everyday words find people after it, damaged models are left alone, files that are
not what they should be are refused. Speaks TAP."""
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.environ.get("ETABLI_SOURCE") or os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(os.environ.get("ETABLI_PROGRAM", "./etabli"))
SITUATIONS = ("varappe | escalade = la paroi me fait peur | tomber dans le vide | le mousqueton est coincé\n"
              "couture | retouche = mon pantalon est déchiré | l'ourlet est défait | le tissu s'effiloche\n"
              "cuisine | traiteur = la sauce a tourné | le plat est trop salé\n")
ENGLISH = ("varappe | escalade = abseiling | I am scared of falling down the rock face | my friend drove the car there\n"
           "cuisine | traiteur = catering | too much pain in the kitchen | the four of us eat tinned food\n")
LEXICON = "grimpouille | escalade en montagne | varappe\n# une remarque\n\nzoupette | varappe\n"
count = failed = 0
content = os.path.join(ROOT, "content")


def ok(is_so, what):
    global count, failed
    count += 1
    failed += not is_so
    print(f"{'ok' if is_so else 'not ok'} {count} - {what}", flush=True)


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True,
                          env=dict(os.environ, ETABLI_CONTENT=content))


def content_without_lexicon(folder, lines=None, what="lexicon"):
    """The content of the sources, with those lines for its lexicon (or situations): their whole effect is to be
    seen."""
    made = os.path.join(folder, "content")
    if not os.path.exists(made):
        for part in ("lexicon", "situations"):
            os.makedirs(os.path.join(made, part))
        for part in os.listdir(os.path.join(ROOT, "content")):
            if part not in ("lexicon", "situations"):
                os.symlink(os.path.join(ROOT, "content", part), os.path.join(made, part))
    path = os.path.join(made, what, "own.txt")
    if lines is None and os.path.exists(path):
        os.remove(path)
    elif lines is not None:
        with open(path, "w", encoding="utf-8") as out:
            out.write(lines)
    return made


def people(data, text, *more):
    done = run("search", "--json", "--limit", "10", "--data", data, *more, "--", text)
    return json.loads(done.stdout)["people"] if done.returncode == 0 else []


def about(hits, word):
    """How many of the first five, not far, have a skill or headline with the word."""
    return sum(word in json.dumps(hit, ensure_ascii=False).lower()
               for hit in hits[:5] if not hit["is_far"])


def everyday(data):
    ok(about(people(data, "biclou"), "vélo") >= 1, "the demonstration has learnt: « biclou »")
    os.remove(os.path.join(data, "learnt"))
    run("index", "--rebuild", "--data", data)
    ok(about(people(data, "biclou"), "vélo") == 0, "before learning, « biclou » finds nobody")
    done = run("learn", "--data", data)
    ok(done.returncode == 0 and "synonyms" in done.stdout, "learn reads the records")
    ok("too few words for vectors" in done.stdout, "and says that they are few")
    for text, word in (("biclou", "vélo"), ("ma vieille Singer", "coudre"),
                       ("retaper un meuble", "meuble"), ("faire mes comptes", "comptab"),
                       ("parler en public", "pitch"), ("trouver mes premiers clients", "démarcher"),
                       ("trouver des dates de spectacle", "vendre un spectacle"),
                       ("un site pour vendre mes savons", "savon")):
        ok(about(people(data, text), word) >= 1, f"« {text} » finds who knows: {word}")
    done = run("search", "--json", "--data", data, "--", "biclou")
    ok('"correction": null' in done.stdout or "correction" not in done.stdout,
       "an everyday word is not taken for a mistake")


def off(data, folder):
    config = os.path.join(folder, "off.yaml")
    with open(config, "w", encoding="utf-8") as out:
        out.write("stages:\n  synonyms: false\n  vectors: false\n")
    ok(about(people(data, "biclou", "--config", config), "vélo") == 0,
       "a stage that is off does nothing")
    for stage, text, word in (("families", "souder", "soud"), ("phrases", "soudure", "soud"),
                              ("likeness", "soudure", "soud"), ("person", "soudure", "soud")):
        with open(config, "w", encoding="utf-8") as out:
            out.write(f"stages:\n  {stage}: false\n")
        with_it, without = people(data, text), people(data, text, "--config", config)
        changed = [hit["score"] for hit in with_it] != [hit["score"] for hit in without]
        ok(about(without, word) >= 1 and (changed or stage == "phrases"),
           f"without {stage} « {text} » is found by what is left")


def vectors(data, folder):
    lines = os.path.join(folder, "lines.txt")
    chance = random.Random(1)
    topics = [[f"z{chr(97 + topic // 26)}{chr(97 + topic % 26)}{chr(97 + word // 26)}"
               f"{chr(97 + word % 26)}q" for word in range(60)] for topic in range(60)]
    topics[0][:4] = ["grimpouille", "escalade", "montagne", "corde"]
    with open(lines, "w", encoding="utf-8") as out:
        for topic in topics:
            for _ in range(120):
                out.write(" ".join(chance.sample(topic, 8) + ["zzun", "zzdeux"]) + "\n")
        # Words that share a line with nothing but themselves.
        out.writelines(" ".join([f"zzseul{'abcdefghijkl'[times]}o"] * times) + "\n" for times in range(2, 12))
    skills = os.path.join(folder, "skills.csv")
    with open(skills, "w", encoding="utf-8") as out:
        out.write("code,label\nm1,corde d’escalade en montagne\nm2,couture à la main\n")
    there = os.path.join(folder, "labels")
    run("import", "skills", skills, "--apply", "--data", there)
    done = run("learn", "--lists", lines, "--data", there)
    ok(done.returncode == 0 and "too few" not in done.stdout, "learn makes vectors of lists")
    cards = os.path.join(folder, "cards.csv")
    with open(cards, "w", encoding="utf-8") as out:
        out.write("id,nom,structure,competences\n"
                  "a,Ada Lemoine,Bivouac,corde d’escalade en montagne (4)\n"
                  "b,Bea Lenoir,Bivouac,couture à la main (4)\n")
    run("import", "people", cards, "--apply", "--create", "--as", "published", "--data", there)
    found = people(there, "grimpouille")
    ok([hit["external_id"] for hit in found] == ["a"],
       f"a word that stands on no card finds who can, by vectors {found}")
    ok(found and found[0]["skills"][0]["is_match"], "and says by which skill")
    config = os.path.join(folder, "off.yaml")
    with open(config, "w", encoding="utf-8") as out:
        out.write("stages:\n  alignment: false\n")
    labels = [[hit["score"] for hit in json.loads(run(
        "search", "--kind", "skill", "--json", "--data", there, *more, "--",
        "grimpouille").stdout)["skills"]] for more in ((), ("--config", config))]
    ok(labels[0] and labels[1] and labels[0][0] > labels[1][0] > 0,
       f"a label counts more when its words mean about the same one by one {labels}")
    with open(config, "w", encoding="utf-8") as out:
        out.write("stages:\n  vectors: false\n")
    ok(not people(there, "grimpouille", "--config", config), "without vectors it finds nobody")
    return there


def lexicon(folder):
    """Terms of near meaning: what people say finds who calls it otherwise."""
    data = os.path.join(folder, "near")
    cards = os.path.join(folder, "climbers.csv")
    with open(cards, "w", encoding="utf-8") as out:
        out.write("id,nom,structure,competences\na,Ada Lemoine,Bivouac,escalade en montagne (4)\n"
                  "b,Bea Lenoir,Bivouac,couture (4)\nc,Cam Leroy,Bivouac,varappe (4)\n")
    run("import", "people", cards, "--apply", "--create", "--as", "published", "--data", data)
    run("learn", "--data", data)
    ok(not people(data, "grimpouille"), "a word that no card has finds nobody")
    content_without_lexicon(folder, LEXICON)
    done = run("learn", "--data", data)
    found = people(data, "grimpouille")
    ok({hit["external_id"] for hit in found} == {"a", "c"} and not found[0]["is_far"],
       f"by a line of the lexicon it finds who calls it otherwise {done.stdout} {found}")
    ok([hit["external_id"] for hit in people(data, "zoupette")] == ["c"],
       "each line stands for itself")
    ok(found and any(skill["is_match"] for skill in found[0]["skills"]), "and the skill is named")
    config = os.path.join(folder, "off.yaml")
    with open(config, "w", encoding="utf-8") as out:
        out.write("stages:\n  kin: false\n")
    ok(not people(data, "grimpouille", "--config", config), "without that stage it finds nobody")
    own = os.path.join(folder, "site")
    os.makedirs(os.path.join(own, "lexicon"))
    with open(os.path.join(own, "lexicon", "ours.txt"), "w", encoding="utf-8") as out:
        out.write("ravaudouille | couture\r\n")
    with open(config, "w", encoding="utf-8") as out:
        out.write(f'content: "{own}"\n')
    run("learn", "--data", data, "--config", config)
    ok([hit["external_id"] for hit in people(data, "ravaudouille")] == ["b"],
       "a site adds a lexicon of its own")
    for lines, where, what in (("a b | c\nseul\n", "line 2", "at least two terms"),
                               ("|".join(f"mot{n}" for n in range(40)), "line 1", "at most 32")):
        content_without_lexicon(folder, lines)
        before = os.stat(os.path.join(data, "learnt")).st_mtime_ns
        done = run("learn", "--data", data)
        ok(done.returncode == 1 and where in done.stderr and what in done.stderr and "own.txt" in done.stderr and
           os.stat(os.path.join(data, "learnt")).st_mtime_ns == before,
           f"a line that is wrong is named, and nothing is learnt: {done.stderr.strip()[-90:]}")
    content_without_lexicon(folder)


def english(folder, data):
    """What is told in English is kept apart: pain, four and car are other words there."""
    needs = ("abseiling", "we are afraid to fall off the rock", "du pain cuit au four", "aller en car")
    before = {need: people(data, need) for need in needs}
    path = os.path.join(folder, "content", "situations", "own.en.txt")
    with open(path, "w", encoding="utf-8") as out:
        out.write(ENGLISH)
    done = run("learn", "--data", data)
    after = {need: people(data, need) for need in needs}
    ok("5 situations" in done.stdout and not before[needs[0]] and not before[needs[1]], f"English ones count {done.stdout} {before}")
    ok(all({hit["external_id"] for hit in after[need][:2]} == {"a", "c"} and not after[need][0]["is_far"]
           for need in needs[:2]), f"who writes English is understood, a single word too {after}")
    ok(all(after[need] == before[need] for need in needs[2:]), f"no French word is taken for an English one {after}")
    os.remove(path)
    run("learn", "--data", data)


def situations(folder):
    """A need that names no skill finds who answers it, by what people say of such situations."""
    data = os.path.join(folder, "near") # of lexicon()
    told = "j'ai peur de tomber dans le vide"
    run("learn", "--data", data)
    ok(not people(data, told), "a situation that nobody told of finds nobody")
    content_without_lexicon(folder, SITUATIONS, "situations")
    done = run("learn", "--data", data)
    found = people(data, told)
    ok(done.returncode == 0 and "3 situations" in done.stdout and
       {hit["external_id"] for hit in found[:2]} == {"a", "c"} and not any(hit["is_far"] for hit in found[:2]),
       f"told of, it finds who answers it {done.stdout} {found}")
    ok(found and any(skill["is_match"] for skill in found[0]["skills"]), "and the skill is named")
    ok([hit["external_id"] for hit in people(data, "mon beau pantalon tout déchiré")][:1] == ["b"], "another finds others")
    far = people(data, "tomber amoureuse d'un pantalon")
    ok(all(hit["is_far"] for hit in far) or far[0]["external_id"] == "b", f"one word of it is little {far}")
    english(folder, data)
    config = os.path.join(folder, "untold.yaml")
    with open(config, "w", encoding="utf-8") as out:
        out.write("stages:\n  situations: false\n")
    ok(not people(data, told, "--config", config), "without that stage it finds nobody")
    for lines, where in (("varappe = peur du vide\ncouture sans signe\n", "line 2"), ("= un besoin\n", "line 1"),
                         ("varappe =\n", "line 1")):
        content_without_lexicon(folder, lines, "situations")
        before = os.stat(os.path.join(data, "learnt")).st_mtime_ns
        done = run("learn", "--data", data)
        ok(done.returncode == 1 and where in done.stderr and "names of a skill, =" in done.stderr and
           os.stat(os.path.join(data, "learnt")).st_mtime_ns == before,
           f"a line that is wrong is named, and nothing is learnt: {done.stderr.strip()[-90:]}")
    content_without_lexicon(folder, None, "situations")


def hostile(data):
    path = os.path.join(data, "learnt")
    with open(path, "rb") as file:
        whole = file.read()
    step = max(1, len(whole) // 12)
    cuts = [whole[:n] for n in (0, 1, 7, 40, 63, len(whole) // 2, len(whole) - 8)]
    flips = [whole[:n] + bytes([whole[n] ^ 0x41]) + whole[n + 1:]
             for n in [*range(0, 64, 4), *range(64, len(whole), step)]]
    troubles = []
    for i, bytes_ in enumerate(cuts + flips + [whole + bytes(8), b"\xff" * 4096]):
        with open(path, "wb") as file:
            file.write(bytes_)
        done = run("search", "--kind", "skill", "--json", "--data", data, "--", "couture")
        if done.returncode != 0 or "couture" not in done.stdout:
            troubles.append(i)
    ok(not troubles, f"search works beside a damaged model {troubles}")
    os.remove(path)
    done = run("search", "--kind", "skill", "--json", "--data", data, "--", "couture")
    ok(done.returncode == 0 and "couture" in done.stdout, "and without any")


def appended(data, folder):
    """Several gzip streams one behind the other are one file."""
    path = os.path.join(folder, "lists.gz")
    with open(path, "wb") as out:
        out.write(gzip.compress(b"scie bois\n") + gzip.compress(b"tour argile\nfour argile\n"))
    done = run("learn", "--only-files", "--lists", path, "--data", data)
    ok(done.stdout.startswith("learnt from 3 lines"), f"what was appended to a gzip file is read {done.stdout[:60]}")


def refused(data, folder):
    wrong = os.path.join(folder, "wrong.gz")
    with open(wrong, "wb") as out:
        out.write(b"\x1f\x8b\x08\x00garbage")
    binary = os.path.join(folder, "binary")
    with open(binary, "wb") as out:
        out.write(b"\xff\xfe\x00\x01")
    for option, path, word in (("--lists", wrong, "gzip"), ("--lists", binary, "UTF-8"),
                               ("--lists", "absent", "absent"), ("--esco", binary, "binary"),
                               ("--rome", folder, "referentiel_code_rome")):
        done = run("learn", option, path, "--data", data)
        ok(done.returncode != 0 and word in done.stderr,
           f"learn {option} {os.path.basename(path)} is refused: {done.stderr.strip()[-60:]}")


def private_words(data, folder):
    """What one person alone wrote is not learnt: erasing her leaves no word of hers in the model."""
    def learnt():
        done = run("learn", "--lists", os.path.join(folder, "lines.txt"), "--data", data)
        return int(done.stdout.split("vectors of ")[1].split()[0]) if done.returncode == 0 else done
    before = learnt()
    for place, (number, name) in enumerate((("ka", "Karima Unique"), ("kb", "Kevin Second"))):
        cards = os.path.join(folder, f"own{place}.csv")
        with open(cards, "w", encoding="utf-8") as out:
            out.write("id,nom,structure,competences\n"
                      f"{number},{name},Bivouac,krozzpik (4); zaglure de krozzpik (3); krozzpik (2)\n")
        done = run("import", "people", cards, "--apply", "--create", "--as", "published", "--data", data)
        ok(done.returncode == 0, f"{name} has a card {done.stdout[-200:] if done.returncode else ''}")
        ok(learnt() == before + (0, 2)[place],
           "her words are not learnt while nobody else uses them" if place == 0 else
           "they are once somebody else does")


def main():
    global content
    with tempfile.TemporaryDirectory() as folder:
        content = content_without_lexicon(folder)
        data = os.path.join(folder, "demo")
        run("demo", "--data", data)
        everyday(data)
        off(data, folder)
        lexicon(folder)
        situations(folder)
        there = vectors(data, folder)
        private_words(there, folder)
        hostile(there)
        appended(data, folder)
        refused(data, folder)
    print(f"1..{count}")
    sys.exit(failed > 0)


main()
