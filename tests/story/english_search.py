#!/usr/bin/env python3
"""Who writes English finds those who wrote French, and the reverse, by the labels of the thesaurus in
both languages; without such labels the operator is told. Speaks TAP."""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.environ.get("ETABLI_SOURCE") or os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.abspath(os.environ.get("ETABLI_PROGRAM", "./etabli"))
# What is typed in English, and a word of a French skill of whom should be found among the first three.
PAIRS = [("hang drywall", "placo"), ("lime plaster", "chaux"), ("dry stone walling", "pierre sèche"),
         ("I need someone to teach me tiling", "carrel"), ("bookkeeping", "compta"),
         ("weld steel", "soud"), ("bread baking", "levain"), ("throw pottery", "terre"),
         ("video editing", "Kdenlive"), ("sewing for beginners", "coudre"), ("rammed earth", "pisé"),
         ("chase an unpaid invoice", "impayé"),
         # French words in an English need
         ("looking for someone to teach me carrelage", "carrel"),
         ("can someone show me how to poser du placo?", "placo"),
         ("I am a carpenter and I need help with comptabilité", "compta")]
# A card that names its skill in English, and what is typed in French.
ENGLISH = [("render with lime", "enduit à la chaux"), ("fit plasterboard", "poser du placo"),
           ("lay tiles", "carrelage"), ("welding", "soudure")]
count = failed = 0


def ok(is_so, what):
    global count, failed
    count += 1
    failed += not is_so
    print(f"{'ok' if is_so else 'not ok'} {count} - {what}", flush=True)


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True,
                          env=dict(os.environ, ETABLI_CONTENT=os.path.join(ROOT, "content"))).stdout


def people(data, text, lang):
    return json.loads(run("search", "--json", "--lang", lang, "--limit", "5", "--data", data, "--",
                          text))["people"]


with tempfile.TemporaryDirectory() as folder:
    data = os.path.join(folder, "data")
    run("demo", "--data", data)
    for text, word in PAIRS:
        near = [hit for hit in people(data, text, "en")[:3] if not hit["is_far"]]
        ok(any(word in skill["label"] for hit in near for skill in hit["skills"] if skill["is_match"]),
           f"« {text} » finds who knows: {word}")
    path = os.path.join(folder, "cards.csv")
    with open(path, "w", encoding="utf-8") as out:
        out.write("id,name,structure,skills\n")
        out.writelines(f"e{i},Erin Walsh{i},Tradespeople,{label} (4)\n"
                       for i, (label, _) in enumerate(ENGLISH))
    run("import", "people", path, "--apply", "--create", "--as", "published", "--data", data)
    for i, (label, text) in enumerate(ENGLISH):
        near = [hit["external_id"] for hit in people(data, text, "fr") if not hit["is_far"]]
        ok(f"e{i}" in near, f"« {text} » finds the card that says “{label}” {near}")
    ok("English" not in run("learn", "--data", data), "a thesaurus in two languages is nothing to tell")
    bare = os.path.join(folder, "bare")
    skills = os.path.join(folder, "skills.csv")
    with open(skills, "w", encoding="utf-8") as out:
        out.write("code,label\n" + "".join(f"s{i},savoir numéro {i}\n" for i in range(20)))
    run("import", "skills", skills, "--apply", "--data", bare)
    told = run("learn", "--data", bare)
    ok("0 of 20" in told and "English" in told, f"without English labels the operator is told {told!r}")
print(f"1..{count}")
sys.exit(failed > 0)
