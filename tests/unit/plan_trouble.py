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
