"""Readiness: the probability of passing one paper today, from first showings only.

What was shown before proves memory of the question, not of the subject, so only the first answer to each
question counts. Right and no guess is known; a guess is not known whichever way it went, and brings on the
paper what blind choice brings. `ability` says what is known of each task statement now and how surely,
`passing` what that means for one paper of the blueprint.

Too few to say: under 30 first showings; under 3 in a domain (what is said of it would be said by the others);
or an interval wider than 0.9, which leaves out less than a tenth of what was possible all along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import exp, log, sqrt

from keykata.practice.ability import Cell, Course, Fit, Ground, fit, sigmoid, solve
from keykata.practice.passing import Bend, Papers, least_right, masses, quantile
from keykata.practice.ready_model import (
    DomainWidth,
    Exam,
    Outcome,
    Readiness,
    Showing,
    TaskGain,
    TooFew,
)
from keykata.practice.score import scaled_estimate

LEAST = 30
LEAST_EACH = 3  # in every domain
WIDEST = 0.9
MOST = 100  # more are never asked for at once
TAIL = 0.05  # left out at each end of every interval
STAGES, STAGE = 6, 15  # most stages of a history; least showings in one
SHOWINGS_A_UNIT, DAYS_A_UNIT = 400, 60  # a unit of study: so many first showings, or so many days
BEFORE = (0.6, 1.2)  # mean and deviation, in log odds, of a learner of whom nothing is known: 65 %
CHANCE = 0.23  # blind choice: one of four, and for one item in seven two of five
MORE = 20  # unseen questions, when asked what would tell most
IDLE = 0.05  # variance, in log odds, that a unit of days away adds: nobody stays the same for good
FAINT = 0.01  # a course so much less probable than the best one plays no part
LEARNED = 0.5  # of what is missed in a task statement, when asked what would gain most

# (deviation of domains, of task statements, share), and (rise and wander in a unit of study, share)
UNEVEN = ((0.12, 0.15, 0.30), (0.30, 0.35, 0.45), (0.75, 0.50, 0.25))
MOVES = ((0.0, 0.15, 0.50), (0.8, 0.2, 0.18), (1.5, 1.0, 0.12), (-0.6, 0.3, 0.20))
COURSES = tuple(
    Course(domains, tasks, rise, wander, one * other)
    for rise, wander, other in MOVES
    for domains, tasks, one in UNEVEN
)


def readiness(
    showings: Sequence[Showing], exam: Exam, today: int, unseen: Mapping[str, int] | None = None
) -> Outcome:
    """What first showings say of the exam.

    Args:
        showings: in log order; those of no task statement of the blueprint are passed over.
        today: the day it is asked for, in the numbers of the showings.
        unseen: how many questions each domain still has that were never shown; None for any number.
    """
    domain_of = {task: domain.id for domain in exam.blueprint.domains for task in domain.tasks}
    counting = [showing for showing in showings if showing.task in domain_of]
    tried = Counter(domain_of[showing.task] for showing in counting)
    lacks = {d.id: LEAST_EACH - tried[d.id] for d in exam.blueprint.domains if tried[d.id] < LEAST_EACH}
    missing = max(LEAST - len(counting), sum(lacks.values()))
    if missing > 0:
        return TooFew(len(counting), missing, tuple(lacks))
    found = _Reckoning(counting, exam, today)
    width = found.width()
    if width > WIDEST:
        return TooFew(len(counting), found.more_until(WIDEST), (), wide=True)
    return found.told(unseen)


class _Reckoning:
    """One reckoning: the courses fitted and weighed, and what is asked of them."""

    def __init__(self, showings: Sequence[Showing], exam: Exam, today: int) -> None:
        self._showings, self._exam = showings, exam
        domains = exam.blueprint.domains
        self._tasks = [task for domain in domains for task in domain.tasks]
        places = tuple(place for place, domain in enumerate(domains) for _ in domain.tasks)
        split = exam.blueprint.scored_split(exam.blueprint.count)
        self._items = [split[domain.id] / len(domain.tasks) for domain in domains for _ in domain.tasks]
        self._cells, gaps = _stages(showings, self._tasks)
        self._idle = max(0, today - showings[-1].day) / DAYS_A_UNIT
        self._ground = Ground(places, gaps, *BEFORE)
        fits: list[Fit] = []
        for course in COURSES:
            fits.append(fit(self._cells, self._ground, course, fits[-1].mode if fits else None))
        top = max(one.evidence + log(one.course.share) for one in fits)
        weights = [exp(one.evidence + log(one.course.share) - top) for one in fits]
        kept = [(weight, one) for weight, one in zip(weights, fits, strict=True) if weight > FAINT]
        whole = sum(weight for weight, _ in kept)
        self._bends = [Bend(weight / whole, *self._whole(one)) for weight, one in kept]
        self._best = fits[max(range(len(fits)), key=weights.__getitem__)]
        self._papers = self._of_paper()

    def width(self) -> float:
        """Of the interval of the probability."""
        low, high = self._interval(1.0)
        return high - low

    def more_until(self, width: float) -> int:
        """About how many more showings make the interval so narrow; whole tens."""
        mean = sum(bend.weight * bend.mean for bend in self._bends)
        variance = sum(bend.weight * (bend.deviation**2 + (bend.mean - mean) ** 2) for bend in self._bends)
        share = sigmoid(mean)
        for count in range(10, MOST, 10):
            low, high = self._interval(1 / sqrt(1 + variance * count * share * (1 - share)))
            if high - low <= width:
                return count
        return MOST

    def told(self, unseen: Mapping[str, int] | None) -> Readiness:
        """Everything."""
        cells = masses(self._bends)
        low, high = self._interval(1.0)
        probability = sum(mass * self._papers.passing(odds) for odds, mass in cells)
        ends = [self._papers.right_share(quantile(self._bends, share)) for share in (TAIL, 1 - TAIL)]
        return Readiness(
            tries=len(self._showings),
            probability=probability,
            low=min(low, probability),  # far from the line the mean may lie outside: a thin tail carries it
            high=max(high, probability),
            share=sum(mass * self._papers.right_share(odds) for odds, mass in cells),
            share_low=ends[0],
            share_high=ends[1],
            score=self._score(cells, 0.5),
            score_low=self._score(cells, TAIL),
            score_high=self._score(cells, 1 - TAIL),
            gains=self._gains(cells),
            widths=self._widths((ends[1] - ends[0]) / 2, unseen),
        )

    # --- the parts --------------------------------------------------------------------------------------

    def _of_paper(self) -> Papers:
        exam = self._exam
        scored = exam.blueprint.scored
        needed = least_right(scored, exam.pass_score, exam.scale_from, exam.scale_to)
        missed = [showing for showing in self._showings if not showing.known]
        luck = CHANCE * sum(showing.guess for showing in missed) / (len(missed) + 1)
        return Papers(self._best.now(self._ground), self._items, luck, needed)

    def _whole(self, one: Fit) -> tuple[float, float]:
        """Mean and deviation of the log odds of the whole paper, under one course.

        The mode alone would be off by the bends of the curves: what is uncertain of single task statements
        draws the share to the middle, and a posterior of counts leans to its far side.
        """
        odds = one.now(self._ground)
        chances = [sigmoid(value) for value in odds]
        slope, product, along = self._along(one.curvature, chances)
        alone = [1 / one.curvature[task][task] for task in range(len(odds))]
        whole = sum(self._items)
        share = sum(n * p for n, p in zip(self._items, chances, strict=True)) / whole
        steep = whole * share * (1 - share)
        variance = product / steep**2 + IDLE * self._idle
        lean = 0.0
        for cell in self._cells:
            places = self._ground.places(cell.task, cell.stage)
            chance = sigmoid(sum(one.mode[place] for place in places))
            third = -cell.tries * chance * (1 - chance) * (1 - 2 * chance)
            lean += third * (variance + alone[cell.task]) / 2 * sum(along[place] for place in places)
        middle = sum(
            s * (1 - 2 * p) * v / 2 for s, p, v in zip(slope[: len(odds)], chances, alone, strict=True)
        )
        mean = log(share / (1 - share)) + (lean + middle) / steep
        return mean, sqrt(variance)

    def _along(
        self, curvature: Sequence[Sequence[float]], chances: Sequence[float]
    ) -> tuple[list[float], float, list[float]]:
        """How the expected number right changes with every unknown; its variance; its covariances."""
        ground = self._ground
        slope = [0.0] * ground.size
        for task, chance in enumerate(chances):
            for place in ground.places(task, len(ground.gaps) - 1):
                slope[place] += self._items[task] * chance * (1 - chance)
        along, product, _ = solve([list(row) for row in curvature], slope)
        return slope, product, along

    def _narrowed(self, more: Sequence[float]) -> float:
        """By what factor the deviation shrinks when each task statement gets so many more showings."""
        chances = [sigmoid(value) for value in self._best.now(self._ground)]
        curvature = [list(row) for row in self._best.curvature]
        _, before, _ = self._along(curvature, chances)
        for task, (count, chance) in enumerate(zip(more, chances, strict=True)):
            weight = count * chance * (1 - chance)
            a, b, c = self._ground.places(task, len(self._ground.gaps) - 1)
            for row, column in ((a, a), (b, b), (c, c), (a, b), (a, c), (b, c)):
                curvature[row][column] += weight
        return sqrt(self._along(curvature, chances)[1] / before)

    def _interval(self, factor: float) -> tuple[float, float]:
        """The interval of the probability, were the log odds known better by a factor."""
        middle = quantile(self._bends, 0.5)
        ends = (quantile(self._bends, share) for share in (TAIL, 1 - TAIL))
        low, high = (self._papers.passing(middle + (end - middle) * factor) for end in ends)
        return low, high

    def _score(self, cells: Sequence[tuple[float, float]], share: float) -> int:
        """The score below which a share of papers ends."""
        exam = self._exam
        scored = exam.blueprint.scored
        low, high = -1, scored
        while high - low > 1:
            middle = (low + high) // 2
            below = sum(mass * self._papers.at_most(middle, odds) for odds, mass in cells)
            low, high = (middle, high) if below < share else (low, middle)
        return scaled_estimate(high / scored, exam.scale_from, exam.scale_to)

    def _gains(self, cells: Sequence[tuple[float, float]]) -> tuple[TaskGain, ...]:
        papers, whole = self._papers, sum(self._items)
        tried = Counter(showing.task for showing in self._showings)
        now = sum(mass * papers.passing(odds) for odds, mass in cells)
        found = []
        for task, items, odds in zip(self._tasks, self._items, self._best.now(self._ground), strict=True):
            share = papers.right_share(odds)
            more = LEARNED * (1 - share) * items / whole
            then = sum(
                mass * papers.passing(papers.odds_of_right(papers.right_share(place) + more))
                for place, mass in cells
            )
            found.append(TaskGain(task, tried[task], share, max(0.0, then - now)))
        return tuple(sorted(found, key=lambda gain: -gain.gain))

    def _widths(self, before: float, unseen: Mapping[str, int] | None) -> tuple[DomainWidth, ...]:
        found = []
        for domain in self._exam.blueprint.domains:
            count = MORE if unseen is None else min(MORE, unseen.get(domain.id, 0))
            more = [count / len(domain.tasks) if task in domain.tasks else 0.0 for task in self._tasks]
            if count:
                found.append(DomainWidth(domain.id, count, before, before * self._narrowed(more)))
        return tuple(sorted(found, key=lambda width: width.after))


def _stages(showings: Sequence[Showing], tasks: Sequence[str]) -> tuple[list[Cell], tuple[float, ...]]:
    """First showings by task statement and stage, and the gaps between stages; the last one is now, empty."""
    count = len(showings)
    stages = min(STAGES, max(1, count // STAGE))
    moments = [n / SHOWINGS_A_UNIT + showing.day / DAYS_A_UNIT for n, showing in enumerate(showings)]
    stage_of = [place * stages // count for place in range(count)]
    sizes = Counter(stage_of)
    centres = [0.0] * stages
    for moment, stage in zip(moments, stage_of, strict=True):
        centres[stage] += moment / sizes[stage]
    centres.append(moments[-1])
    gaps = (0.0, *(max(0.0, b - a) for a, b in pairwise(centres)))
    place_of = {task: place for place, task in enumerate(tasks)}
    tries: Counter[tuple[int, int]] = Counter()
    known: Counter[tuple[int, int]] = Counter()
    for showing, stage in zip(showings, stage_of, strict=True):
        tries[place_of[showing.task], stage] += 1
        known[place_of[showing.task], stage] += showing.known
    cells = [Cell(*place, tries=number, known=known[place]) for place, number in tries.items()]
    return cells, gaps
