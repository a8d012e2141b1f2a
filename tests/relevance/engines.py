"""The searches that are measured: Établi itself and what one would otherwise take. Each gives, for
every query, the ids of its ten best documents."""
import csv
import os
import re
import shutil
import subprocess
import tempfile

import judged
import knowledge
import scoring

POSTGRESQL = "/usr/lib/postgresql/15/bin"


class Etabli:
    """A data folder with a collection in it."""

    def __init__(self, program, collection):
        self.program, self.collection = program, collection
        self.folder = tempfile.TemporaryDirectory()
        self.data = ["--data", os.path.join(self.folder.name, "data")]
        if collection.is_people:
            self.call("demo")
            return
        path = os.path.join(self.folder.name, "corpus.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["code", "label", "alt_labels", "description", "parent"])
            out.writerows([doc, title, "", body, ""] for doc, title, body in collection.corpus)
        self.call("import", "skills", path, "--apply")

    def close(self):
        self.folder.cleanup()

    def call(self, *arguments):
        return subprocess.run([self.program, *arguments, *self.data], check=True,
                              stdout=subprocess.PIPE, text=True,
                              env={"ETABLI_CONTENT": judged.CONTENT, **os.environ}).stdout

    def configured(self, without):
        """Settings of `stages` that are false, as options."""
        config = os.path.join(self.folder.name, "site.yaml")
        with open(config, "w", encoding="utf-8") as out:
            out.write("stages:\n" + "".join(f"  {stage}: false\n" for stage in without)
                      if without else "")
        return ["--config", config]

    def learn(self, folder, without=()):
        return self.call("learn", *knowledge.arguments(folder)[0],
                         *self.configured(without)).splitlines()[0]

    def unlearn(self):
        learnt = os.path.join(self.data[1], "learnt")
        if os.path.exists(learnt):
            os.remove(learnt)
            self.call("index", "--rebuild")

    def ask(self, without=()):
        """`without`: settings of `stages` that are false."""
        queries = os.path.join(self.folder.name, "queries.tsv")
        with open(queries, "w", encoding="utf-8") as out:
            out.writelines(f"{qid}\t{text}\n" for qid, text in self.collection.queries)
        answer = self.call("search", "--kind", "person" if self.collection.is_people else "skill",
                           "--batch", queries, "--limit", "10", "--format", "trec",
                           *self.configured(without))
        run = {}
        for line in answer.splitlines():
            qid, _, doc, _ = line.split(" ", 3)
            run.setdefault(qid, []).append(doc)
        return run


class Postgresql:
    """A server of its own on a socket in a temporary folder; has_it is False without one."""

    def __init__(self):
        self.folder, self.started = None, False
        self.has_it = os.access(os.path.join(POSTGRESQL, "initdb"), os.X_OK)
        if not self.has_it:
            return
        self.folder = tempfile.mkdtemp()
        os.chmod(self.folder, 0o755)
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.call("initdb", "-D", self.folder + "/data", "-A", "trust", "-N", "-E", "UTF8",
                  "--locale=C")
        self.call("pg_ctl", "-D", self.folder + "/data", "-w", "-l", self.folder + "/log", "-o",
                  f"-k {self.folder} -c listen_addresses= -c fsync=off", "start")
        self.started = True

    def call(self, command, *arguments, text=None):
        who = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        return subprocess.run([*who, os.path.join(POSTGRESQL, command), *arguments], cwd="/",
                              input=text, stdout=subprocess.PIPE, text=True, check=True).stdout

    def close(self):
        if self.started:
            self.call("pg_ctl", "-D", self.folder + "/data", "-m", "immediate", "stop")
        if self.folder:
            shutil.rmtree(self.folder)

    def ask(self, collection):
        """French configuration, title A and body B, any word, ts_rank with its length taken off."""
        def copied(text):
            return re.sub(r"[\\\t\n\r]", " ", text)
        words = ("array_to_string(ARRAY(SELECT DISTINCT lexeme FROM "
                 "unnest(to_tsvector('french', q.text))), ' | ')")
        statements = ["SET client_min_messages = warning; DROP TABLE IF EXISTS c, q; CREATE TABLE c (id text, title text, body text);"
                      "CREATE TABLE q (id text, text text);", "COPY c FROM stdin;"]
        statements += ["\t".join(map(copied, row)) for row in collection.corpus]
        statements += ["\\.", "COPY q FROM stdin;"]
        statements += ["\t".join(map(copied, row)) for row in collection.queries]
        statements += ["\\.", """ALTER TABLE c ADD v tsvector;
            UPDATE c SET v = setweight(to_tsvector('french', title), 'A') ||
                setweight(to_tsvector('french', body), 'B');
            CREATE INDEX ON c USING gin(v); ANALYZE c;
            SELECT q.id, f.id FROM q CROSS JOIN LATERAL (SELECT c.id FROM c,
                to_tsquery('simple', """ + words + """) w
                WHERE c.v @@ w ORDER BY ts_rank(c.v, w, 1) DESC, c.id LIMIT 10) f;"""]
        run = {}
        for line in self.call("psql", "-X", "-q", "-At", "-F", "\t", "-h", self.folder, "-d",
                              "postgres", "-v", "ON_ERROR_STOP=1",
                              text="\n".join(statements) + "\n").splitlines():
            qid, doc = line.split("\t")
            run.setdefault(qid, []).append(doc)
        return run


def plain(collection, postgresql, tell):
    """(name, run) of each other engine; `tell` is called with what is missing."""
    corpus, queries, stemmed = collection.corpus, collection.queries, scoring.stemmer()
    yield "FTS5", scoring.with_fts5(corpus, queries)
    if stemmed:
        yield "FTS5 stemmed", scoring.with_fts5(corpus, queries, stemmed)
    else:
        tell("FTS5 stemmed, Xapian: skipped, python3-snowballstemmer is not installed")
    run = stemmed and scoring.with_xapian(corpus, queries, stemmed)
    if run:
        yield "Xapian BM25", run
    elif stemmed:
        tell("Xapian: skipped, python3-xapian is not installed")
    if postgresql.has_it:
        yield "PostgreSQL", postgresql.ask(collection)
    else:
        tell("PostgreSQL: skipped, postgresql-15 is not installed")
