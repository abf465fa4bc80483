"""What a screen shows, as lines of text, and a bank whose texts are as long and as hostile as they may be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import App
from textual.content import Content
from textual.widget import Widget

from keykata.study.dojo import Dojo
from keykata.tui.app import KeyKataApp
from keykata.tui.screens.exam import ExamScreen
from keykata.tui.screens.frame import Frame
from keykata.tui.starts import Start
from keykata.tui.widgets.body import Body
from keykata.tui.widgets.foot import Foot
from keykata.tui.widgets.head import Head
from support.homes import Desk

SMALL, LARGE, TINY = (80, 24), (120, 40), (40, 12)
WHOLE = 65  # questions of an exam
HOSTILE = 'Allow ["s3:GetObject"] and [/foo] for <account-id> and __init__'
LONG_STEM = " ".join(f"word{number:03d} of a long story about keys" for number in range(40))[:1200]
LONG_OPTIONS = tuple(f"Option number {n} " + " ".join(f"part{n}{m:02d}" for m in range(40)) for n in range(6))


def app_of(dojo: Dojo, start: Start | None = None) -> KeyKataApp:
    """The app on a dojo."""
    return KeyKataApp(lambda: dojo, start)


def begun_test(desk: Desk, *, count: int = WHOLE, minutes: int = 130) -> tuple[KeyKataApp, Dojo]:
    """The app on a test that was begun, and its dojo."""
    dojo = desk.open()
    sitting = dojo.start_test(count=count, minutes=minutes, seed=3)
    return app_of(dojo, Start("resume", attempt=sitting.id)), dojo


def exam_of(app: KeyKataApp) -> ExamScreen:
    """The test that is open."""
    return next(screen for screen in app.screen_stack if isinstance(screen, ExamScreen))


def frame(app: KeyKataApp) -> Frame:
    """The screen in front."""
    assert isinstance(app.screen, Frame)
    return app.screen


def _drawn(widget: Widget) -> list[Content]:
    shown = widget.render()
    assert isinstance(shown, Content)
    return shown.split("\n", allow_blank=True)


def text(app: KeyKataApp) -> str:
    """Header, body and footer of the screen in front."""
    screen = app.screen
    widgets = [*screen.query(Head), *screen.query(Body), *screen.query(Foot)]
    return "\n".join(line.plain for widget in widgets if widget.display for line in _drawn(widget))


def painted(app: App[Any]) -> str:
    """The whole screen as it is painted, whatever widgets it is made of."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


def place_of(app: KeyKataApp, start: str) -> tuple[int, int]:
    """Where on the screen a line of the body begins with these words: column, row."""
    body = app.screen.query_one("#body", Body)
    lines = [line.plain for line in _drawn(body)]
    row = next(y for y, line in enumerate(lines) if line.startswith(start))
    return body.region.x, body.region.y + row


def side_of(app: KeyKataApp) -> list[str]:
    """The lines of the side column."""
    return [line.plain for line in _drawn(app.screen.query_one("#side", Body))]


def message(app: KeyKataApp) -> str:
    """The message line."""
    return app.screen.query_one(Foot).message


def too_wide(app: KeyKataApp) -> list[str]:
    """Lines that would be cut at the right edge."""
    widgets = [w for kind in (Head, Body, Foot) for w in app.screen.query(kind) if w.display]
    return [line.plain for w in widgets for line in _drawn(w) if line.cell_length > w.size.width]


def long_bank(folder: Path) -> Path:
    """A bank with one question of the longest texts, and one full of markup."""
    bank = folder / "long"
    (bank / "questions").mkdir(parents=True)
    (bank / "bank.yaml").write_text("id: long\nname: Long texts\nblueprint: false\n")
    options = "\n".join(
        f"      - {'right' if number >= 4 else 'wrong'}: {option}\n        why: Because of {number}."
        for number, option in enumerate(LONG_OPTIONS)
    )
    (bank / "questions" / "long.yaml").write_text(
        "questions:\n"
        f"  long-one:\n    stem: {LONG_STEM}\n    ask: Which two are right?\n    fixed: true\n"
        f"    options:\n{options}\n"
        "  hostile-one:\n    stem: |\n      A story with [bold]marks[/bold].\n    ask: Which is right?\n"
        f"    fixed: true\n    options:\n      - right: |\n          {HOSTILE}\n        why: So.\n"
        + "".join(f"      - wrong: {word}\n        why: No.\n" for word in ("Deny", "Neither", "Both"))
    )
    return bank
