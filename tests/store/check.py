#!/usr/bin/env python3
"""`etabli check --data` sees each kind of damage; `etabli backup` is whole or not there, while others
write, when it is killed and when the disk is full; a full disk leaves the records whole. TAP."""
import contextlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ["ETABLI_PROGRAM"]
KILLS = int(os.environ.get("ETABLI_KILLS", "20")) // 2
results = 0
failed = False


def ok(name, holds, *said):
    global results, failed
    results += 1
    failed = failed or not holds
    print("ok" if holds else "not ok", results, "-", name)
    for each in said if not holds else ():
        print("#   " + str(each).replace("\n", "\n#   "))


def etabli(*arguments, **more):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=120, **more)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def write(path, content):
    with open(path, "w", encoding="utf-8") as out:
        out.write(content)
    return path


def people(path, first, count, about=""):
    return write(path, "id,nom,competences,presentation\n" + "".join(
        f"p{i},Personne {i},soudure; placo,{about}\n" for i in range(first, first + count)))


def count_people(path):
    with contextlib.closing(sqlite3.connect(path)) as records:
        return records.execute("SELECT COUNT(*) FROM person").fetchone()[0]


def make(folder):
    """A small directory: a skill with a parent, people, a need, a session that is full."""
    data = os.path.join(folder, "data")
    sheets = [
        ("skills", "code,label,parent\na,artisanat,\nb,soudure,a\n", []),
        ("structures", "key,name\nruche,La Ruche\n", []),
        ("people", "id,nom,structure,competences,disponibilites,email\n"
                   "1,Ada,ruche,soudure,lun 9h-10h,a@example.org\n2,Bea,ruche,,,\n3,Cid,ruche,,,\n",
         ["--as", "published"]),
        ("needs", "id,text\nn1,souder un cadre\n", []),
        ("sessions", "id,title,seats,threshold,dates,trainers,registrations\n"
                     "s1,Souder,1,1,2099-01-01 10:00-12:00,1,2\n", []),
    ]
    for what, content, options in sheets:
        path = write(os.path.join(folder, what), content)
        code, said = etabli("import", what, path, "--apply", "--data", data, *options)
        if code:
            sys.exit("Bail out! " + said)
    return data


BROKEN = [
    ("DELETE FROM change WHERE number = 2", "a number of the change log is missing after 1"),
    ("DELETE FROM change WHERE number = 1; INSERT INTO change SELECT MAX(number) + 1, 1, 0, 1 FROM change", "the change log does not begin at 1 but at 2"),
    ("INSERT INTO person (id, name, name_folded, formats, quota_month, state, created_at, updated_at,"
     " version) VALUES (4, 'X', 'x', 0, -1, 1, 1, 1, 1); UPDATE sequence SET last = 4 WHERE name = 'person'",
     "the change log never names the people 4"),
    ("UPDATE change SET thing_id = 99 WHERE thing = 2", "the change log never names the needs 1"),
    ("INSERT INTO registration VALUES (1, 5, 3, 0, 1, NULL, NULL)", "more people than seats in the sessions 1"),
    ("UPDATE session SET threshold = 9", "the threshold is above the seats in the sessions 1"),
    ("UPDATE person SET external_id = '1' WHERE id = 3",
     "another of her structure bears the id of the people 3"),
    ("UPDATE availability SET start_min = 700", "a weekly time ends before it begins of the people 1"),
    ("UPDATE skill SET source = 'other' WHERE code = 'a'",
     "the parent is of another source of the skills 2"),
    ("DELETE FROM skill_label WHERE skill_id = 2", "there is no label of the skills 2"),
    ("UPDATE sequence SET last = 2 WHERE name = 'person'", "ids were not given out to the people 3"),
    ("UPDATE person SET name_folded = 'Ada' WHERE id = 1",
     "the folded name or address is not that of the people 1"),
    ("UPDATE person SET email_folded = NULL", "the folded name or address is not that of the people 1"),
    ("UPDATE skill_label SET folded = 'x' WHERE skill_id = 2", "a folded label is not that of the skills 2"),
    ("DELETE FROM person WHERE id = 2",
     "a row names one that is not there (table, row, table): registration 1 person"),
    ("PRAGMA ignore_check_constraints = ON; UPDATE person SET state = 7 WHERE id = 1",
     "the file is damaged: CHECK constraint failed in person"),
]


