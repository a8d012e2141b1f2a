#!/usr/bin/env python3
"""etabli plan: files in and out, mistakes in them, answers of others verified. Speaks TAP."""
import copy
import json
import os
import random
import subprocess
import sys
import tempfile

PROGRAM = os.environ["ETABLI_PROGRAM"]
LEARNERS = 16
number = failed = 0


def check(name, is_right, detail=""):
    global number, failed
    number += 1
    failed += not is_right
    print("ok" if is_right else "not ok", number, "-", name, flush=True)
    if not is_right:
        print("#", str(detail)[:800].replace("\n", "\n# "))


def etabli(*arguments):
    done = subprocess.run([PROGRAM, "plan", *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def problem():
    chance = random.Random(5)
    dates = [f"d{i}" for i in range(12)]
    some = lambda: [date for date in dates if chance.random() < .6]
    return {
        "dates": [{"id": d, "starts_at": 1000 * i, "ends_at": 1000 * i + 900}
                  for i, d in enumerate(dates)],
        "communes": ["Grenoble", "Échirolles"], "travel_min": [[5, 20], [20, 5]],
        "skills": [{"id": "placo", "near": [{"skill": "enduit", "closeness": .6}]}, {"id": "enduit"}],
        "people": [{"id": f"t{i}", "commune": "Grenoble", "dates": some(), "quota": 2,
                    "shares": [{"skill": "placo", "level": 4}]} for i in range(3)] +
                  [{"id": f"p{i}", "commune": "Échirolles", "dates": some()} for i in range(LEARNERS)] +
                  [{"id": "seule"}],
        "needs": [{"id": f"n{i}", "person": f"p{i}", "skill": "placo", "value": 1 + i / 10}
                  for i in range(LEARNERS)] + [{"id": "seule", "person": "seule", "skill": "enduit", "level": 4}],
        "rooms": [{"id": "salle", "commune": "Grenoble", "capacity": 8}, {"id": "en ligne"}],
        "threshold": 3, "seats_most": 8, "comfortable": 4}


with tempfile.TemporaryDirectory() as folder:
    def write(name, content):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        return path

    good = write("good.json", problem())
    answer = os.path.join(folder, "answer.json")
    code, said = etabli("--problem", good, "--answer", answer, "--rounds", "20")
    plan = json.load(open(answer, encoding="utf-8")) if code == 0 else {}
    served = [need for session in plan.get("sessions", []) for need in session["needs"]]
    check("a problem gets its plan, with value, bound and gap",
          code == 0 and plan["bound"] >= plan["value"] > 0 and plan["gap"] >= 0 and served, said)
    check("every need is served once or has its reason",
          sorted(served + [left["need"] for left in plan["unserved"]]) ==
          sorted(need["id"] for need in problem()["needs"]), plan)
    check("who wants what nobody teaches at that level is told so or is served by what is near",
          all(left["reason"] for left in plan["unserved"]), plan["unserved"])
    code, said = etabli("--verify", good, answer)
    check("the checker agrees", code == 0 and "every rule is kept" in said, said)
    again = os.path.join(folder, "again.json")
    etabli("--problem", good, "--answer", again, "--rounds", "20")
    check("the same seed gives the same plan", open(again).read() == open(answer).read())
    code, said = etabli("--problem", good, "--rounds", "50")
    check("without --answer the plan is printed", code == 0 and '"sessions"' in said, said)

    def broken(name, change, expected):
        bad = copy.deepcopy(plan)
        change(bad)
        code, said = etabli("--verify", good, write("bad.json", bad))
        check(f"an answer with {name} is refused", code != 0 and expected in said, said)

    broken("a need served twice",
           lambda p: p["sessions"].append(copy.deepcopy(p["sessions"][0])), "is served twice")
    broken("too few people", lambda p: p["sessions"][0].update(needs=p["sessions"][0]["needs"][:1]),
           "3 to 8 are allowed")
    broken("a trainer who cannot teach", lambda p: p["sessions"][0].update(trainers=["p1"]), "cannot teach")
    broken("another value", lambda p: p.update(value=p["value"] + 1), "says it is worth")
    broken("a room that is none", lambda p: p["sessions"][0].update(room="x"), "sessions[0].room")

    def sessions(weights, **trainer):
        """How many of a session for four that one trainer could give are planned with these weights."""
        small = {"dates": [{"id": "d", "starts_at": 0, "ends_at": 900}], "communes": ["A", "B"],
                 "travel_min": [[0, 30], [30, 0]], "skills": [{"id": "placo"}],
                 "people": [{"id": "t", "commune": "A", "quota": 1, "load": 1,
                             "shares": [{"skill": "placo", "level": 3}], **trainer}] +
                           [{"id": f"p{i}", "commune": "B"} for i in range(4)],
                 "needs": [{"id": f"n{i}", "person": f"p{i}", "skill": "placo", "level": 2, "value": 1}
                           for i in range(4)],
                 "rooms": [{"id": "r", "commune": "A", "capacity": 8}],
                 "threshold": 4, "seats_most": 8, "comfortable": 6,
                 "weights": {"travel_hour": 0, "session": 0, "empty_seat": 0, "load": 0, "circle": 0,
                             "level_off": .5, **weights}}
        code, said = etabli("--problem", write("small.json", small), "--rounds", "20")
        return len(json.loads(said[said.index("{"):said.rindex("}") + 1])["sessions"]) if code == 0 else said

    check("a session for four is planned", sessions({}) == 1)
    for weight, value in (("travel_hour", 3), ("session", 5), ("empty_seat", 3), ("load", 5)):
        check(f"unless {weight} costs more than it is worth", sessions({weight: value}) == 0)
    check("a circle without trainer, unless it serves nothing",
          (sessions({"circle": .5}, quota=0), sessions({}, quota=0)) == (1, 0))
    check("one level off, unless that serves nothing",
          (sessions({}, shares=[{"skill": "placo", "level": 2}]),
           sessions({"level_off": 0}, shares=[{"skill": "placo", "level": 2}])) == (1, 0))

    def dates(stay):
        """When the one session is held of a plan where the one before had it on the second of two dates."""
        small = {"dates": [{"id": f"d{i}", "starts_at": i * 900, "ends_at": i * 900 + 900} for i in range(2)],
                 "communes": ["A"], "travel_min": [[0]], "skills": [{"id": "placo"}],
                 "people": [{"id": "t", "quota": 1, "shares": [{"skill": "placo", "level": 3}],
                             "given": [{"skill": "placo", "date": "d1"}]}] + [
                             {"id": f"p{i}", **({"dates": ["d0"]} if i == 4 else {})} for i in range(5)],
                 "needs": [{"id": f"n{i}", "person": f"p{i}", "skill": "placo", "kept": "d1"} for i in range(5)],
                 "rooms": [{"id": "r", "capacity": 8}], "threshold": 4, "weights": {"stay": stay}}
        code, said = etabli("--problem", write("kept.json", small), "--rounds", "20")
        return [each["date"] for each in json.loads(said[said.index("{"):said.rindex("}") + 1])["sessions"]]

    check("a session moves for one more need, unless that its people stay is worth more",
          (dates(0), dates(.05), dates(1)) == (["d0"], ["d0"], ["d1"]), f"{dates(0)} {dates(.05)} {dates(1)}")

    def seconds(level=2, **trainer):
        """Who comes to the one session for three and who would give it next."""
        small = {"dates": [{"id": "d", "starts_at": 0, "ends_at": 900}], "communes": ["A"], "travel_min": [[0]],
                 "skills": [{"id": "placo"}, {"id": "enduit", "near": [{"skill": "placo", "closeness": .9}]}],
                 "people": [{"id": "t", "quota": 1, "shares": [{"skill": "placo", "level": 3}], **trainer},
                            {"id": "next"}] + [{"id": f"p{i}"} for i in range(3)],
                 "needs": [{"id": "s", "person": "next", "skill": "placo", "second": True, "level": level}] + [
                           {"id": f"n{i}", "person": f"p{i}", "skill": "placo"} for i in range(3)],
                 "rooms": [{"id": "r", "capacity": 8}], "threshold": 3,
                 "weights": {"session": 0, "empty_seat": 0, "circle": .9}}
        path, plan = write("second.json", small), os.path.join(folder, "second-plan.json")
        etabli("--problem", path, "--answer", plan, "--rounds", "20")
        found = json.load(open(plan))["sessions"]
        wrongly = copy.deepcopy(json.load(open(plan)))
        wrongly["sessions"][0].update(trainers=[], needs=["s", "n0", "n1"])
        small["needs"][0]["skill"] = "enduit"
        etabli("--problem", write("near.json", small), "--answer", plan, "--rounds", "20")
        return ([sorted(each["needs"]) for each in found], [sorted(each["needs"]) for each in json.load(open(plan))["sessions"]],
                etabli("--verify", path, write("wrongly.json", wrongly))[1])

    check("who would give a skill next comes to what somebody gives of that very skill",
          seconds()[:2] == ([["n0", "n1", "n2", "s"]], [["n0", "n1", "n2"]]), seconds())
    check("nothing is too easy for who would give it next, though she knows all of it",
          seconds(level=4, shares=[{"skill": "placo", "level": 2}])[0] == [["n0", "n1", "n2", "s"]] and
          seconds(level=4)[0] == [["n0", "n1", "n2", "s"]], seconds(level=4))
    crowd = json.load(open(os.path.join(folder, "second.json")))
    etabli("--problem", write("crowd.json", {**crowd, "threshold": 5}), "--answer", again, "--rounds", "20")
    left = {each["need"]: each["reason"] for each in json.load(open(again))["unserved"]}
    check("somebody teaches it, far below what she knows: too few come", left["s"] == "below_threshold", left)
    check("not to a circle: neither the plan nor the checker lets her", seconds(quota=0)[0] == [["n0", "n1", "n2"]] and
          "or a circle" in seconds(quota=0)[2], seconds(quota=0))

    def wrong(name, change, expected):
        bad = problem()
        change(bad)
        code, said = etabli("--problem", write("wrong.json", bad), "--rounds", "5")
        check(f"a problem with {name} is refused, with the place", code == 1 and expected in said, said)

    wrong("an unknown skill", lambda p: p["needs"][3].update(skill="x"), "needs[3]: skill")
    wrong("a level of 9", lambda p: p["needs"][0].update(level=9), "needs[0]: level: a number from 1 to 4")
    wrong("an unknown date before", lambda p: p["needs"][2].update(kept="x"), "needs[2]: kept")
    wrong("two second trainers of a skill", lambda p: [p["needs"][i].update(second=True, skill=p["skills"][0]["id"])
          for i in (1, 2)], "needs[2]: second")
    wrong("an id twice", lambda p: p["people"][1].update(id="t0"), "people[1]: id")
    wrong("a date that ends before it starts", lambda p: p["dates"][2].update(ends_at=1), "dates[2]")
    wrong("ways missing", lambda p: p.update(travel_min=[[1]]), "travel_min")
    wrong("seats below the threshold", lambda p: p.update(seats_most=2), "seats_most")
    wrong("a negative weight", lambda p: p.update(weights={"load": -1}), "weights: load")
    wrong("a truth in words", lambda p: p["rooms"][0].update(is_step_free="no"), "rooms[0]: is_step_free: true or false")
    wrong("a truth as a number", lambda p: p["people"][0].update(needs_step_free=0), "people[0]: needs_step_free")
    wrong("a second in words", lambda p: p["needs"][0].update(second="true"), "needs[0]: second: true or false")
    wrong("a date without a start", lambda p: p["dates"][1].pop("starts_at"), "dates[1]: starts_at")
    wrong("half a second", lambda p: p["dates"][1].update(ends_at=1900.5), "dates[1]: ends_at: whole seconds")
    wrong("a commune as a number", lambda p: p["rooms"][0].update(commune=7), "rooms[0]: commune: a name")
    wrong("a language alone", lambda p: p["people"][0].update(languages="fr"), "people[0]: languages: a list")
    wrong("shares as an object", lambda p: p["people"][0].update(shares={"skill": "placo"}), "people[0]: shares: a list")
    wrong("a share as a word", lambda p: p["people"][0].update(shares=["placo"]), "people[0]: shares[0]: an object")
    wrong("near as a word", lambda p: p["skills"][0].update(near="enduit"), "skills[0]: near: a list")
    wrong("a kept date as a number", lambda p: p["needs"][0].update(kept=5), "needs[0]: kept: a name")
    wrong("weights as a list", lambda p: p.update(weights=[1]), "weights: an object")
    wrong("a person as a word", lambda p: p["people"].append("x"), "an object is wanted")
    wrong("a misspelt rule", lambda p: p.update(thresold=3), '"thresold" is nothing known here')
    wrong("a misspelt weight", lambda p: p.update(weights={"sesion": 1}), '"sesion" is nothing known')
    wrong("a misspelt key of a room", lambda p: p["rooms"][0].update(capacite=3), "rooms[0]")

    def refused(name, change, expected):
        odd = json.load(open(answer, encoding="utf-8"))
        change(odd)
        code, said = etabli("--verify", good, write("odd-answer.json", odd))
        check(f"an answer with {name} is refused", code == 1 and expected in said, said)
    refused("a level beyond 32 bits", lambda a: a["sessions"][0].update(level=4294967298), "sessions[0].level")
    refused("a bound below its value", lambda a: a.update(bound=a["value"] - 1), "bound")
    refused("a served need called unserved", lambda a: a["unserved"].append({"need": served[0]}), "is served")
    refused("an unserved need nobody has", lambda a: a["unserved"].append({"need": "x"}), "names nothing")
    refused("trainers that are no list", lambda a: a["sessions"][0].update(trainers="t0"), "trainers: a list")
    path = write("nul.json", json.dumps(problem()))
    with open(path, "ab") as file:
        file.write(b"\0{")
    check("what stands after a NUL is not passed over", "NUL byte" in etabli("--problem", path)[1])
    wrong("no rooms", lambda p: p.pop("rooms"), "rooms: a list is wanted")
    for text in ("", "{", "[]", '{"dates": 3}', "nul"):
        code, said = etabli("--problem", write("odd.json", text))
        check(f"{text!r} is refused", code == 1 and "odd.json" in said, said)
    code, said = etabli("--problem", os.path.join(folder, "nowhere"))
    check("a file that is not there is said", code != 0 and "nowhere" in said, said)
    check("wrong options are usage", etabli("--seconds", "x", "--problem", good)[0] != 0 and
          etabli()[0] != 0 and etabli("--verify", good)[0] != 0)

print(f"1..{number}")
sys.exit(failed > 0)
