"""The whole problem of the planner as a mixed integer program, in CPLEX LP format, for solvers that
know nothing of it (CBC, GLPK).

x: a session on a topic (skill, level), date, in a room, by a trainer (binary)
y: a need served on that topic, date, room (binary)
e: seats empty below `comfortable`; u: a trainer's k-th session, which has a cost of its own."""
from collections import defaultdict


class Problem:
    """A problem file with its ids turned into what is asked of them."""

    def __init__(self, data):
        self.data = data
        self.weights = data["weights"]
        self.dates = {d["id"]: d for d in data["dates"]}
        self.people = {p["id"]: p for p in data["people"]}
        self.commune = {name: i for i, name in enumerate(data["communes"])}
        self.near = {s["id"]: {n["skill"]: n["closeness"] for n in s.get("near", [])}
                     for s in data["skills"]}
        self.kit = {s["id"]: set(s.get("equipment", [])) for s in data["skills"]}
        self.wants = {s["id"]: set() for s in data["skills"]}  # needs by skill that serves them
        for need in data["needs"]:
            for skill in {need["skill"], *self.near[need["skill"]]}:
                self.wants[skill].add(need["id"])
        self.needs = {n["id"]: n for n in data["needs"]}

    def when(self, thing):
        return set(thing.get("dates", self.dates))

    def way_min(self, person, room):
        """Minutes; None when it is too far or has steps."""
        if person.get("needs_step_free") and not room.get("is_step_free"):
            return None
        if "commune" not in person or "commune" not in room:
            return 0
        way = self.data["travel_min"][self.commune[person["commune"]]][self.commune[room["commune"]]]
        return way if way <= self.data["travel_most_min"] else None

    def gain(self, need, skill, level, room, is_circle):
        """What serving it there adds; None when the rules forbid it."""
        off = abs(need.get("level", 1) - level)
        way = self.way_min(self.people[need["person"]], room)
        close = 1 if need["skill"] == skill else self.near[need["skill"]].get(skill, 0)
        if off > 1 or way is None or not close:
            return None
        part = (self.weights["level_off"] if off else 1) * (self.weights["circle"] if is_circle else 1)
        return need["value"] * close * part - self.weights["travel_hour"] * way / 60

    def teachers(self, skill, level):
        return [p for p in self.data["people"] if p.get("quota", 0) > 0 and
                any(s["skill"] == skill and s["level"] >= min(4, level + 1) for s in p.get("shares", []))]

    def points(self):
        """For each date, the dates that are on when it starts: no two of them at once."""
        return {d: [o for o, other in self.dates.items()
                    if other["starts_at"] <= date["starts_at"] < other["ends_at"]]
                for d, date in self.dates.items()}


