"""The judged collections: those of a folder, and our own of people."""
import collections
import csv
import os

import scoring

HERE = os.path.dirname(os.path.abspath(__file__))
CONTENT = os.path.join(HERE, "..", "..", "content")
CARDS = os.path.join(CONTENT, "demo", "people.csv")


class Collection:
    def __init__(self, name, corpus, asked, qrels, is_people=False):
        self.name, self.corpus, self.is_people = name, corpus, is_people
        self.qrels = {row[0]: qrels[row[0]] for row in asked if row[0] in qrels}
        self.queries = [row[:2] for row in asked if row[0] in qrels]
        self.types = {row[0]: row[2] if len(row) > 2 else "" for row in asked}


def grades(path):
    """{qid: {doc: grade}}; "-" stands for no document."""
    out = collections.defaultdict(dict)
    for qid, doc, grade in scoring.rows(path):
        if doc == "-":
            out[qid] = {}
        else:
            out[qid][doc] = int(grade)
    return out


def cards():
    with open(CARDS, encoding="utf-8") as file:
        return [(r["id"], r["headline"], r["skills"] + " " + r["about"])
                for r in csv.DictReader(file)]


def needs(half):
    return [r for r in scoring.rows(os.path.join(HERE, "people", "needs.tsv"))
            if half in ("all", r[3])]


def people_grades():
    """The two judges, and for each need that somebody can teach the mean of their grades."""
    a, b = (grades(os.path.join(HERE, "people", f"judged-{judge}.tsv")) for judge in "ab")
    mean = {}
    for qid in a:
        both = {doc: (a[qid].get(doc, 0) + b[qid].get(doc, 0)) / 2
                for doc in set(a[qid]) | set(b[qid])}
        if max(both.values(), default=0) >= 1.5:
            mean[qid] = both
    return a, b, mean


def people(half):
    return Collection("people " + half, cards(), needs(half), people_grades()[2], True)


def of_folder(folder, every):
    """Every `every`th query of each collection below `folder`."""
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if not os.path.exists(os.path.join(path, "corpus.tsv")):
            continue
        asked = list(scoring.rows(os.path.join(path, "queries.dev.tsv")))[::every]
        qrels = grades(os.path.join(path, "qrels.dev.tsv"))
        for file in sorted(f for f in os.listdir(path) if f.startswith("corpus")):
            suffix = file[len("corpus"):-len(".tsv")]
            corpus = [(r + ["", ""])[:3] for r in scoring.rows(os.path.join(path, file))]
            yield Collection(name + (f" ({file[:-4]})" if suffix else ""), corpus, asked, qrels)


def texts(folder):
    """Every query of the folder, for taking them out of what is learnt."""
    return [row[1] for name in sorted(os.listdir(folder))
            if os.path.exists(os.path.join(folder, name, "queries.dev.tsv"))
            for row in scoring.rows(os.path.join(folder, name, "queries.dev.tsv"))]