def broken_copies(folder, data):
    code, said = etabli("check", "--data", data)
    ok("whole records are told so", code == 0 and "ok\n" in said and "index: at change" in said, said)
    for statement, expected in BROKEN:
        copy = os.path.join(folder, "broken")
        shutil.copytree(data, copy, symlinks=True)
        records = sqlite3.connect(os.path.join(copy, "etabli.sqlite"))
        records.executescript(statement)
        records.commit()
        records.close()
        code, said = etabli("check", "--data", copy)
        ok(f"seen: {expected}", code == 3 and f"{expected}\n" in said and ": 1 trouble\n" in said, said)
        shutil.rmtree(copy)


def damaged_files(folder, data):
    good = open(os.path.join(data, "etabli.sqlite"), "rb").read()
    damages = {
        "a file cut in half": good[:len(good) // 2],
        "a page of noise": good[:8192] + random.Random(7).randbytes(4096) + good[12288:],
        "a file of another kind": b"this is a letter to a friend\n" * 400,
        "an empty file": b"",
    }
    for name, content in damages.items():
        copy = os.path.join(folder, "damaged")
        os.mkdir(copy)
        with open(os.path.join(copy, "etabli.sqlite"), "wb") as out:
            out.write(content)
        code, said = etabli("check", "--data", copy)
        ok(f"{name} is refused", code == 3 and ": ok" not in said and len(said) > 20 and
           "PRAGMA" not in said, said)
        shutil.rmtree(copy)
    code, said = etabli("check", "--data", os.path.join(folder, "nowhere"))
    ok("records that are not there are told so", code == 3 and "nowhere/etabli.sqlite" in said, said)
    code, said = etabli("check")
    for arguments in (["serve", "--port", "x"], ["serve", "more"], ["import"], ["routes", "more"], ["nothing"]):
        code, told = etabli(*arguments)
        ok(f"etabli {' '.join(arguments)} is misuse, and says what to type", code == 2 and "etabli" in told and
           ("--help" not in told or f"`etabli {arguments[0]} --help'" in told or "`etabli --help`" in told), told)
    ok("check says what it needs", code == 2 and "--config FILE or --data DIR" in said, said)


def learnt_words(folder, data):
    copy = os.path.join(folder, "learnt")
    shutil.copytree(data, copy, symlinks=True)
    code, said = etabli("check", "--data", copy)
    ok("words not learnt yet are no trouble", code == 0 and "learnt words: none yet" in said, said)
    etabli("learn", "--data", copy)
    path = os.path.join(copy, "learnt")
    code, said = etabli("check", "--data", copy)
    ok("learnt words that are whole are told so", code == 0 and "learnt words: whole" in said, said)
    good = open(path, "rb").read()
    for name, content in {"cut": good[:len(good) // 2], "changed": good[:-9] + b"\xff" + good[-8:],
                          "of another kind": b"a letter\n" * 40, "empty": b""}.items():
        with open(path, "wb") as out:
            out.write(content)
        code, said = etabli("check", "--data", copy)
        ok(f"a learnt file that is {name} is seen", code == 3 and ": 1 trouble\n" in said and
           "the learnt words are not usable" in said and "`etabli learn`" in said, said)
    os.unlink(path)
    os.mkfifo(path)
    code, said = etabli("check", "--data", copy)
    ok("a pipe in its place is not waited for", code == 3 and "no plain file" in said, said)
    server = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--data", copy], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE)
    server.stdout.readline()
    server.terminate()
    said = server.communicate(timeout=60)[1].decode()
    code, told = etabli("check", "--data", copy)
    ok("a site that starts says so and learns anew", "made anew" in said and code == 0 and
       "learnt words: whole" in told, said + told)
    shutil.rmtree(copy)


def unwritable(folder, data):
    """By a user who may read it all and write nothing: root may write everywhere."""
    copy = shutil.copytree(data, os.path.join(folder, "unwritable"), symlinks=True)
    user = dict(user=65534, group=65534, extra_groups=[]) if os.getuid() == 0 else {}
    records = os.path.join(copy, "etabli.sqlite")
    subprocess.run(["chmod", "-R", "a+rX", copy], check=True)
    os.chmod(folder, 0o755)
    try:
        etabli("policy", **user)
    except PermissionError:
        print("# this user cannot start the program: not tried")
        return
    os.chmod(copy, 0o555)
    for command in (["check"], ["serve", "--port", "0"], ["admin", "link"], ["export", "people"]):
        code, said = etabli(*command, "--data", copy, **user)
        ok(f"{command[0]} says which folder cannot be written",
           code == 3 and f"the folder {copy} cannot be written: Permission denied" in said and
           "PRAGMA" not in said, said)
    os.chmod(copy, 0o777)
    os.chmod(records, 0o444)
    code, said = etabli("admin", "link", "--data", copy, **user)
    ok("or which file", code == 3 and f"the file {records} cannot be written: Permission denied" in said, said)
    shutil.rmtree(copy)


def old_records_with_a_new_index(folder, data):
    copy, kept = os.path.join(folder, "older"), os.path.join(folder, "kept.sqlite")
    code, said = etabli("backup", kept, "--data", data)
    ok("a backup is made", code == 0 and "3 people" in said and "read again, whole" in said, said)
    ok("nobody else reads it", os.stat(kept).st_mode & 0o137 == 0)
    ok("it is one file", sorted(n for n in os.listdir(folder) if n.startswith("kept")) == ["kept.sqlite"])
    shutil.copytree(data, copy, symlinks=True)
    code, said = etabli("import", "people", people(os.path.join(folder, "more"), 10, 5), "--apply",
                        "--data", copy)
    for name in os.listdir(copy):
        if name.startswith("etabli.sqlite"):
            os.unlink(os.path.join(copy, name))
    shutil.copy(kept, os.path.join(copy, "etabli.sqlite"))
    code, said = etabli("check", "--data", copy)
    ok("an index of newer records is seen", code == 3 and "the index is ahead of the records" in said, said)
    # as docs/records.md says: records back, index away
    shutil.rmtree(os.path.join(copy, "index"))
    code, said = etabli("check", "--data", copy)
    ok("restored as the guide says, it is whole", code == 0 and "index: none yet" in said, said)
    code, said = etabli("index", "--data", copy)
    code, said = etabli("search", "soudure", "--data", copy)
    ok("and it finds", code == 0 and "Ada" in said, said)


def refused_places(folder, data):
    records = os.path.join(data, "etabli.sqlite")
    link, plain = os.path.join(folder, "link"), write(os.path.join(folder, "plain"), "old")
    os.symlink(plain, link)
    for name, path, expected in [
            ("the records themselves", records, "the records themselves"),
            ("a folder", folder, "no plain file"),
            ("a link", link, "no plain file"),
            ("a folder that is not there", os.path.join(folder, "no", "file"), "cannot be made")]:
        code, said = etabli("backup", path, "--data", data)
        ok(f"a backup onto {name} is refused", code != 0 and expected in said, said)
    ok("what the link names is untouched", open(plain).read() == "old")
    code, said = etabli("backup", os.path.join(folder, "b"), "--data", os.path.join(folder, "nowhere"))
    ok("a backup of nothing is refused", code == 3 and "nowhere" in said, said)
    ok("and leaves no file", not [n for n in os.listdir(folder) if n in ("b", "b.new")])
    ok("the records are whole after all that", etabli("check", "--data", data)[0] == 0)


def while_others_write(folder, data):
    """Imports of 50 people each, all or nothing: every copy holds a multiple of 50."""
    data = shutil.copytree(data, os.path.join(folder, "busy"), symlinks=True)
    script = "for i in 0 1 2 3 4 5 6 7; do \"$0\" import people \"$1/w$i\" --apply --no-index --data \"$2\" || exit 1; done"
    for i in range(8):
        people(os.path.join(folder, f"w{i}"), 1000 * i + 100, 50)
    writer = subprocess.Popen(["bash", "-c", script, PROGRAM, folder, data],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    counts, path = [], os.path.join(folder, "busy.sqlite")
    while writer.poll() is None or len(counts) < 3:
        code, said = etabli("backup", path, "--data", data)
        counts.append(count_people(path) - 3 if code == 0 else said)
    ok("imports go on while backups are made", writer.returncode == 0)
    ok(f"{len(counts)} backups hold whole imports only",
       all(isinstance(n, int) and n % 50 == 0 for n in counts) and counts == sorted(counts), counts)
    ok("the last holds all", counts[-1] == 400 or etabli("backup", path, "--data", data)[0] == 0 and
       count_people(path) == 403, counts)
    return data


def killed(folder, data):
    path, chance, whole = os.path.join(folder, "busy.sqlite"), random.Random(11), 0
    etabli("backup", path, "--data", data)
    for _ in range(KILLS):
        process = subprocess.Popen([PROGRAM, "backup", path, "--data", data],
                                   stdout=subprocess.DEVNULL)
        time.sleep(chance.random() * 0.04)
        process.send_signal(signal.SIGKILL)
        process.wait()
        whole += count_people(path) == 403
    ok(f"{KILLS} backups killed: the older or the newer one is there, whole", whole == KILLS, whole)
    code, said = etabli("backup", path, "--data", data)
    ok("what a killed one left is cleared away", code == 0 and not os.path.exists(path + ".new"), said)


def killed_imports(folder, data):
    """An import killed anywhere is there as a whole or not at all."""
    data = shutil.copytree(data, os.path.join(folder, "struck"), symlinks=True)
    records, chance, half = os.path.join(data, "etabli.sqlite"), random.Random(13), []
    for i in range(KILLS):
        before = count_people(records)
        sheet = people(os.path.join(folder, "struck.csv"), 200_000 + 800 * i, 800)
        process = subprocess.Popen([PROGRAM, "import", "people", sheet, "--apply", "--no-index",
                                    "--data", data], stdout=subprocess.DEVNULL)
        time.sleep(chance.random() * 0.12)
        process.send_signal(signal.SIGKILL)
        process.wait()
        if count_people(records) - before not in (0, 800):
            half.append(count_people(records) - before)
    code, said = etabli("check", "--data", data)
    ok(f"{KILLS} imports killed: each is there as a whole or not at all", not half and code == 0, half, said)


def full_disk(folder, data):
    def limit(size):
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    path = os.path.join(folder, "full.sqlite")
    write(path, "the older backup")
    code, said = etabli("backup", path, "--data", data, preexec_fn=limit(100_000))
    ok("a backup that does not fit is told", code == 3 and "full.sqlite: " in said and "disk" in said, said)
    ok("and the older one stays", open(path).read() == "the older backup" and
       not os.path.exists(path + ".new"))
    size = os.path.getsize(os.path.join(data, "etabli.sqlite"))
    sheet = people(os.path.join(folder, "large"), 50_000, 4000, "x" * 500)
    before = count_people(os.path.join(data, "etabli.sqlite"))
    code, said = etabli("import", "people", sheet, "--as", "published", "--apply", "--data", data,
                        preexec_fn=limit(size + 300_000))
    ok("an import that does not fit is told", code == 3 and "etabli: records: COMMIT: " in said and "disk" in said, code, said)
    ok("and nothing of it is written", count_people(os.path.join(data, "etabli.sqlite")) == before)
    code, said = etabli("check", "--data", data)
    ok("the records are whole after it", code == 0, said)
    code, said = etabli("import", "people", sheet, "--as", "published", "--apply", "--no-index", "--data", data)
    ok("and take it when there is room", code == 0 and "new 4000" in said, said)


def full_file_system(folder, data):
    """The same on a file system of 4 MB, where one may be mounted."""
    place = os.path.join(folder, "small")
    os.mkdir(place)
    mount = shutil.which("mount")
    if os.getuid() != 0 or not mount or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=4m", "none", place], capture_output=True).returncode:
        ok("a small file system # SKIP none can be mounted here", True)
        return
    try:
        there = os.path.join(place, "data")
        shutil.copytree(data, there, symlinks=True)
        sheet = people(os.path.join(folder, "wide"), 90_000, 6000, "y" * 900)
        before = count_people(os.path.join(there, "etabli.sqlite"))
        code, said = etabli("import", "people", sheet, "--as", "published", "--apply", "--data", there)
        ok("a full file system is told", code == 3 and ("disk is full" in said or "I/O" in said), said)
        ok("nothing half-written is on it", count_people(os.path.join(there, "etabli.sqlite")) == before and
           etabli("check", "--data", there)[0] == 0)
    finally:
        subprocess.run(["umount", place], check=True)


def lost_records(folder, data):
    """Records that are gone are not begun anew while the index made from them is there."""
    there = os.path.join(folder, "lost")
    shutil.copytree(data, there, symlinks=True)
    records = os.path.join(there, "etabli.sqlite")
    etabli("index", "--data", there)
    for name in os.listdir(there):
        if name.startswith("etabli.sqlite"):
            os.remove(os.path.join(there, name))
    for command in (("index",), ("migrate",), ("learn",), ("serve", "--port", "0")):
        code, said = etabli(*command, "--data", there)
        ok(f"etabli {command[0]} does not begin records anew that are gone", code != 0 and "put a copy back" in said and
           not os.path.exists(records), said)
    open(records, "w", encoding="ascii").close()
    code, said = etabli("migrate", "--data", there)
    ok("nor an empty file", code != 0 and "gone or empty" in said and os.path.getsize(records) == 0, said)
    shutil.rmtree(os.path.join(there, "index"))
    ok("without the index it is a new site", etabli("migrate", "--data", there)[0] == 0)


def main():
    folder = tempfile.mkdtemp(prefix="etabli-check-")
    try:
        data = make(folder)
        broken_copies(folder, data)
        damaged_files(folder, data)
        learnt_words(folder, data)
        unwritable(folder, data)
        old_records_with_a_new_index(folder, data)
        refused_places(folder, data)
        lost_records(folder, data)
        busy = while_others_write(folder, data)
        killed(folder, busy)
        killed_imports(folder, data)
        full_file_system(folder, data)
        full_disk(folder, busy)
    finally:
        shutil.rmtree(folder)
    print(f"1..{results}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