class Model:
    def __init__(self, problem):
        self.problem = problem
        self.aim = []      # (coefficient, variable)
        self.lines = []    # constraints
        self.binary = []
        self.used = defaultdict(list)  # ("room", r, date) or ("person", p, date): variables
        self.served = defaultdict(list)
        self.given = defaultdict(list)
        self.sessions = {}  # x: (skill, level, date, room, trainer)
        self.seats = {}     # y: (need, skill, level, date, room)

    def rule(self, terms, sense, right):
        text = " ".join(f"{'+' if c >= 0 else '-'} {abs(c):.9g} {v}" for c, v in terms)
        self.lines.append(f" {text} {sense} {right:g}")

    def add_place(self, key, skill, level, date, room, teachers):
        """All that one topic on one date in one room takes."""
        problem, data = self.problem, self.problem.data
        trainers = [t for t in teachers if date in problem.when(t) and
                    problem.way_min(t, room) is not None]
        is_circle = not teachers and problem.weights["circle"] > 0
        if not trainers and not is_circle:
            return
        seats = []
        for need in sorted(problem.wants[skill]):
            need = problem.needs[need]
            gain = problem.gain(need, skill, level, room, is_circle)
            if gain is not None and date in problem.when(need if "dates" in need else
                                                         problem.people[need["person"]]):
                seats.append((need, gain))
        most = min(room.get("capacity", data["seats_most"]), data["seats_most"])
        if min(len(seats), most) < data["threshold"]:
            return
        held = []
        for t in trainers or [None]:
            x = f"x{key}_{t['id'] if t else 'circle'}"
            way = problem.way_min(t, room) if t else 0
            self.aim.append((-problem.weights["session"] - problem.weights["travel_hour"] * way / 60, x))
            self.binary.append(x)
            self.sessions[x] = (skill, level, date, room["id"], t["id"] if t else None)
            held.append((x, t))
            if t:
                self.given[t["id"]].append(x)
                self.used["person", t["id"], date].append(x)
        self.add_seats(key, held, seats, most)
        if "commune" in room:
            self.used["room", room["id"], date] += [x for x, _ in held]

    def add_seats(self, key, held, seats, most):
        data, problem = self.problem.data, self.problem
        skill, level, date, room, _ = self.sessions[held[0][0]]
        ys = []
        for need, gain in seats:
            y = f"y{key}_{need['id']}"
            person = problem.people[need["person"]]
            words = set(person.get("languages", []))
            able = [x for x, t in held if not t or
                    (t["id"] != person["id"] and words & set(t.get("languages", [])))]
            if not able:
                continue
            self.aim.append((gain, y))
            self.binary.append(y)
            self.seats[y] = (need["id"], skill, level, date, room)
            self.served[need["id"]].append(y)
            self.used["person", person["id"], date].append(y)
            self.rule([(1, y)] + [(-1, x) for x in able], "<=", 0)
            ys.append((1, y))
        xs = [x for x, _ in held]
        self.aim.append((-problem.weights["empty_seat"], f"e{key}"))
        self.rule(ys + [(-data["threshold"], x) for x in xs], ">=", 0)
        self.rule(ys + [(-most, x) for x in xs], "<=", 0)
        self.rule([(1, f"e{key}")] + ys + [(-data["comfortable"], x) for x in xs], ">=", 0)
        self.rule([(1, x) for x in xs], "<=", 1)

    def add_limits(self):
        for variables in self.served.values():
            self.rule([(1, y) for y in variables], "<=", 1)
        points = self.problem.points()
        for kind, who in sorted({(k, w) for k, w, _ in self.used}):
            for date in self.problem.dates:
                terms = [(1, v) for other in points[date] for v in self.used.get((kind, who, other), [])]
                if len(terms) > 1:
                    self.rule(terms, "<=", 1)
        for who, variables in self.given.items():
            person = self.problem.people[who]
            times = [f"u_{who}_{k}" for k in range(min(person["quota"], len(variables)))]
            self.rule([(1, x) for x in variables] + [(-1, u) for u in times], "=", 0)
            for k, u in enumerate(times):
                self.aim.append((-self.problem.weights["load"] * (person.get("load", 0) + k), u))
                self.binary.append(u)


def build(data):
    problem = Problem(data)
    model = Model(problem)
    for s, skill in enumerate(data["skills"]):
        for level in range(1, 5):
            teachers = problem.teachers(skill["id"], level)
            for d, date in enumerate(data["dates"]):
                for r, room in enumerate(data["rooms"]):
                    if date["id"] in problem.when(room) and \
                            problem.kit[skill["id"]] <= set(room.get("equipment", [])):
                        model.add_place(f"_{s}_{level}_{d}_{r}", skill["id"], level, date["id"], room,
                                        teachers)
    model.add_limits()
    return model


def write(model, path):
    with open(path, "w", encoding="utf-8") as out:
        out.write("Maximize\n aim:")
        for i, (c, v) in enumerate(model.aim):
            out.write(f" {'+' if c >= 0 else '-'} {abs(c):.9g} {v}" + ("\n" if i % 8 == 7 else ""))
        out.write("\nSubject To\n")
        for i, line in enumerate(model.lines):
            out.write(f" c{i}:" + wrapped(line) + "\n")
        out.write("Binaries\n")
        out.writelines(f" {v}\n" for v in model.binary)
        out.write("End\n")


def wrapped(line, words=24):
    parts = line.split(" ")
    return "\n ".join(" ".join(parts[i:i + words]) for i in range(0, len(parts), words))


def answer(model, chosen):
    """The answer that the variables at 1 make, in the form of docs/plan.md but for its value."""
    sessions = {}
    for v in chosen:
        if v in model.sessions:
            skill, level, date, room, trainer = model.sessions[v]
            sessions[skill, level, date, room] = {"skill": skill, "level": level, "date": date,
                                                  "room": room, "trainers": [trainer] if trainer else [],
                                                  "needs": []}
    for v in chosen:
        if v in model.seats:
            need, *key = model.seats[v]
            sessions[tuple(key)]["needs"].append(need)
    return {"sessions": list(sessions.values())}
