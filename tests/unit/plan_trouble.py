#!/usr/bin/env python3
"""etabli plan when its child process is killed, hangs or may not have memory, and on thousands of needs:
an answer that passes the checker comes in time all the same. ETABLI_PLAN_SECONDS (6): for the large one;
60 and more (script/soak): within 4 %. Speaks TAP."""
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../bench"))
import plan_make  # noqa: E402

PROGRAM = os.environ["ETABLI_PROGRAM"]
SECONDS = int(os.environ.get("ETABLI_PLAN_SECONDS", "6"))
IS_LONG = SECONDS >= 60
SHARE = 4  # percent from the bound, when there is time
LATE = 10 * float(os.environ.get("ETABLI_SLOW", "1"))  # seconds beyond those asked for, on a busy machine
PROCESSES = 1 << 30  # bytes in all of them
number = failed = 0
if float(os.environ.get("ETABLI_SLOW", "1")) >= 4:
    print("1..0 # SKIP with sanitizers a limit of memory means nothing")
    sys.exit(0)


def check(name, is_right, detail=""):
    global number, failed
    number += 1
    failed += not is_right
    print("ok" if is_right else "not ok", number, "-", name, flush=True)
    if not is_right:
        print("#", str(detail)[:800].replace("\n", "\n# "))


def one_skill(count):
    """So many needs of one skill, for twenty trainers on forty days."""
    start = 1_796_000_000
    return {
        "dates": [{"id": f"d{i}", "starts_at": start + i * 86400, "ends_at": start + 7200 + i * 86400}
                  for i in range(40)],
        "communes": ["A"], "travel_min": [[5]], "travel_most_min": 60, "skills": [{"id": "s"}],
        "people": [{"id": f"t{i}", "commune": "A", "quota": 2, "shares": [{"skill": "s", "level": 4}]}
                   for i in range(20)] + [{"id": f"p{i}", "commune": "A"} for i in range(count)],
        "needs": [{"id": f"n{i}", "person": f"p{i}", "skill": "s", "level": 2, "value": 1 + i % 7 / 10}
                  for i in range(count)],
        "rooms": [{"id": f"r{i}", "commune": "A", "capacity": 12} for i in range(5)],
        "threshold": 4, "seats_most": 12, "comfortable": 6,
        "weights": {"travel_hour": .3, "session": 1, "empty_seat": .3, "load": .3, "circle": .6,
                    "level_off": .8, "stay": 0}}


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(each) for each in file.read().split()]
    except OSError:
        return []


def memory(pid):
    """What this process and its children hold, what they share counted once."""
    total = 0
    for each in [pid, *children(pid)]:
        try:
            with open(f"/proc/{each}/smaps_rollup", encoding="ascii") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            pass
    return total * 1024


def plan(problem, seconds, meanwhile=lambda pid: None, before=None):
    """The answer, its words, how long it took; `meanwhile` is called over and over."""
    answer = os.path.join(folder, "answer.json")
    if os.path.exists(answer):
        os.unlink(answer)
    start = time.monotonic()
    with subprocess.Popen([PROGRAM, "plan", "--problem", problem, "--answer", answer, "--seconds", str(seconds)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=before) as made:
        while made.poll() is None:
            meanwhile(made.pid)
            time.sleep(.05)
        said = made.stdout.read()
    took = time.monotonic() - start
    if made.returncode or not os.path.exists(answer):
        return None, said, took
    done = subprocess.run([PROGRAM, "plan", "--verify", problem, answer], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    with open(answer, encoding="utf-8") as file:
        return json.load(file) if "every rule is kept" in done.stdout else None, done.stdout, took


with tempfile.TemporaryDirectory() as folder:
    def write(size, kind):
        path = os.path.join(folder, f"{size}.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(plan_make.make(size, kind, 1), file)
        return path

    middle = write(500, "plain")  # not proven before its time is over
    hit = []

    def send(what, after):
        start = time.monotonic()

        def now(pid):
            for child in children(pid):
                if time.monotonic() - start > after and child not in hit:
                    os.kill(child, what)
                    hit.append(child)
        return now

    for name, what in (("killed", signal.SIGKILL), ("stopped and never goes on", signal.SIGSTOP)):
        hit.clear()
        found, said, took = plan(middle, 2, send(what, .7))
        check(f"its child is {name}: the best plan so far, with its bound, in time", found and hit and
              found["sessions"] and found["bound"] >= found["value"] > 0 and took < 2 + LATE,
              f"{said} {hit} {took:.1f} s")
    found, said, took = plan(middle, 2, before=lambda: resource.setrlimit(resource.RLIMIT_NPROC, (0, 0)))
    check("no child may be made: a plan all the same", os.getuid() == 0 or found and found["sessions"], said)

    path = os.path.join(folder, "one.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(one_skill(30000), file)
    found, said, took = plan(path, 2)
    reasons = {each["reason"] for each in found["unserved"]} if found else set()
    check("30,000 needs of one skill: a plan in time, and why the others are left", found and
          len(found["sessions"]) == 40 and reasons == {"quota"} and took < 2 + LATE, f"{said} {reasons} {took:.1f} s")

    most = [0]
    found, said, took = plan(write(5000, "plain" if IS_LONG else "times"), SECONDS,
                             lambda pid: most.__setitem__(0, max(most[0], memory(pid))))
    print(f"# 5,000 needs, {SECONDS} s: gap {100 * found['gap'] if found else -1:.2f} %, "
          f"{most[0] >> 20} MB at most, took {took:.1f} s, load {os.getloadavg()[0]:.1f}")
    check("5,000 needs: a plan with its bound in time, in under 1 GB", found and found["sessions"] and
          found["bound"] >= found["value"] and most[0] < PROCESSES and took < SECONDS + LATE, said)
    if IS_LONG:
        check(f"it is proven within {SHARE} %", found and found["gap"] * 100 <= SHARE, said)
print(f"1..{number}")
sys.exit(failed > 0)
