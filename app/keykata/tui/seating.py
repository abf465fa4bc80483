"""Which screen a sitting gets, and where it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keykata.study.sitting import Sitting

if TYPE_CHECKING:
    from keykata.study.exam_sitting import ExamSitting
    from keykata.tui.app import KeyKataApp
    from keykata.tui.screens.frame import Frame


def seat(app: KeyKataApp, sitting: Sitting | ExamSitting, *, instead: bool) -> None:
    """Open a sitting; `instead` leaves the present screen behind."""
    screen = _session(sitting) if isinstance(sitting, Sitting) else _exam(sitting)
    if instead and len(app.screen_stack) > 1:  # Home stays: the screen that asked was left meanwhile
        app.switch_screen(screen)
    else:
        app.push_screen(screen)


def _session(sitting: Sitting) -> Frame:
    """A session; one that another program ended since it was offered opens as its report."""
    from keykata.tui.screens.sitting import ELSEWHERE, SittingScreen

    if sitting.finished:
        from keykata.tui.screens.report import ReportScreen

        return ReportScreen(sitting.report(), said=ELSEWHERE)
    return SittingScreen(sitting)


def _exam(sitting: ExamSitting) -> Frame:
    """A test; one that ended while it was away opens as its report."""
    from keykata.tui.screens.exam import AT_ZERO, ELSEWHERE, ExamScreen
    from keykata.tui.screens.exam_report import ExamReportScreen

    if sitting.finished:
        return ExamReportScreen(sitting.report(), said=ELSEWHERE if sitting.ended_elsewhere else AT_ZERO)
    return ExamScreen(sitting)
