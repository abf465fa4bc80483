"""Reading Markdown check-lists: `### stem`, an empty line, `- [x] right`, `- [ ] wrong`, and relatives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from textwrap import dedent

from keykata.exchange.incoming import text_of
from keykata.exchange.lettered_answers import answer_of
from keykata.exchange.markdown_cards import is_ruled, is_tagged, read_ruled, read_tagged
from keykata.exchange.markdown_lettered import is_lettered, read_lettered
from keykata.exchange.model import (
    Finding,
    FindingSeverity,
    ForeignOption,
    ForeignQuestion,
    Harvest,
)

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_OPTION = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[([ xX*]?)\]|\(([ xX])\))(?:[ \t]+(.*))?$")
_ASKED = re.compile(r"\?:[ \t]*(.*)")
_BARE = re.compile(r"[ \t]*(?:\[([ xX]?)\]|\(([ xX])\))(?:[ \t]+(.*))?$")
_QUOTE = re.compile(r"[ \t]*>[ \t]?(.*)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_BACK = re.compile(r"[^\w\[]*\[[^\[\]]{0,40}back to top[^\[\]]{0,40}\]\(#[^()]*\)\W*$", re.IGNORECASE)
_FRONT = re.compile(r"(question|documentation|title):[ \t]*(.*)")
_BLOCK_MARK = re.compile(r"[|>][+-]?")
_SIGNS = re.compile(r"<!--|-->|</?(?:details|summary|p|b|strong)\b[^<>]{0,99}>")
_LETTER = re.compile(r"\(?([A-I])[.):][ \t]+(.*)")
_LABELS = "123456789ABCDEFGHI"  # what an answer calls an option


@dataclass(slots=True)
class _Option:
    right: bool
    lines: list[str]
    why: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """The question being read."""

    line: int
    headed: bool
    stem: list[str]
    options: list[_Option] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    hints: int = 0
    refs: tuple[str, ...] = ()
    asked: bool = False  # by `?:`, whose options need no bullets


def read(data: bytes) -> Harvest:
    """The questions of a check-list, or the cards of a deck; what is neither is a finding with its line."""
    text, findings = text_of(data)
    lines = text.split("\n")
    if not any(_OPTION.match(line) for line in lines):
        if is_lettered(lines):
            return read_lettered(lines, findings)
        if is_tagged(lines):
            return read_tagged(lines, findings)
        if is_ruled(lines):
            return read_ruled(lines, findings)
    return _Reading(findings).harvest(lines)


class _Reading:
    """One pass over the lines."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.questions: list[ForeignQuestion] = []
        self.open: _Open | None = None
        self.fence = ""

    def harvest(self, lines: list[str]) -> Harvest:
        """All questions, in order."""
        first = self._front_matter(lines)
        for number, line in enumerate(lines[first:], first + 1):
            self._take(line, number)
        self._close()
        return Harvest(questions=tuple(self.questions), findings=tuple(self.findings))

    def _front_matter(self, lines: list[str]) -> int:
        """Read `question:` and `documentation:` between two lines `---`; the number of lines taken."""
        if not lines or lines[0].strip() != "---":
            return 0
        end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
        values: dict[str, list[str]] = {}
        name = ""
        for line in lines[1:end]:
            entry = _FRONT.match(line)
            if entry:
                name = entry.group(1)
                start = entry.group(2).strip()
                values[name] = [] if _BLOCK_MARK.fullmatch(start) else [_unquoted(start)]
            elif name and line.startswith((" ", "\t")):
                values[name].append(line.strip())
            else:
                name = ""
        if "question" in values:
            pages = tuple(page for page in values.get("documentation", ()) if page.startswith("http"))
            self.open = _Open(1, True, values["question"], refs=pages)
        return end + 1 if end else 0

    def _take(self, line: str, number: int) -> None:
        fence = _FENCE.match(line)
        if self.fence or fence:
            self._text(line, number)
            self.fence = _fence_after(self.fence, fence, line)
            return
        heading = _HEADING.match(line) or _ASKED.match(line)
        option = _OPTION.match(line)
        if option is None and self.open is not None and self.open.asked:
            option = _BARE.match(line)
        quote = _QUOTE.match(line)
        if heading:
            self._close()
            asked = heading.re is _ASKED
            self.open = _Open(number, True, [heading.group(1).strip()], asked=asked)
        elif option:
            self._option(option, number)
        elif self._answers(line):
            pass
        elif quote and self.open is not None:
            self._quote(quote.group(1), self.open)
        elif not _BACK.match(line):
            self._text(line, number)

    def _option(self, option: re.Match[str], number: int) -> None:
        if self.open is None or not "".join(self.open.stem).strip():
            self._find("error", number, "An option stands under no question; it was left out.")
            return
        mark = option.group(1) or option.group(2)
        self.open.options.append(_Option(mark in ("x", "X", "*"), [option.group(3) or ""]))

    def _answers(self, line: str) -> bool:
        """Mark what a line below unmarked boxes names, as `Answer: B`, also in a comment; whether it did."""
        question = self.open
        if (
            "answer" not in line.casefold()
            or question is None
            or not question.options
            or any(one.right for one in question.options)
        ):
            return False
        answer = answer_of(_SIGNS.sub(" ", line).strip(), announced=False)
        places = [_LABELS.index(letter) % 9 for letter in answer.letters] if answer else []
        if answer is None or max(places) >= len(question.options):
            return False
        for place in places:
            question.options[place].right = True
        question.after += [answer.rest] if answer.rest.strip() else []
        return True

    def _quote(self, text: str, question: _Open) -> None:
        if question.options:
            question.options[-1].why.append(text)
        else:
            question.hints += 1

    def _text(self, line: str, number: int) -> None:
        question = self.open
        if question is None:
            if line.strip():
                self.open = _Open(number, False, [line])
        elif not question.options:
            question.stem.append(line)
        elif self.fence or not line.strip() or line.startswith(("  ", "\t")):
            (question.after or question.options[-1].lines).append(line)
        elif question.headed:
            question.after.append(line)
        else:
            self._close()
            self.open = _Open(number, False, [line])

    def _close(self) -> None:
        question, self.open = self.open, None
        if question is None:
            return
        if not question.options:
            title = "".join(question.stem[:1]).strip()[:60]
            self._find("note", question.line, f'No options stand under "{title}"; it was left out.')
            return
        if question.hints:
            self._find("warning", question.line, "The hint before the options was left out.")
        _unlettered(question.options)
        kept = [option for option in question.options if "".join(option.lines).strip()]
        if len(kept) < len(question.options):
            self._find("warning", question.line, "An option without text was left out.")
        if not any(option.right for option in kept):
            self._find("error", question.line, "No option is marked right; the question was left out.")
            return
        self.questions.append(
            ForeignQuestion(
                text=_joined(question.stem),
                options=tuple(
                    ForeignOption(text=_joined(part.lines), right=part.right, why=_joined(part.why))
                    for part in kept
                ),
                explanation=_joined(question.after),
                refs=question.refs,
                line=question.line,
            )
        )

    def _find(self, severity: FindingSeverity, line: int, message: str) -> None:
        self.findings.append(Finding(severity=severity, message=message, line=line))


def _unlettered(options: list[_Option]) -> None:
    """Take letters off options that have them in order: the program gives its own."""
    found = [_LETTER.match(option.lines[0]) for option in options]
    if len(found) > 1 and [one[1] if one else "" for one in found] == list(_LABELS[9 : 9 + len(found)]):
        for option, one in zip(options, found, strict=True):
            option.lines[0] = one[2] if one else ""


def _fence_after(open_mark: str, fence: re.Match[str] | None, line: str) -> str:
    """The mark of the fence that is open behind a line."""
    if not open_mark:
        return fence.group(1) if fence else ""
    closing = line.strip()
    return "" if closing.startswith(open_mark) and not closing.strip(open_mark[0]) else open_mark


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].replace('\\"', '"').replace("''", "'")
    return text


def _joined(lines: list[str]) -> str:
    """Lines as one text; what continues under a first line loses its indentation."""
    if not lines:
        return ""
    rest = dedent("\n".join(lines[1:]))
    return f"{lines[0].strip()}\n{rest}".strip()
