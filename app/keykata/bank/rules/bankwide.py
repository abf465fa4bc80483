"""Patterns over a whole bank that give right options away, told from chance by exact binomial tests."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from keykata.bank.advising import Advice
from keykata.bank.drafts import Draft
from keykata.bank.findings import Sheet
from keykata.bank.model import Comparison, Exam, Term
from keykata.bank.rules.look import Seen, words_of
from keykata.bank.rules.services import orphans

UNLIKELY = 100  # a pattern is told when chance gives it less often than once in this many banks
LEAK_WORDS = 6  # a shorter option is a name, which any stem may hold
_PLACES = 4  # options of a question with one right answer
_ENOUGH = 40  # questions before the share of a kind says anything
_SHARE = (10, 20)  # percent of multiple response
_OFF = 5  # points a domain may be off its weight

All = Sequence[Seen]
# by their first words: the ids of questions, and all words of a right option
Said = dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]]


def at_least(hits: int, tries: int, part: int, whole: int) -> tuple[int, int]:
    """The chance of this many hits or more, each of the chance part/whole, as an exact fraction.

    Args:
        hits: from 0 to `tries`.
        part: from 0 to `whole`.

    Returns:
        Numerator and denominator, not reduced.
    """
    miss = whole - part
    term, total = miss**tries, 0
    if not miss:
        return 1, 1
    for count in range(tries + 1):
        if count >= hits:
            total += term
        term = term * part * (tries - count) // (miss * (count + 1))
    return total, whole**tries


def unlikely(hits: int, tries: int, part: int, whole: int, *, looks: int = 1) -> bool:
    """Whether chance gives this many hits or more in less than one of a hundred banks.

    Args:
        looks: how many places were looked at for the most frequent one.
    """
    if hits * whole <= tries * part:
        return False
    chance, of = at_least(hits, tries, part, whole)
    return chance * UNLIKELY * looks < of


def _single(seen: All) -> Iterator[Seen]:
    return (one for one in seen if len(one.right) == 1 and len(one.item.options) == _PLACES)


def long_right_bank(seen: All, sheet: Sheet) -> None:
    """The right option is the longest no more often than chance allows."""
    tries = hits = 0
    for one in _single(seen):
        sizes = [len(option.text) for option in one.item.options]
        number = one.right[0]
        tries += 1
        hits += all(sizes[number] > size for other, size in enumerate(sizes) if other != number)
    if unlikely(hits, tries, 1, _PLACES):
        what = f"In {hits} of {tries} questions of the bank the right option is the longest one."
        hint = "Shorten right options and give distractors detail, until about one in four is left."
        sheet.add("long-right-bank", 0, 0, what, hint, severity="warning")


def absolute_bank(seen: All, sheet: Sheet) -> None:
    """Words such as always and never stand in distractors no more often than chance allows."""
    rights = wrongs = marked_right = marked_wrong = 0
    for one in seen:
        rights += len(one.right)
        wrongs += len(one.item.options) - len(one.right)
        for number, marked in enumerate(one.absolute):
            if one.item.options[number].right:
                marked_right += marked
            else:
                marked_wrong += marked
    if unlikely(marked_wrong, marked_wrong + marked_right, wrongs, wrongs + rights):
        what = (
            f"Words such as always, never and only stand in {marked_wrong} of {wrongs} distractors of the "
            f"bank, but in {marked_right} of {rights} right options."
        )
        hint = "Take such words out of distractors, or write right options that need them."
        sheet.add("absolute-bank", 0, 0, what, hint, severity="warning")


def right_position(seen: All, sheet: Sheet) -> None:
    """Where the order of options is kept, the right one stands in no place more often than chance allows."""
    places = Counter(one.right[0] for one in _single(seen) if one.item.fixed)
    if not places:
        return
    tries = sum(places.values())
    place, hits = min(places.items(), key=lambda pair: (-pair[1], pair[0]))
    if unlikely(hits, tries, 1, _PLACES, looks=_PLACES):
        what = f"In {hits} of {tries} questions with `fixed: true` option {place + 1} is right."
        hint = "Turn the order of some round, or leave `fixed` out where the order says nothing."
        sheet.add("right-position", 0, 0, what, hint, severity="warning")


def multi_share(seen: All, sheet: Sheet) -> None:
    """Between a tenth and a fifth of a bank's questions are multiple response."""
    several = sum(len(one.right) > 1 for one in seen)
    low, high = _SHARE
    if len(seen) >= _ENOUGH and not low * len(seen) <= 100 * several <= high * len(seen):
        what = f"{several} of {len(seen)} questions of the bank have several right options."
        hint = f"Aim at {low} to {high} percent."
        sheet.add("multi-share", 0, 0, what, hint, severity="note")


def leak(seen: All) -> None:
    """No stem holds the right option of another question word for word."""
    openings = frozenset([run for one in seen for run in one.opening])
    # the runs of most stems show at once that none of them begins a right option
    telling = [one for one in seen if _cut_otherwise(one) or not openings.isdisjoint(one.draft.runs)]
    said = _said(seen, telling, openings)
    for one in telling:
        other = _told(one.item.id, words_of(one.item.stem), said)
        if other:
            what = f"The stem of the question `{one.item.id}` holds the right option of `{other}`."
            hint = "Say it in other words, so that one question does not answer the other."
            one.draft.add("leak", ("stem",), what, hint, severity="warning")


