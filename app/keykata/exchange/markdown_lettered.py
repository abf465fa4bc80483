"""Reading Markdown whose options have letters: `A. text`, and `Answer: B` below, or a key at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable

from keykata.exchange.lettered_answers import AnswerLine, answer_of, is_announced, reason_of
from keykata.exchange.lettered_lines import Asked, Lettered, Line, bare, plain_lines, unnumbered
from keykata.exchange.model import Finding, FindingSeverity, ForeignOption, ForeignQuestion, Harvest


def is_lettered(lines: list[str]) -> bool:
    """Whether options have letters here: an A, a B, and somewhere a line that names the answer."""
    letters: set[str] = set()
    told = announced = False
    for line in plain_lines(lines):
        if line.option:
            letters.add(line.option[0])
        told = told or line.entry or answer_of(line.text, announced=announced) is not None
        announced = is_announced(line.text) or (announced and not line.text)
    return told and {"A", "B"} <= letters


def read_lettered(lines: list[str], findings: list[Finding]) -> Harvest:
    """The questions with lettered options; what is none is a finding with its line."""
    return _Reading(findings).harvest(plain_lines(lines))


def _in_words(said: str, options: Iterable[Lettered]) -> str:
    """The letter of the option that says these words, "" if none does: "A bucket" need not be option A."""
    words = _folded(said)
    return next((one.letter for one in options if words == _folded(" ".join(one.lines))), "")


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


class _Reading:
    """One pass over the lines."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.asked: list[Asked] = []
        self.open: Asked | None = None
        self.announced = False

    def harvest(self, lines: Iterable[Line]) -> Harvest:
        """All questions, in order."""
        for line in lines:
            self._take(line)
        self._close()
        questions = [self._question(one) for one in self.asked]
        found = tuple(sorted(self.findings, key=lambda finding: finding.line))
        return Harvest(questions=tuple(one for one in questions if one), findings=found)

    def _take(self, line: Line) -> None:
        asked = self.open
        if not line.fenced and line.begins(asked):
            self._close()
            stem = [unnumbered(line.title)] if line.title and not line.entry else []
            self.open = Asked(line.number, line.key, line.headed, stem, named=line.named)
            answer = answer_of(line.title, announced=False, alone=not line.headed)  # or `| 12 | B |`
            if answer:  # an entry of a key: `12. B`
                self.open.stem = []
                self._answer(self.open, answer)
            return
        if asked is None:
            asked = self.open = Asked(line.number, "", headed=False, stem=[])
        if not line.fenced and self._marked(line, asked):
            return
        asked.add(line.raw)

    def _marked(self, line: Line, asked: Asked) -> bool:
        """Take a line that is an option, an answer or a sign of one; whether it was."""
        answer = answer_of(line.text, announced=self.announced)
        if answer and (asked.options or self.announced or not asked.stem or asked.headed):
            self.announced = False
            self._answer(asked, answer)
            return True
        self.announced = is_announced(line.text) or (self.announced and not line.text)
        if self.announced and line.text:
            asked.closed = True
            return True
        if line.rule:
            asked.closed = asked.closed or bool(asked.options)
            return True
        if line.option and line.option[0] == asked.next_letter and not asked.answers and not asked.closed:
            asked.options.append(Lettered(*line.option))
            return True
        if line.option and line.option[0] == "A" and asked.ends_asking():
            self._split(asked, line)
            return True
        if line.option and line.option[0] == "B" and not asked.options and asked.first_out_of_stem():
            asked.options.append(Lettered(*line.option))
            return True
        return self._reason(line, asked)

    def _reason(self, line: Line, asked: Asked) -> bool:
        """Give an option its reason: right under it, or by its letter after the answer."""
        reason = reason_of(line.text, under=bool(asked.options) and not asked.closed and not asked.answers)
        if reason is None:
            return False
        letter, text = reason
        wanted = letter or asked.options[-1].letter
        option = next((one for one in asked.options if one.letter == wanted), None)
        if option is None or (letter and not asked.answers):
            return False
        option.why.append(text)
        return True

    def _answer(self, asked: Asked, answer: AnswerLine) -> None:
        if asked.answers:
            asked.after.append(answer.rest)
            return
        named = _in_words(answer.said, asked.options)
        asked.answers = named or answer.letters
        rest = "" if named else answer.rest.strip()
        if rest and rest not in {" ".join(one.lines).strip() for one in asked.options}:
            asked.after.append(rest)

    def _split(self, asked: Asked, line: Line) -> None:
        """A second run of options: the last paragraph behind the answer is the stem of the next question."""
        at = len(asked.after)
        while at and not asked.after[at - 1].strip():
            at -= 1
        end = at
        while at and asked.after[at - 1].strip():
            at -= 1
        stem = asked.after[at:end]
        del asked.after[at:]
        self._close()
        self.open = Asked(line.number - (1 if stem else 0), "", headed=False, stem=stem)
        self.open.options = [Lettered(*(line.option or ("A", "", False)))]

    def _close(self) -> None:
        asked, self.open = self.open, None
        self.announced = False
        if asked is None:
            return
        asked.number_options()
        if asked.options:
            self.asked.append(asked)
        elif asked.key and not asked.headed and asked.stem and self.asked:
            self.asked[-1].go_on(asked)  # a list of numbers in an explanation
        elif asked.answers:
            self._give(asked)
        elif title := " ".join(asked.stem).strip()[:60]:
            self._find("note", asked.line, f'No options stand under "{title}"; it was left out.')

    def _give(self, entry: Asked) -> None:
        """Give an entry of a key to its question: the last of that number that has no answer yet."""
        wanted = next((one for one in reversed(self.asked) if one.key == entry.key and not one.answers), None)
        if wanted is None or not entry.key:
            what = "An answer stands under no question; it was left out."
            self._find("warning", entry.line, what)
            return
        wanted.answers = entry.answers
        for text in entry.after:
            reason = reason_of(text, under=False)
            option = next((one for one in wanted.options if reason and one.letter == reason[0]), None)
            if option and reason:
                option.why.append(reason[1])
            else:
                wanted.after.append(text)

    def _question(self, asked: Asked) -> ForeignQuestion | None:
        stem = bare(asked.said(asked.stem))
        letters = {one.letter for one in asked.options}
        right = set(asked.answers) or {one.letter for one in asked.options if one.ticked}
        if not stem:
            self._find("error", asked.line, "The options stand under no question; they were left out.")
            return None
        if not right:
            what = "No answer is named below the options; the question was left out."
            self._find("error", asked.line, what)
            return None
        if not right <= letters:
            what = (
                f"The answer is {', '.join(sorted(right))}, but the options are {', '.join(sorted(letters))}"
            )
            self._find("error", asked.line, f"{what}; the question was left out.")
            return None
        return ForeignQuestion(
            text=stem,
            options=tuple(
                ForeignOption(text=asked.said(one.lines), right=one.letter in right, why=asked.said(one.why))
                for one in asked.options
            ),
            explanation=asked.said(asked.after),
            refs=asked.pages(),
            fixed=asked.names_letters(),
            line=asked.line,
        )

    def _find(self, severity: FindingSeverity, line: int, message: str) -> None:
        self.findings.append(Finding(severity=severity, message=message, line=line))
