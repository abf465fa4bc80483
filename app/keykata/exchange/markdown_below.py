"""What stands below the boxes of a check-list: the answer once more, reasons by letter, the next question."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from keykata.exchange.lettered_answers import answer_of, is_announced, reason_of
from keykata.exchange.lettered_lines import unnumbered

LABELS = "123456789ABCDEFGHI"  # what an answer calls an option
_SIGNS = re.compile(r"<!--|-->|</?(?:details|summary|p|b|strong)\b[^<>]{0,99}>")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_RULE = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$")
_BLOCK = ("```", "~~~", "![", "<img", ">")  # what may stand between the words of a question and its options


class Below(NamedTuple):
    """The explanation, the reasons with the place of their option, the places an answer named."""

    lines: list[str]
    reasons: list[tuple[int, str]]
    named: frozenset[int]


def places_of(line: str) -> tuple[list[int], str] | None:
    """The places (from 0) a line names as the answer, and what it says behind them."""
    if "answer" not in line.casefold():
        return None
    answer = answer_of(_SIGNS.sub(" ", line).strip(), announced=False)
    return ([LABELS.index(letter) % 9 for letter in answer.letters], answer.rest) if answer else None


def below(lines: Sequence[str], right: Sequence[bool], *, lettered: bool) -> Below:
    """Sort the lines behind the options.

    Args:
        right: of each option whether its box is marked.
        lettered: they had letters; otherwise letters count only after a line that names the answer.
    """
    options, marked = len(right), {place for place, one in enumerate(right) if one}
    out: list[str] = []
    reasons: list[tuple[int, str]] = []
    named: frozenset[int] = frozenset()
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence else mark[1]
        if fence or mark:
            out.append(line)
            continue
        answer = places_of(line)
        # "Answer: B would cost more." is a sentence, unless B is right
        if answer and not named and max(answer[0]) < options and (set(answer[0]) == marked or not answer[1]):
            named = frozenset(answer[0])
            out += [answer[1]] if answer[1].strip() else []
            continue
        shown = _SIGNS.sub(" ", line) if "<" in line else line
        reason = reason_of(shown.strip(), under=False) if lettered or named else None
        place = LABELS.index(reason[0]) % 9 if reason else options
        if reason and place < options:
            reasons.append((place, reason[1]))
        elif shown.strip() == line.strip() or shown.strip():
            out += [] if is_announced(shown.strip()) else [shown if "<" in line else line]
    return Below(_without_rules(out), reasons, named)


def _without_rules(lines: list[str]) -> list[str]:
    """The lines without a rule between this question and the next."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _RULE.match(lines[end - 1])):
        end -= 1
    return lines[:end]


def next_stem(lines: Sequence[str]) -> int:
    """Where among the lines behind the options of a question the next one begins; their number when nowhere.

    It is what follows a rule, else what begins with a number, else the last paragraph.
    """
    last = next((at for at in range(len(lines) - 1, -1, -1) if _RULE.match(lines[at])), None)
    if last is not None and "".join(lines[last + 1 :]).strip():
        return last + 1
    numbered = next((at for at in range(len(lines) - 1, -1, -1) if _starts(lines, at)), None)
    if numbered is not None:
        return numbered
    return _last_paragraph(lines)


def _starts(lines: Sequence[str], at: int) -> bool:
    first = not at or not lines[at - 1].strip()
    return first and bool(lines[at].strip()) and unnumbered(lines[at]) != lines[at].strip()


def _last_paragraph(lines: Sequence[str]) -> int:
    at = len(lines)
    while at:
        while at and not lines[at - 1].strip():
            at -= 1
        while at and lines[at - 1].strip():
            at -= 1
        if at < len(lines) and not lines[at].lstrip().startswith(_BLOCK):
            break
    told = lines[at] if at < len(lines) else ""
    return len(lines) if places_of(told) or not told.strip() else at


def disagrees(named: Collection[int], right: Collection[int]) -> str:
    """What to tell when the line below names other options than the boxes do; "" when it does not."""
    if not named or set(named) == set(right):
        return ""
    one, other = (", ".join(LABELS[9 + place] for place in sorted(some)) for some in (right, named))
    return f"The boxes mark {one}, and the line below them says {other}; the boxes were taken."
