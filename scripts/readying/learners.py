"""Made learners: abilities that are known, the first showings they leave, and the papers they sit.

Nothing here knows how readiness is reckoned; the population is wider and other than what it assumes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import exp, log

from keykata.practice.blueprint import Blueprint, BlueprintDomain
from keykata.practice.ready_model import Exam, Showing

BLIND = 0.25
LENGTHS = ((30, 60), (60, 150), (150, 400), (400, 1000))
BLUEPRINT = Blueprint(
    domains=tuple(
        BlueprintDomain(number, name, weight, tuple(f"{number}.{task}" for task in range(1, tasks + 1)))
        for number, name, weight, tasks in (
            ("1", "Secure", 30, 3),
            ("2", "Resilient", 26, 2),
            ("3", "High-performing", 24, 5),
            ("4", "Cost-optimized", 20, 4),
        )
    ),
    scored=50,
    unscored=15,
    minutes=130,
)
EXAM = Exam(BLUEPRINT)
NEEDED = 35  # of 50: round(100 + 900 x 0.70) = 730 passes, 0.68 gives 712


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of learner is made.

    Attributes:
        name: what it is called in the tables.
        domains, tasks: how far domains and task statements lie apart, standard deviations in log odds.
        rise: by how much the level rises over the history, log odds, drawn between the two ends.
        flat: the share of the history after which it rises no more.
        says: how often a learner who does not know says that it is a guess, drawn between the two ends.
        lopsided: first showings come mostly from one or two domains.
        pause: days between the last showing and now.
    """

    name: str
    domains: float = 0.2
    tasks: float = 0.25
    rise: tuple[float, float] = (0.0, 0.0)
    flat: float = 1.0
    says: tuple[float, float] = (0.0, 0.0)
    lopsided: bool = False
    pause: int = 0


MANNERS = (
    Manner("even and steady"),
    Manner("uneven over domains", domains=0.7, tasks=0.4),
    Manner("improving", rise=(0.3, 1.3)),
    Manner("improving, then level", rise=(0.3, 1.3), flat=0.4),
    Manner("guessing, and says so", says=(0.4, 1.0)),
    Manner("lopsided practice", domains=0.4, tasks=0.3, lopsided=True),
    Manner("getting worse", rise=(-0.6, -0.2)),
)


@dataclass(frozen=True, slots=True)
class Learner:
    """A made learner: what is true now, and the history that is told.

    `chances` are those of a right answer now, by task statement, luck included.
    """

    manner: str
    chances: dict[str, float]
    showings: tuple[Showing, ...]
    today: int


def odds(share: float) -> float:
    """Log odds."""
    return log(share / (1 - share))


def chance(value: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + exp(-value))


def made(manner: Manner, length: tuple[int, int], rng: random.Random) -> Learner:
    """A learner of a kind, with so many first showings."""
    count = rng.randint(*length)
    level = odds(rng.uniform(0.5, 0.92))
    apart = {d.id: rng.gauss(0, manner.domains) for d in BLUEPRINT.domains}
    places = {task: d.id for d in BLUEPRINT.domains for task in d.tasks}
    now = {task: level + apart[domain] + rng.gauss(0, manner.tasks) for task, domain in places.items()}
    rise, says = rng.uniform(*manner.rise), rng.uniform(*manner.says)
    weights = _weights(manner, rng)
    a_day = rng.uniform(6, 40)
    showings = []
    for number in range(count):
        part = min(1.0, number / count / manner.flat)
        task = rng.choices(list(weights), list(weights.values()))[0]
        knows = rng.random() < chance(now[task] - rise * (1 - part))
        guess = not knows and rng.random() < says
        right = knows or (guess and rng.random() < BLIND)
        showings.append(Showing(task, int(number / a_day), right, guess))
    luck = says * BLIND
    chances = {task: chance(value) + (1 - chance(value)) * luck for task, value in now.items()}
    return Learner(manner.name, chances, tuple(showings), showings[-1].day + manner.pause)


def _weights(manner: Manner, rng: random.Random) -> dict[str, float]:
    favourites = rng.sample([d.id for d in BLUEPRINT.domains], 2) if manner.lopsided else ()
    return {
        task: d.weight / len(d.tasks) * (6 if d.id in favourites else 1)
        for d in BLUEPRINT.domains
        for task in d.tasks
    }


def truth(learner: Learner) -> float:
    """The probability that the learner passes, over all papers of the blueprint: an exact sum."""
    split = BLUEPRINT.scored_split(BLUEPRINT.count)
    found = [1.0]
    for domain in BLUEPRINT.domains:
        mean = sum(learner.chances[task] for task in domain.tasks) / len(domain.tasks)
        for _ in range(split[domain.id]):
            found = _with_item(found, mean)
    return sum(found[NEEDED:])


def _with_item(counts: list[float], right: float) -> list[float]:
    wrong = 1 - right
    return [
        (counts[n] * wrong if n < len(counts) else 0.0) + (counts[n - 1] * right if n else 0.0)
        for n in range(len(counts) + 1)
    ]


def sit(learner: Learner, rng: random.Random) -> int:
    """One paper: how many of the 50 that count come out right."""
    split = BLUEPRINT.scored_split(BLUEPRINT.count)
    return sum(
        rng.random() < learner.chances[domain.tasks[place % len(domain.tasks)]]
        for domain in BLUEPRINT.domains
        for place in range(split[domain.id])
    )
