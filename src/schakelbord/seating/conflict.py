"""Why there is no plan: the smallest set of rules that cannot hold together, in any one round.

Rounds share no hard rule, so a conflict lies within one round. In a round: whatever seating we look at, a set of rules
that cannot hold together has a rule that this seating breaks. So the smallest set that hits the broken rules of all
seatings seen so far is either a conflict, and then the smallest there is, or somebody can be seated by it, which gives
a next seating (implicit hitting sets: Ignatiev, Previti, Liffiton, Marques-Silva, CP 2015). Each new seating breaks as
few rules as possible. Rules of people who are alike, as all who need an accessible table and nothing else, count only
by their number.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec
from ortools.sat.python import cp_model

from schakelbord.seating.problem import Problem

DETERMINISTIC_SECONDS, SOON = 10.0, 0.05
"""Limits of one question to CP-SAT, in its own deterministic time."""


class Rule(msgspec.Struct, frozen=True):
    """A hard rule as a conflict names it: `capacity`, `minimum`, `apart:a:b`, `together:a:b`, `accessible:p`,
    `host:t` or `pitcher:t`; with the ids of people, and the table of a host or pitcher.
    """

    key: str
    kind: str
    people: tuple[str, ...] = ()
    table: str = ""


class Conflict(msgspec.Struct, frozen=True):
    """Rules that cannot hold together in round `round`; `smallest`: proven that no fewer rules do."""

    round: int
    rules: tuple[Rule, ...]
    smallest: bool


def smallest_conflict(problem: Problem, rounds: Sequence[int], *, seconds: float = 30.0) -> Conflict | None:
    """The smallest conflict in any of the rounds given; None when every round has a seating.

    It knows nothing of `problem.fixed`: where only seats that stay leave no seating, the answer is None.

    When the time ends first the conflict given is one, perhaps not the smallest; without even that: None.
    """
    end = time.monotonic() + seconds
    found: Conflict | None = None
    looked_at: set[frozenset[str]] = set()
    for number in rounds:
        present = frozenset(problem.present(number))
        if present in looked_at:
            continue
        looked_at.add(present)
        conflict = _Search(problem, number, end).conflict()
        if conflict is not None and (found is None or len(conflict.rules) < len(found.rules)):
            found = conflict
    return found


def rules_of(problem: Problem, number: int) -> list[Rule]:
    """All rules that say something in a round."""
    present = problem.present(number)
    rules = [Rule("capacity", "capacity"), Rule("minimum", "minimum")]
    for kind, pairs in (("apart", problem.apart), ("together", problem.together)):
        rules += [Rule(f"{kind}:{a}:{b}", kind, (a, b)) for a, b in pairs if a in present and b in present]
    rules += [
        Rule(f"accessible:{person.id}", "accessible", (person.id,))
        for person in problem.people
        if person.accessible and person.id in present
    ]
    for table in problem.tables:
        for kind, name in (("host", table.host), ("pitcher", table.pitcher)):
            if name is not None and name in present:
                rules.append(Rule(f"{kind}:{table.id}", kind, (name,), table.id))
    return rules


class _Search:
    """Counts stand for sets of rules: of each class of like rules how many, see `_classes`."""

    def __init__(self, problem: Problem, number: int, end: float) -> None:
        self.problem, self.number, self.end = problem, number, end
        self.rules = rules_of(problem, number)
        self.classes = _classes(self.rules)
        self.seen: list[list[int]] = []
        self.broken: list[cp_model.IntVar] = []
        self.model = cp_model.CpModel()
        self.lay_out()

    def conflict(self) -> Conflict | None:
        try:
            while time.monotonic() < self.end:
                chosen = self.hitting()
                broken = self.seating(chosen)
                if broken is None:
                    return self.found(chosen, smallest=True)
                if not any(broken):
                    return None
                self.seen.append(broken)
        except TimeoutError:
            pass
        return self.any_conflict()

    def found(self, chosen: Sequence[int], *, smallest: bool) -> Conflict:
        rules = sorted(rule for count, rules in zip(chosen, self.classes, strict=True) for rule in rules[:count])
        return Conflict(self.number, tuple(self.rules[rule] for rule in rules), smallest)

    def any_conflict(self) -> Conflict | None:
        """Time is up: leave out rule after rule as long as the rest cannot hold."""
        kept = [len(rules) for rules in self.classes]
        if self.can_hold(kept):
            return None
        for place in range(len(kept)):
            while kept[place]:
                fewer = [count - (other == place) for other, count in enumerate(kept)]
                if self.can_hold(fewer):
                    break
                kept = fewer
        return self.found(kept, smallest=False)

    def can_hold(self, chosen: Sequence[int]) -> bool:
        """False only when it is proven that these rules cannot hold."""
        try:
            return self.seating(chosen) is not None
        except TimeoutError:
            return True

    def hitting(self) -> list[int]:
        """The fewest rules of which each seating seen breaks at least one; of like rules the first.

        Raises:
            TimeoutError: it is not found within the limit.
        """
        model = cp_model.CpModel()
        counts = [model.new_int_var(0, len(rules), "") for rules in self.classes]
        for broken in self.seen:
            hits = []
            for count, times, rules in zip(counts, broken, self.classes, strict=True):
                if times:
                    # Like rules: whichever `times` of them a seating breaks, it must break one of those chosen.
                    hit = model.new_bool_var("")
                    model.add(count >= len(rules) - times + 1).only_enforce_if(hit)
                    hits.append(hit)
            model.add_bool_or(hits)
        model.minimize(cp_model.LinearExpr.sum(counts))
        solver = _solver(DETERMINISTIC_SECONDS)
        if solver.solve(model) != cp_model.OPTIMAL:
            raise TimeoutError
        return [solver.value(count) for count in counts]

    def seating(self, chosen: Sequence[int]) -> list[int] | None:
        """How many rules of each class a seating breaks which keeps those chosen; None when no seating keeps them.

        Raises:
            TimeoutError: neither is known within the limit.
        """
        model = self.model.clone()
        for place, (count, rules) in enumerate(zip(chosen, self.classes, strict=True)):
            model.add(model.get_int_var_from_proto_index(self.broken[place].index) <= len(rules) - count)
        # Soon a seating that breaks few rules; only when there is none at once, all the time for a proof.
        for limit in (SOON, DETERMINISTIC_SECONDS):
            solver = _solver(limit)
            status = solver.solve(model)
            if status == cp_model.INFEASIBLE:
                return None
            if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
                return [solver.value(var) for var in self.broken]
        raise TimeoutError

    def lay_out(self) -> None:
        """Everybody named in a rule has a table, others and those who are alike are counted; few rules are broken."""
        model, tables = self.model, self.problem.tables
        counted = {
            self.rules[rule].people[0] for rules in self.classes if self.accessible_only(rules) for rule in rules
        }
        named = sorted({name for rule in self.rules for name in rule.people} - counted)
        self.at = {name: [model.new_bool_var("") for _ in tables] for name in named}
        for row in self.at.values():
            model.add_exactly_one(row)
        self.sizes = [[row[t] for row in self.at.values()] for t in range(len(tables))]
        self.anonymous(len(self.problem.present(self.number)) - len(named) - len(counted))
        for rules in self.classes:
            if self.accessible_only(rules):
                seats = self.anonymous(len(rules))
                broken = model.new_int_var(0, len(rules), "")
                far = [seat for seat, table in zip(seats, tables, strict=True) if not table.accessible]
                model.add(cp_model.LinearExpr.sum(far) == broken)
                self.broken.append(broken)
        for rules in self.classes:
            if not self.accessible_only(rules):
                broken = model.new_int_var(0, len(rules), "")
                model.add(cp_model.LinearExpr.sum([self.switch(self.rules[rule]) for rule in rules]) == broken)
                self.broken.append(broken)
        # The order of the classes is that of `broken`.
        self.classes.sort(key=lambda rules: not self.accessible_only(rules))
        model.minimize(cp_model.LinearExpr.sum(self.broken))

    def accessible_only(self, rules: Sequence[int]) -> bool:
        """Whether this is the class of those who need an accessible table and nothing else."""
        return len(rules) > 1 and self.rules[rules[0]].kind == "accessible"

    def anonymous(self, people: int) -> list[cp_model.IntVar]:
        """How many of some people who are alike sit at each table."""
        seats = [self.model.new_int_var(0, people, "") for _ in self.problem.tables]
        self.model.add(cp_model.LinearExpr.sum(seats) == people)
        for size, seat in zip(self.sizes, seats, strict=True):
            size.append(seat)
        return seats

    def switch(self, rule: Rule) -> cp_model.IntVar:
        """A variable that is true when the rule is broken; when it is false, the rule holds."""
        model, off = self.model, self.model.new_bool_var("")
        on = off.negated()
        for t, table in enumerate(self.problem.tables):
            at = [self.at[name][t] for name in rule.people]
            if rule.kind == "capacity":
                model.add(cp_model.LinearExpr.sum(self.sizes[t]) <= table.most).only_enforce_if(on)
            elif rule.kind == "minimum":
                model.add(cp_model.LinearExpr.sum(self.sizes[t]) >= table.least).only_enforce_if(on)
            elif rule.kind == "apart":
                model.add_bool_or([off, *(var.negated() for var in at)])
            elif rule.kind == "together":
                model.add(at[0] == at[1]).only_enforce_if(on)
            elif rule.kind == "accessible":
                if not table.accessible:
                    model.add_implication(on, at[0].negated())
            elif rule.table == table.id:
                model.add_implication(on, at[0])
        return off


def _classes(rules: Sequence[Rule]) -> list[list[int]]:
    """Rules that can be exchanged for each other: of one kind, over people in no other rule."""
    times = Counter(name for rule in rules for name in rule.people)
    found: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for place, rule in enumerate(rules):
        alike = rule.people and not rule.table and all(times[name] == 1 for name in rule.people)
        found[rule.kind, -1 if alike else place].append(place)
    return list(found.values())


def _solver(deterministic: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = deterministic
    return solver
