"""The sealed papers of a bank's header: what keeps one from ever being sat, and what shows its questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from keykata.bank.drafts import Draft
from keykata.bank.findings import Sheet
from keykata.bank.model import BankHeader, Exam, Question
from keykata.bank.nodes import Node, spot
from keykata.bank.references import Resolver

NO_EXAM = "Name the bank's `exam:`, or leave `sealed` out: until then nothing is kept back."
NO_QUESTION = (
    "A mock exam asks what has a `task` of its exam and is not disputed. Until then no exam is made of it."
)


class SealedPapers:
    """The sealed papers of one bank, as they stand in its header.

    Args:
        header: with its references as written.
        root: the tree of its file. sheet: where problems of the header are noted.
        resolver: looks the references up.
        drafts: the bank's items, spoiled ones too: what is wrong with those is told at their own place.
    """

    def __init__(
        self,
        header: BankHeader,
        root: Node | None,
        sheet: Sheet,
        resolver: Resolver,
        drafts: Iterable[Draft],
    ) -> None:
        self._header = header
        self._root = root
        self._sheet = sheet
        self._papers = [_full(paper, resolver) for paper in header.sealed]
        self._opening = _full(header.opening, resolver)
        self._drafts = {f"{header.id}:{draft.item.id}": draft for draft in drafts}

    def check(self, exam: Exam | None) -> None:
        """Warn of papers that no mock exam can be made of, and of questions that stand in a second place.

        Args:
            exam: that of the bank, None where it names none or one that is not there.
        """
        if exam is not None:
            for number, paper in enumerate(self._papers):
                whole = len(paper) == len(self._header.sealed[number])  # unknown names are told elsewhere
                self._check_size(number, set(paper.values()), exam, known=whole)
        elif self._papers and not self._header.exam:
            self._warn(
                "sealed-paper", NO_EXAM, "The bank has sealed papers and prepares for no exam.", "sealed"
            )
        self._check_places()

    def _check_size(self, number: int, questions: set[str], exam: Exam, *, known: bool) -> None:
        which, most = f"Sealed paper {number + 1}", exam.scored + exam.unscored
        read = [full for full in questions if self._whole(full)]
        asked = sum(_asked(self._drafts[full].item, exam) for full in read)
        if asked > most:
            what = f"{which} holds {asked} questions of the exam; a whole form takes {most}."
            hint = f"Take {asked - most} out: until then no exam is made of it, and nothing is kept back."
            self._warn("sealed-paper", hint, what, "sealed", number)
        elif not asked and known and len(read) == len(questions):
            what = f"{which} holds no question that a mock exam asks."
            self._warn("sealed-paper", NO_QUESTION, what, "sealed", number)

    def _whole(self, full: str) -> bool:
        """Whether a question is one of this bank and could be read."""
        draft = self._drafts.get(full)
        return draft is not None and not draft.spoiled

    def _check_places(self) -> None:
        seen: dict[str, int] = {}
        for number, paper in enumerate(self._papers):
            for place, full in paper.items():
                if full in seen:
                    name = self._header.sealed[number][place]
                    what = f"`{name}` stands in sealed paper {seen[full] + 1} already."
                    hint = "Name a question once: it is kept back for one exam."
                    self._warn("sealed-twice", hint, what, "sealed", number, place)
                else:
                    seen[full] = number
        for place, full in self._opening.items():
            if full in seen:
                what = (
                    f"`{self._header.opening[place]}` is one of the first questions, and stands in sealed"
                    f" paper {seen[full] + 1} as well."
                )
                hint = "Leave it out of one of the two: it is not shown until that paper is sat."
                self._warn("sealed-twice", hint, what, "opening", place)

    def _warn(self, code: str, hint: str, what: str, *path: str | int) -> None:
        node = spot(self._root, *path)
        if node is not None:
            self._sheet.at(node, code, what, hint, severity="warning")


def _full(names: Sequence[str], resolver: Resolver) -> Mapping[int, str]:
    """The full ids by their place in a list, without those that are not there."""
    found = ((place, resolver.find(name)) for place, name in enumerate(names))
    return {place: full for place, full in found if full is not None}


def _asked(item: object, exam: Exam) -> bool:
    """Whether a mock exam may ask it."""
    return isinstance(item, Question) and item.disputed is None and exam.domain_of(item.task) is not None
