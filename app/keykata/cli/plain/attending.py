"""Sitting down to whatever was begun: answers after each, or at the end."""

from __future__ import annotations

from keykata.cli.clock import stopped_by_shell
from keykata.cli.out import Out
from keykata.cli.plain.ear import Ear
from keykata.cli.plain.examination import Examination
from keykata.cli.plain.session import Session
from keykata.study.dojo import Dojo
from keykata.study.exam_sitting import ExamSitting
from keykata.study.sitting import Sitting


def attend(dojo: Dojo, sitting: Sitting | ExamSitting, ear: Ear, out: Out) -> bool:
    """Run a sitting by the rules it was begun with; whether it came to its end.

    Raises:
        UnwritableError: an answer could not be saved; nothing of it was kept.
    """
    with stopped_by_shell():
        if isinstance(sitting, ExamSitting):
            return Examination(dojo, sitting, ear, out).run()
        return Session(dojo, sitting, ear, out).run()
