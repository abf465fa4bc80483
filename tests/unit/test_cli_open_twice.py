"""A session in plain mode that is open in another program on the same home, too."""

from __future__ import annotations

import io
from collections.abc import Callable

from keykata.cli.out import Out
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.session import Session
from keykata.practice.paper import LETTERS, QuestionSlot
from keykata.study.sitting import Sitting
from support.homes import Desk


class Meanwhile(io.StringIO):
    """Lines, before the first of which another program acts."""

    act: Callable[[], object] | None = None

    def readline(self, size: int | None = -1, /) -> str:
        """The next line."""
        act, self.act = self.act, None
        if act is not None:
            act()
        return super().readline(-1 if size is None else size)


def say(desk: Desk, meanwhile: Callable[[Sitting], object]) -> list[str]:
    """Answer a quiz of two rightly, while another program does something at the first; what was said."""
    dojo = desk.open()
    here = dojo.start_quiz(count=2, seed=7)
    there = desk.open().resume(here.id)
    assert isinstance(there, Sitting)
    slots = [slot for slot in here.paper.slots if isinstance(slot, QuestionSlot)]
    heard = Meanwhile("".join("".join(LETTERS[place] for place in slot.right) + "\n" for slot in slots))
    heard.act = lambda: meanwhile(there)
    written = io.StringIO()
    out = Out(written)
    Session(dojo, here, Ear(heard, out), out).run()
    return written.getvalue().splitlines()


def respond(sitting: Sitting) -> None:
    sitting.respond(sitting.standing().slot.right)


def test_what_another_program_answered_is_refused_and_passed_by(desk: Desk) -> None:
    said = say(desk, respond)
    assert "Another program answered this one meanwhile." in said
    assert said.count("Right.") == 1
    assert desk.open().stats_json()["answers"] == 2


def test_what_another_program_ended_ends_with_words(desk: Desk) -> None:
    said = say(desk, lambda there: there.finish())
    assert "Another program ended it meanwhile." in said
    assert "Right." not in said
    assert desk.open().stats_json()["answers"] == 0
