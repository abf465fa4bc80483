"""Reading Markdown check-lists: `### stem`, an empty line, `- [x] right`, `- [ ] wrong`, and relatives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from textwrap import dedent

from keykata.exchange.incoming import text_of
from keykata.exchange.lettered_lines import bare, pages_of, uncalled, unnumbered, without_links
from keykata.exchange.markdown_below import LABELS, below, disagrees, next_stem, places_of
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
_COMMENT = re.compile(r"[ \t]*<!--(?:(?!-->).)*-->[ \t]*$")
_LETTER = re.compile(r"\(?([A-I])[.):][ \t]+(.*)")


@dataclass(slots=True)
class _Option:
    right: bool
    lines: list[str]
    why: list[str] = field(default_factory=list)
    apart: bool = False  # an empty line stands between it and its reason


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
    parted: bool = False  # an empty line stands between the options and what is below them


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
        elif not _BACK.match(line) and not _COMMENT.match(line):
            self._text(line, number)

    def _option(self, option: re.Match[str], number: int) -> None:
        if self.open is None or not "".join(self.open.stem).strip():
            self._find("error", number, "An option stands under no question; it was left out.")
            return
        self._begin_next(self.open, number)
        mark = option.group(1) or option.group(2)
        self.open.options.append(_Option(mark in ("x", "X", "*"), [option.group(3) or ""]))

    def _begin_next(self, question: _Open, number: int) -> None:
        """Options again behind words that stand apart: the last of these are another question's."""
        at = next_stem(question.after) if question.parted else len(question.after)
        if at < len(question.after):
            stem = question.after[at:]
            del question.after[at:]
            self._close()
            while not stem[0].strip():
                del stem[0]
            self.open = _Open(number - len(stem), True, stem)

    def _answers(self, line: str) -> bool:
        """Mark what a line below unmarked boxes names, as `Answer: B`, also in a comment; whether it did."""
        question = self.open
        if question is None or not question.options or any(one.right for one in question.options):
            return False
        answer = places_of(line)
        if answer is None or max(answer[0]) >= len(question.options):
            return False
        for place in answer[0]:
            question.options[place].right = True
        question.after += [answer[1]] if answer[1].strip() else []
        return True

    def _quote(self, text: str, question: _Open) -> None:
        if question.options:
            last = question.options[-1]
            last.apart = last.apart or not (last.why or last.lines[-1].strip())
            last.why.append(text)
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
            question.parted = question.parted or not question.options[-1].lines[-1].strip()
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
        last = question.options[-1]
        if last.apart and not last.right and not any(one.why for one in question.options[:-1]):
            question.after, last.why = [*last.why, "", *question.after], []  # a quote about all of them
        right = [one.right for one in question.options]
        found = below(question.after, right, lettered=_unlettered(question.options))
        for place, reason in found.reasons:
            question.options[place].why.append(reason)
        told = disagrees(found.named, [at for at, one in enumerate(right) if one])
        if told:
            self._find("warning", question.line, told)
        kept = [option for option in question.options if "".join(option.lines).strip()]
        if len(kept) < len(question.options):
            self._find("warning", question.line, "An option without text was left out.")
        if not any(option.right for option in kept):
            self._find("error", question.line, "No option is marked right; the question was left out.")
            return
        self.questions.append(
            ForeignQuestion(
                text=_joined(_asking(question.stem)),
                options=tuple(
                    ForeignOption(text=_joined(part.lines), right=part.right, why=_joined(part.why))
                    for part in kept
                ),
                explanation=uncalled(_joined(without_links(found.lines))),
                refs=tuple(dict.fromkeys((*question.refs, *pages_of(found.lines)))),
                line=question.line,
            )
        )

    def _find(self, severity: FindingSeverity, line: int, message: str) -> None:
        self.findings.append(Finding(severity=severity, message=message, line=line))


def _asking(stem: list[str]) -> list[str]:
    """The lines of a question without its number, and without bold print around all of it."""
    first, rest = unnumbered(stem[0]), stem[1:]
    if not first:  # a heading that only counts: the question begins below it
        at = next((at for at, line in enumerate(rest) if line.strip()), len(rest))
        return _asking(rest[at:]) if at < len(rest) else stem
    told = first != bare(stem[0]) or not "".join(rest).strip()
    return [first, *rest] if told else stem


def _unlettered(options: list[_Option]) -> bool:
    """Take letters off options that have them in order: the program gives its own. Whether they had."""
    found = [_LETTER.match(option.lines[0]) for option in options]
    had = [one[1] if one else "" for one in found]
    if len(found) < 2 or had != list(LABELS[9 : 9 + len(found)]):
        return False
    for option, one in zip(options, found, strict=True):
        option.lines[0] = one[2] if one else ""
    return True


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
