"""What the relevance measures share: reading tables, nDCG, intervals, plain baselines."""
import math
import random
import re
import sqlite3
import unicodedata

BOOTSTRAPS = 500
STOP = set("""a au aux avec ce ces cet cette dans de des du elle en et eux il ils je la le les leur
    lui ma mais me mes moi mon ne nos notre nous on ou par pas pour qu que qui sa se ses son sur ta
    te tes toi ton tu un une vos votre vous c d j l m n s t y est""".split())


def rows(path):
    with open(path, encoding="utf-8") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split("\t")


def measures(run, qrels):
    """For each query: nDCG@10 with the grades as gains, recall@10, reciprocal rank."""
    out = {}
    for qid, grades in qrels.items():
        found = run.get(qid, [])[:10]
        gain = sum(grades.get(doc, 0) / math.log2(i + 2) for i, doc in enumerate(found))
        ideal = sum(g / math.log2(i + 2)
                    for i, g in enumerate(sorted(grades.values(), reverse=True)[:10]))
        hits = [i for i, doc in enumerate(found) if grades.get(doc, 0) > 0]
        out[qid] = (gain / ideal, len(hits) / len(grades),
                    1 / (hits[0] + 1) if hits else 0)
    return out


def interval(measured):
    """The mean of nDCG@10 and its bootstrap interval of 95 %."""
    scores = [score[0] for score in measured.values()]
    chance = random.Random(1)
    again = sorted(sum(chance.choices(scores, k=len(scores))) / len(scores)
                   for _ in range(BOOTSTRAPS))
    return (sum(scores) / len(scores), again[int(BOOTSTRAPS * .025)],
            again[int(BOOTSTRAPS * .975)])


def show(name, measured):
    scores = list(measured.values())
    mean, low, high = interval(measured)
    recall, rank = (sum(s[k] for s in scores) / len(scores) for k in (1, 2))
    print(f"{name:13} nDCG@10 {mean:.4f} [{low:.4f} {high:.4f}]  R@10 {recall:.4f}  "
          f"MRR {rank:.4f}  ({len(scores)} queries)", flush=True)


def show_types(results, types):
    """nDCG@10 of each system on each type of query."""
    names = [name for name, _ in results]
    print(f"{'':24}{'queries':>8}" + "".join(f"{name:>15}" for name in names))
    for kind in sorted(set(types.values())):
        chosen = [qid for qid in results[0][1] if types.get(qid) == kind]
        if chosen:
            print(f"{kind:24}{len(chosen):8}" + "".join(
                f"{sum(m[qid][0] for qid in chosen) / len(chosen):15.4f}"
                for _, m in results))


def folded(text):
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", text)
                   if not unicodedata.combining(c))


def stemmer():
    """Words to Snowball stems, stop words out; None without the library."""
    try:
        import snowballstemmer
    except ImportError:
        return None
    stem = snowballstemmer.stemmer("french").stemWord
    return lambda text: " ".join(stem(word) for word in re.findall(r"\w+", folded(text))
                                 if word not in STOP)


def with_fts5(corpus, queries, change=lambda text: text):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE c USING fts5(id UNINDEXED, title, body, "
                 "tokenize=\"unicode61 remove_diacritics 2\")")
    base.executemany("INSERT INTO c VALUES (?, ?, ?)",
                     ((doc, change(title), change(body)) for doc, title, body in corpus))
    run = {}
    for qid, text in queries:
        words = re.findall(r"\w+", change(text))
        if words:
            match = " OR ".join('"' + word + '"' for word in words)
            run[qid] = [r[0] for r in base.execute(
                "SELECT id FROM c WHERE c MATCH ? ORDER BY bm25(c) LIMIT 10", (match,))]
    return run


def with_xapian(corpus, queries, change):
    """Xapian's BM25 as it comes; None without its Python module."""
    try:
        import xapian
    except ImportError:
        return None
    base = xapian.WritableDatabase("", xapian.DB_BACKEND_INMEMORY)
    for doc, title, body in corpus:
        made = xapian.Document()
        for word in re.findall(r"\w+", change(title) + " " + change(body)):
            made.add_term(word[:60])
        made.set_data(doc)
        base.add_document(made)
    run = {}
    for qid, text in queries:
        words = [xapian.Query(word[:60]) for word in re.findall(r"\w+", change(text))]
        enquire = xapian.Enquire(base)
        enquire.set_query(xapian.Query(xapian.Query.OP_OR, words))
        run[qid] = [hit.document.get_data().decode() for hit in enquire.get_mset(0, 10)]
    return run
