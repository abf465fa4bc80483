"""The lines of Markdown with lettered options: which begin a question, are an option, name the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from textwrap import dedent
from typing import NamedTuple

_TAG = re.compile(r"</?(?:details|summary|p|div|br|b|strong|span)\b[^<>]{0,200}>", re.I)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_NUMBERED = re.compile(r"( {0,3})(?:\*\*|__)?(\d{1,5})[.)](?:\*\*|__)?[ \t]+(.*)")
_NAMED = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?(?:Question|Q|Frage|Pregunta)"
    r"[ \t]{0,9}\.?[ \t]{0,9}#?(\d{0,5})(?:\*\*|__)?"
    r"(?:[ \t]*[.:)-]+(?:\*\*|__)?(?=\s|$)|(?:\*\*|__)?[ \t]*$)[ \t]*(.*)",
    re.I,
)
_LABELLED = re.compile(r"(?:Question|Q)[ \t]{0,9}#?(\d{1,5})[ \t]*[–—:.-][ \t]*(.*)", re.I)
_OPTION = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?\(?([A-Ha-h])(?:\*\*|__)?[.):](?:\*\*|__)?(?:[ \t]+(.*))?$"
)
_ROW = re.compile(
    r"[ \t]{0,9}\|?[ \t*_]{0,9}(?:Question|Q)?[ \t]{0,9}#?(\d{1,5})[.)]?[ \t*_]{0,9}\|[ \t*_]{0,9}"
    r"([A-Ha-h](?:[ \t,&/]{0,3}(?:and[ \t])?[A-Ha-h]){0,7})[ \t*_]{0,9}(?:\|(.*))?$"
)  # of a table of answers: number, letters, perhaps words
_TICK = re.compile(r"[ \t]{0,9}(?:✅|✔\ufe0f?|☑\ufe0f?|\((?:correct|right)\))[ \t]*$", re.I)
_RULE = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$")
_CALLED = re.compile(r"[*_ \t]*(?:explanation|rationale|reasoning|reason)[*_]{0,2}[ \t]*:[*_ \t]*", re.I)
_ENTRY = re.compile(r"[\w-]+:|[ \t]+\S|[ \t]*$|[ \t]*#")  # a line of front matter
_GLUED = re.compile(r"(.*\S)[ \t]{1,20}-[ \t]{1,20}A[.)][ \t]{1,20}(.+)")
_SPEAKS = re.compile(
    r"[^\w]*(?:options?[ \t]+)?[A-H](?:[ \t]*[,(&]|[ \t]+(?:and|or|will|would|does|can|are|has)\b)"
)
_LINK = re.compile(r"https?://[^\s<>()\"\]]+")
_ONLY_LINKS = re.compile(
    r"[\s\-*_>]{0,40}(?:explanation|references?|links?|sources?|documentation)?[\s*_:]{0,20}"
    r"(?:<?https?://\S++\s*+)++$",
    re.I,
)


class Lettered:
    """An option: its letter, its lines, the lines of its reason."""

    def __init__(self, letter: str, text: str, ticked: bool) -> None:
        self.letter = letter
        self.lines = [text]
        self.ticked = ticked
        self.why: list[str] = []


@dataclass(slots=True)
class Asked:
    """A question being read.

    Attributes:
        key: its number as text, "" without one.
        answers: the letters of the right options.
        after: the lines behind the answer.
        closed: what follows is no option any more.
        named: it says itself that it is a question, so numbers under it begin no other.
    """

    line: int
    key: str
    headed: bool
    stem: list[str]
    options: list[Lettered] = field(default_factory=list)
    answers: str = ""
    after: list[str] = field(default_factory=list)
    closed: bool = False
    named: bool = False

    @property
    def next_letter(self) -> str:
        """The letter the next option must have."""
        return chr(ord("A") + len(self.options))

    def add(self, text: str) -> None:
        """A line that is nothing but text, to what it continues."""
        if self.answers or self.closed:
            self.after.append(text)
        elif self.options:
            self.options[-1].lines.append(text)
        else:
            self.stem.append(text)

    def ends_asking(self) -> bool:
        """Whether what stands behind the answer of a question without a number ends with a question."""
        if self.key or not self.answers:
            return False
        last = "\n".join(self.after).rstrip().rpartition("\n\n")[2]
        return "?" in last

    def first_out_of_stem(self) -> bool:
        """Take the first option off the end of the stem, when it stands on the line of the question."""
        found = _GLUED.match(self.stem[-1]) if self.stem else None
        if found is None:
            return False
        self.stem[-1] = found[1]
        self.options.append(Lettered("A", found[2], ticked=False))
        return True

    def go_on(self, rest: Asked) -> None:
        """Add what began like a question with a number and is none."""
        self.after += [f"{rest.key}. {rest.stem[0]}", *rest.stem[1:], *rest.after]
        self.answers = self.answers or rest.answers

    def names_letters(self) -> bool:
        """Whether what stands behind the answer speaks of options by their letters."""
        return any(map(_SPEAKS.match, self.after))

    def number_options(self) -> None:
        """Options with numbers, where no letters stand and the answer is a number too."""
        if self.options or not self.answers.isdigit():
            return
        found = [(at, match) for at, line in enumerate(self.stem) if (match := _NUMBERED.match(line))]
        if [match[2] for _, match in found] != [str(n) for n in range(1, len(found) + 1)] or len(found) < 2:
            return
        rest = self.stem[: found[0][0]]
        for number, (at, match) in enumerate(found):
            end = found[number + 1][0] if number + 1 < len(found) else len(self.stem)
            option = Lettered(chr(ord("A") + number), match[3], ticked=False)
            option.lines += self.stem[at + 1 : end]
            self.options.append(option)
        self.stem = rest
        self.answers = "".join(chr(ord("A") + int(digit) - 1) for digit in self.answers)

    def said(self, lines: list[str]) -> str:
        """Lines as one text, without signs that only announce it."""
        if not lines:
            return ""
        kept = lines if lines is not self.after else without_links(lines)
        rest = dedent("\n".join(kept[1:]))
        return uncalled(f"{kept[0].strip() if kept else ''}\n{rest}".strip())

    def pages(self) -> tuple[str, ...]:
        """The addresses that stand alone on a line behind the answer."""
        return pages_of(self.after)


class Line(NamedTuple):
    """A line and what it may be.

    Attributes:
        raw: the line without the tags of details.
        text: the same without spaces around it.
        title: what a line that may begin a question says, without its number.
        key: that number, "" without one.
        headed: whether it is a heading, or names itself a question.
        named: whether it names itself a question.
        option: letter, text, and whether a tick marks it.
        entry: whether it is a row of a table of answers.
    """

    number: int
    raw: str
    text: str
    fenced: bool
    rule: bool = False
    starts: bool = False
    title: str = ""
    key: str = ""
    headed: bool = False
    named: bool = False
    option: tuple[str, str, bool] | None = None
    entry: bool = False

    def begins(self, asked: Asked | None) -> bool:
        """Whether a question begins here, while another is being read."""
        if not self.starts or asked is None or self.headed:
            return self.starts
        if self.entry:  # in the words of a question it is a table like any other
            heading = asked.headed and "?" not in " ".join(asked.stem)
            return heading or bool(asked.options or asked.answers)
        if asked.named or (asked.closed and not asked.answers and not self.follows(asked)):
            return False
        waiting = asked.headed and bool(asked.key or "?" in " ".join(asked.stem))
        return not (waiting and not asked.options and not asked.answers)

    def follows(self, asked: Asked) -> bool:
        """Whether its number is the next one."""
        return bool(asked.key) and self.key == str(int(asked.key) + 1)


def plain_lines(lines: list[str]) -> Iterator[Line]:
    """The lines, each with what it may be; code is left alone."""
    fence = ""
    first = _front_matter(lines)
    for number, raw in enumerate(lines[first:], first + 1):
        mark = _FENCE.match(raw)
        if fence or mark:
            yield Line(number, raw, raw.strip(), fenced=True)
            if not fence and mark:
                fence = mark.group(1)
            elif raw.strip().startswith(fence) and not raw.strip().strip(fence[0]):
                fence = ""
            continue
        shown = _TAG.sub(" ", raw) if "<" in raw else raw
        shown = shown.rstrip()
        if shown or not raw.strip():
            yield _line(number, shown)


def _front_matter(lines: list[str]) -> int:
    """How many lines stand between two lines `---` at the very top, these two with them."""
    if not lines or lines[0].strip() != "---":
        return 0
    end = next((at for at, line in enumerate(lines[1:], 1) if not _ENTRY.match(line)), 0)
    return end + 1 if end and lines[end].strip() == "---" else 0


def _line(number: int, shown: str) -> Line:
    heading = _HEADING.match(shown)
    told = heading.group(1).strip() if heading else shown
    text = shown.strip()
    option = None if heading else _option(shown)
    if option:
        return Line(number, shown, text, fenced=False, option=option)
    row = _ROW.match(shown) if "|" in shown else None
    if row:
        said = (row[3] or "").strip().removesuffix("|").strip()
        title = f"{row[2]}: {said}" if said else row[2]
        return Line(number, shown, text, fenced=False, starts=True, title=title, key=row[1], entry=True)
    named = _NAMED.match(told)
    if named:
        return Line(
            number,
            shown,
            text,
            fenced=False,
            starts=True,
            title=bare(named[2]),
            key=named[1],
            headed=True,
            named=True,
        )
    numbered = _NUMBERED.match(told)
    if heading or numbered:
        title = bare(numbered[3]) if numbered else bare(told)
        key = numbered[2] if numbered else ""
        return Line(
            number, shown, text, fenced=False, starts=True, title=title, key=key, headed=bool(heading)
        )
    return Line(number, shown, text, fenced=False, rule=bool(_RULE.match(shown)))


def without_links(lines: Iterable[str]) -> list[str]:
    """The lines that hold more than addresses."""
    return [line for line in lines if not _ONLY_LINKS.match(line)]


def pages_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The addresses that stand alone on a line."""
    alone = [line for line in lines if _ONLY_LINKS.match(line)]
    return tuple(dict.fromkeys(page.rstrip(".,;") for line in alone for page in _LINK.findall(line)))


def uncalled(text: str) -> str:
    """A text without a sign such as `Explanation:` that only announces it."""
    return text[found.end() :].strip() if (found := _CALLED.match(text)) else text


def unnumbered(title: str) -> str:
    """The first line of a question without its number: `Question 3: Which ...`, `**4.** Which ...`."""
    named = _NAMED.match(title) or _LABELLED.match(title)
    if named:
        return bare(named[2])
    numbered = _NUMBERED.match(title)
    return bare(numbered[3] if numbered else title)


def _option(line: str) -> tuple[str, str, bool] | None:
    found = _OPTION.match(line)
    if not found:
        return None
    text = found[2] or ""
    tick = _TICK.search(text)
    return found[1].upper(), text[: tick.start()] if tick else text, bool(tick)


def bare(text: str) -> str:
    """A title without the marks of bold print around all of it."""
    text = text.strip()
    if "\n" in text:
        return text
    for mark in ("**", "__"):
        if (
            text.endswith(mark)
            and text.count(mark) in (1, 2)
            and (text.startswith(mark) or text.count(mark) == 1)
        ):
            text = text.removeprefix(mark).removesuffix(mark)
    return text.strip()
