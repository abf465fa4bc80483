"""Small papers and events for tests of the practice room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keykata.core.event import Event
from keykata.practice.paper import (
    Feedback,
    Gap,
    Mode,
    Paper,
    PaperDomain,
    QuestionSlot,
    RecallSlot,
    ShownOption,
    Slot,
)


def question(name: str, *, right: Iterable[int] = (1,), options: int = 4, domain: str = "1") -> QuestionSlot:
    """A question whose right options stand at the given places."""
    wanted = set(right)
    return QuestionSlot(
        card=f"kms:{name}",
        item=f"kms:{name}",
        title="Customer managed key",
        stem="A company has a need.",
        ask="Which solution meets it?",
        options=tuple(ShownOption(text=f"Option {place}", right=place in wanted) for place in range(options)),
        domain=domain,
    )


def fact(name: str) -> RecallSlot:
    """A concept to recall."""
    return RecallSlot(
        card=f"kms:{name}/waiting/c1",
        item=f"kms:{name}",
        recall="concept",
        title="Key deletion",
        gaps=(Gap(text="It waits "), Gap(text="7 to 30", hidden=True), Gap(text=" days.")),
    )


def paper(*slots: Slot, mode: Mode = "quiz", feedback: Feedback = "each") -> Paper:
    """A paper of these slots with one domain."""
    domains = (PaperDomain(id="1", name="Secure", weight=30),)
    return Paper(mode=mode, title="Practice", feedback=feedback, slots=slots, domains=domains)


class Script:
    """Writes the events of an attempt, one second apart."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, kind: str, **body: object) -> Event:
        """Append an event with this body."""
        number = len(self.events) + 1
        event = Event(
            id=f"E{number:04d}",
            at=1_700_000_000_000 + number * 1000,
            day="2023-11-14",
            device="d",
            seq=number,
            kind=kind,
            attempt="A",
            item=None,
            card=None,
            body={"v": 1, **body},
        )
        self.events.append(event)
        return event

    def answer(
        self, position: int, chosen: Sequence[int], *, correct: bool | None, rating: int = 3, **more: object
    ) -> Event:
        """Append an answer."""
        return self.add(
            "answer",
            position=position,
            slot=position - 1,
            chosen=list(chosen),
            correct=correct,
            rating=rating,
            **more,
        )
