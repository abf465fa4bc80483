"""Abilities from first showings: what is known of each task statement now, and how surely.

The chance (as log odds) that a new question of a task statement is known is

    level(stage) + domain + task

with `domain` and `task` normal around 0 (partial pooling: a task statement with few answers leans on its
domain, a domain on the whole), and `level` a random walk over the stages of the history, tied to what is
assumed of the level now. For each of a few `Course`s (how uneven the learner is, how the level moves) the
posterior is taken as normal around its mode (Laplace), and its evidence weighs the courses against each
other, so that long steady histories count almost whole, and those of a learner who improves by their end.

All unknowns stand in one row: task statements, domains, levels. In that order elimination fills nothing but
the small block of the levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import exp, log, log1p

import msgspec

Matrix = list[list[float]]
Row = tuple[int, int, int, int, int]  # a cell: where its task, domain and level stand, tries, known
MAX_STEPS = 25
MAX_MOVE = 2.0  # log odds in one step, so that a first guess far off cannot overshoot
CLOSE = 1e-3  # the next step would be its square
NARROW = 0.02  # the least variance of a step of the level, where a course keeps it still


class Cell(msgspec.Struct, frozen=True):
    """First showings of one task statement in one stage: how many, and how many of them were known."""

    task: int
    stage: int
    tries: int
    known: int


class Course(msgspec.Struct, frozen=True):
    """One way a learner may be.

    Attributes:
        domains, tasks: standard deviations, in log odds, of domains around the level and of task statements
            around their domain.
        rise: by how much the level is expected to rise in a unit of study, log odds.
        wander: the variance that a unit of study adds to the level.
        share: how probable it is before anything is known.
    """

    domains: float
    tasks: float
    rise: float
    wander: float
    share: float


class Ground(msgspec.Struct, frozen=True, dict=True):
    """What is known before fitting.

    Attributes:
        domain_of: for each task statement the place of its domain.
        gaps: units of study between each stage and the one before it; the first is not used.
        mean, spread: the level now before anything is known, in log odds.
    """

    domain_of: tuple[int, ...]
    gaps: tuple[float, ...]
    mean: float
    spread: float

    @cached_property
    def domains(self) -> int:
        """How many domains there are."""
        return max(self.domain_of) + 1

    @cached_property
    def size(self) -> int:
        """How many unknowns there are."""
        return len(self.domain_of) + self.domains + len(self.gaps)

    def places(self, task: int, stage: int) -> tuple[int, int, int]:
        """Where the three parts of a chance stand in the row of unknowns, ascending."""
        count = len(self.domain_of)
        return task, count + self.domain_of[task], count + self.domains + stage


class Fit(msgspec.Struct, frozen=True):
    """The posterior of one course.

    Attributes:
        course: which.
        mode: of every unknown.
        evidence: log probability of the answers under the course, up to a constant.
        curvature: the negative second derivative at the mode, upper triangle.
    """

    course: Course
    mode: tuple[float, ...]
    evidence: float
    curvature: tuple[tuple[float, ...], ...]

    def now(self, ground: Ground) -> list[float]:
        """Log odds of every task statement in the last stage."""
        last = len(ground.gaps) - 1
        return [sum(self.mode[p] for p in ground.places(task, last)) for task in range(len(ground.domain_of))]


def sigmoid(odds: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + exp(-odds)) if odds > 0 else 1 - 1 / (1 + exp(odds))


def fit(cells: Sequence[Cell], ground: Ground, course: Course, start: Sequence[float] | None = None) -> Fit:
    """The posterior of one course, by Newton's method; the log posterior has one peak.

    Args:
        start: a mode nearby to begin from, such as that of another course.
    """
    mode = (
        list(start) if start else [0.0] * (ground.size - len(ground.gaps)) + [ground.mean] * len(ground.gaps)
    )
    rows = [(*ground.places(cell.task, cell.stage), cell.tries, cell.known) for cell in cells]
    for _ in range(MAX_STEPS):
        curvature, slope, _ = _look(rows, ground, course, mode)
        step = solve(curvature, slope)[0]
        most = max(map(abs, step))
        scale = min(1.0, MAX_MOVE / most) if most else 1.0
        mode = [value + scale * by for value, by in zip(mode, step, strict=True)]
        if most < CLOSE:
            break
    curvature, slope, height = _look(rows, ground, course, mode)
    kept = tuple(map(tuple, curvature))
    for task, domain, level, tries, known in rows:
        odds = mode[task] + mode[domain] + mode[level]
        height += known * odds - tries * (max(odds, 0.0) + log1p(exp(-abs(odds))))
    pivots = solve(curvature, slope)[2]
    return Fit(course, tuple(mode), height - sum(map(log, pivots)) / 2, kept)


def _look(
    rows: Sequence[Row], ground: Ground, course: Course, at: Sequence[float]
) -> tuple[Matrix, list[float], float]:
    """Negative second derivative (upper triangle) and slope of the log posterior; the height of the prior."""
    matrix = [[0.0] * ground.size for _ in range(ground.size)]
    slope = [0.0] * ground.size
    height = _prior(ground, course, at, matrix, slope)
    for task, domain, level, tries, known in rows:
        chance = sigmoid(at[task] + at[domain] + at[level])
        residual = known - tries * chance
        weight = tries * chance * (1 - chance)
        slope[task] += residual
        slope[domain] += residual
        slope[level] += residual
        row = matrix[task]
        row[task] += weight
        row[domain] += weight
        row[level] += weight
        row = matrix[domain]
        row[domain] += weight
        row[level] += weight
        matrix[level][level] += weight
    return matrix, slope, height


def _prior(ground: Ground, course: Course, at: Sequence[float], matrix: Matrix, slope: list[float]) -> float:
    """Add what is assumed before any answer; its height."""
    tasks, domains = len(ground.domain_of), ground.domains
    height = 0.0
    for place in range(tasks + domains):
        variance = (course.tasks if place < tasks else course.domains) ** 2
        matrix[place][place] += 1 / variance
        slope[place] -= at[place] / variance
        height -= (at[place] ** 2 / variance + log(variance)) / 2
    first, last = tasks + domains, ground.size - 1
    variance = ground.spread**2
    away = at[last] - ground.mean
    matrix[last][last] += 1 / variance
    slope[last] -= away / variance
    height -= (away**2 / variance + log(variance)) / 2
    for place in range(first + 1, last + 1):
        gap = ground.gaps[place - first]
        variance = course.wander * gap + NARROW**2
        away = at[place] - at[place - 1] - course.rise * gap
        matrix[place][place] += 1 / variance
        matrix[place - 1][place - 1] += 1 / variance
        matrix[place - 1][place] -= 1 / variance
        slope[place] -= away / variance
        slope[place - 1] += away / variance
        height -= (away**2 / variance + log(variance)) / 2
    return height


def solve(matrix: Matrix, right: Sequence[float]) -> tuple[list[float], float, list[float]]:
    """Solve a symmetric positive definite system, of which the upper triangle is given and used up.

    Returns:
        The solution; right' x solution; the pivots, whose product is the determinant.
    """
    size = len(right)
    values = list(right)
    filled: list[list[int]] = []
    for k in range(size):
        row = matrix[k]
        pivot = row[k]
        others = [place for place in range(k + 1, size) if row[place]]
        filled.append(others)
        for index, i in enumerate(others):
            factor = row[i] / pivot
            target = matrix[i]
            for j in others[index:]:
                target[j] -= factor * row[j]
            values[i] -= factor * values[k]
    pivots = [matrix[k][k] for k in range(size)]
    product = sum([value * value / pivot for value, pivot in zip(values, pivots, strict=True)])
    for k in range(size - 1, -1, -1):
        row = matrix[k]
        total = values[k]
        for j in filled[k]:
            total -= row[j] * values[j]
        values[k] = total / pivots[k]
    return values, product, pivots