def _cut_otherwise(one: Seen) -> bool:
    """Whether the runs of a stem may be of other words than those of its options."""
    stem = one.item.stem
    return "/" in stem or not stem.isascii()


def _said(seen: All, telling: All, openings: frozenset[int]) -> Said:
    """The right options that some of these stems may hold, by their first words."""
    begun = openings
    if not any(map(_cut_otherwise, telling)):
        begun = frozenset([run for one in telling for run in openings.intersection(one.draft.runs)])
    said: Said = defaultdict(list)
    for one in seen:
        if begun.isdisjoint(one.opening):
            continue
        for number in one.right:
            words = tuple(words_of(one.item.options[number].text))
            if len(words) >= LEAK_WORDS:
                said[words[:LEAK_WORDS]].append((one.item.id, words))
    return said


def _told(own: str, stem: list[str], said: Said) -> str:
    whole = f" {' '.join(stem)} "
    runs = (tuple(stem[start : start + LEAK_WORDS]) for start in range(len(stem) - LEAK_WORDS + 1))
    for run in dict.fromkeys(runs):
        # at most a few of a crowd of equal options: one leak is enough to tell
        for other, words in said.get(run, ())[:3]:
            # as text: comparing word for word at every place takes seconds where words are repeated
            if other != own and f" {' '.join(words)} " in whole:
                return other
    return ""


def blueprint(seen: All, exam: Exam, sheet: Sheet) -> None:
    """The domains of the exam have their weights in the bank, and each fills its part of one mock."""
    if len(seen) < _ENOUGH:
        return
    counts: Counter[str] = Counter()
    domains = {task: domain.id for domain in exam.domains for task in domain.tasks}
    for one in seen:
        counts[domains.get(one.item.task, "")] += 1
    off = []
    for domain, size in zip(exam.domains, _parts(exam), strict=True):
        have = counts[domain.id]
        share = 100 * have / len(seen)
        if abs(share - domain.weight) > _OFF:
            off.append(f"domain {domain.id} has {share:.0f} % ({domain.weight} % in the exam)")
        elif have < size:
            off.append(f"domain {domain.id} has {have}, and one mock exam takes {size}")
    if off:
        what = f"The {len(seen)} questions of the bank are not spread like the exam: {'; '.join(off)}."
        hint = "Write for the domains that lack questions, or set `blueprint: false` for a deep bank."
        sheet.add("blueprint", 0, 0, what, hint, severity="note")


def _parts(exam: Exam) -> list[int]:
    """How many items of one mock each domain takes: largest remainders of the weights."""
    total = exam.scored + exam.unscored
    parts = [divmod(total * domain.weight, 100) for domain in exam.domains]
    left = total - sum(whole for whole, _ in parts)
    order = sorted(range(len(parts)), key=lambda number: -parts[number][1])[:left]
    return [whole + (number in order) for number, (whole, _) in enumerate(parts)]


def orphan_term(
    seen: All, drafts: Sequence[Draft], advice: Advice, known: frozenset[str], sheet: Sheet
) -> None:
    """A service that many right options need has a term in the glossary, where the bank has a glossary."""
    if not any(isinstance(draft.item, Term) for draft in drafts):
        return
    missing = list(orphans(seen, drafts, advice.services, known))
    if missing:
        what = f"Right options often need {_listed(missing)}, which no term explains."
        sheet.add("orphan-term", 0, 0, what, "Write a term for each.", severity="note")


def untested_term(seen: All, drafts: Sequence[Draft]) -> None:
    """Every term is the topic of a question or a column of a comparison."""
    if not seen:
        return
    used = {
        name.rpartition(":")[2].partition("/")[0]
        for one in seen
        for name in (*one.item.topics, *one.item.tests)
    }
    for draft in drafts:
        if isinstance(draft.item, Comparison):
            used |= {subject.term.rpartition(":")[2] for subject in draft.item.subjects}
    for draft in drafts:
        if isinstance(draft.item, Term) and draft.item.id not in used:
            what = f"No question has the term `{draft.item.id}` among its topics."
            hint = "Write a question about it, or name it under `topics` of one."
            draft.add("untested-term", (), what, hint, severity="note")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return shown if len(names) <= 6 else f"{shown} and {len(names) - 6} more"


def advise_bank(
    seen: All,
    drafts: Sequence[Draft],
    sheet: Sheet,
    advice: Advice,
    *,
    known: frozenset[str],
    exam: Exam | None,
) -> None:
    """Warnings and notes on the items of a bank taken together, noted at its header.

    Args:
        sheet: that of the header.
        known: ids of the items of other banks.
        exam: the exam whose weights the bank is held to, None for a deep bank.
    """
    for rule in (long_right_bank, absolute_bank, right_position, multi_share):
        rule(seen, sheet)
    leak(seen)
    untested_term(seen, drafts)
    if exam is not None:
        blueprint(seen, exam, sheet)
    if advice.services.services:
        orphan_term(seen, drafts, advice, known, sheet)
