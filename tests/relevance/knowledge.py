"""What `etabli learn` is given by the measures, and the same without the queries' own texts."""
import csv
import gzip
import json
import os
import re

import scoring

FILES = ("referentiel_code_rome", "referentiel_appellation", "referentiel_competence",
         "referentiel_savoir", "texte", "liens_rome_referentiels")


def key(text):
    return " ".join(word for word in re.findall(r"\w+", scoring.folded(text))
                    if word not in scoring.STOP)


def names(label):
    """A label and, of "Tourneur / Tourneuse sur bois", its forms."""
    return {key(label)} | {key(part) for part in label.split(" / ")}


def arguments(folder):
    """Options of `etabli learn` for what lies in `folder`, and words that name it."""
    rome = os.path.join(folder, "rome-4.60-train")
    esco = os.path.join(folder, "esco-fr-train", "skills_fr.csv")
    lists = os.path.join(folder, "labonnealternance", "search-items-keywords-cache.jsonl.gz")
    given = [("--rome", rome), ("--esco", esco), ("--lists", lists)]
    there = [(option, path) for option, path in given if os.path.exists(path)]
    return ([part for pair in there for part in pair],
            ", ".join(os.path.relpath(path, folder) for _, path in there) or "nothing")


def without(folder, to, queries):
    """Copies the knowledge to `to` without labels and keywords that are a query; how many went."""
    asked, gone = {key(text) for text in queries}, 0
    rome = os.path.join(folder, "rome-4.60-train")
    if os.path.exists(rome):
        os.makedirs(os.path.join(to, "rome-4.60-train"))
        for name in os.listdir(rome):
            if not any(name.startswith(f"unix_{file}_v") for file in FILES):
                continue
            with open(os.path.join(rome, name), encoding="utf-8-sig") as source, \
                    open(os.path.join(to, "rome-4.60-train", name), "w", encoding="utf-8",
                         newline="") as out:
                rows = csv.reader(source)
                writer = csv.writer(out)
                writer.writerow(next(rows))
                for row in rows:
                    if "code_rome_v" not in name and any(names(c) & asked for c in row if c):
                        gone += 1
                    else:
                        writer.writerow(row)
    esco = os.path.join(folder, "esco-fr-train", "skills_fr.csv")
    if os.path.exists(esco):
        os.makedirs(os.path.join(to, "esco-fr-train"))
        with open(esco, encoding="utf-8-sig") as source, \
                open(os.path.join(to, "esco-fr-train", "skills_fr.csv"), "w", encoding="utf-8",
                     newline="") as out:
            rows = csv.DictReader(source)
            writer = csv.DictWriter(out, rows.fieldnames)
            writer.writeheader()
            for row in rows:
                labels = [a for a in re.split(r"[\n|]", row["altLabels"] or "") if a.strip()]
                kept = [label for label in labels if key(label) not in asked]
                gone += len(labels) - len(kept)
                writer.writerow({**row, "altLabels": "|".join(kept)})
    lists = os.path.join(folder, "labonnealternance", "search-items-keywords-cache.jsonl.gz")
    if os.path.exists(lists):
        os.makedirs(os.path.join(to, "labonnealternance"))
        with gzip.open(lists, "rt", encoding="utf-8") as source, \
                gzip.open(os.path.join(to, "labonnealternance", os.path.basename(lists)), "wt",
                          encoding="utf-8") as out:
            for line in source:
                words = json.loads(line)["k"]
                kept = [word for word in words if key(word) not in asked]
                gone += len(words) - len(kept)
                out.write(json.dumps({"k": kept}, ensure_ascii=False) + "\n")
    return gone
