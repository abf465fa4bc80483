"""What the app can be opened at, and opening it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from keykata.practice.form import Filter

if TYPE_CHECKING:
    from keykata.tui.app import KeyKataApp

QUIZ = 10  # questions


class PaperWish(msgspec.Struct, frozen=True, kw_only=True):
    """The mock exam that was asked for: by the next paper, a seed, or an attempt whose paper it repeats."""

    extra: bool = False
    strict: bool = False
    seed: int | None = None
    repeat: str | None = None

    @property
    def named(self) -> bool:
        """Whether it is a paper of its own, and not the next one."""
        return self.seed is not None or self.repeat is not None


class Start(msgspec.Struct, frozen=True):
    """What to open straight away.

    Attributes:
        what: today, review, a quiz by `wanted`, `count` and `seed`, a page (`page`: full item id), an open
            attempt to go on with (`attempt`), the page before a mock exam (`paper`), the preview of a `file`.
    """

    what: Literal["today", "review", "quiz", "page", "resume", "exam", "preview"]
    wanted: Filter = Filter()
    count: int | None = None
    seed: int | None = None
    page: str = ""
    attempt: str = ""
    paper: PaperWish = PaperWish()
    file: str = ""


def open_start(app: KeyKataApp, start: Start) -> None:
    """Open it over Home."""
    dojo = app.dojo
    match start.what:
        case "today":
            app.sit(lambda: dojo.start_today(seed=start.seed))
        case "review":
            app.sit(lambda: dojo.start_review(count=start.count, seed=start.seed))
        case "quiz":
            app.sit(lambda: dojo.start_quiz(start.wanted, count=start.count or QUIZ, seed=start.seed))
        case "page":
            app.open_page(start.page)
        case "resume":
            app.sit(lambda: dojo.resume(start.attempt))
        case "exam":
            from keykata.tui.ways import open_mock

            open_mock(app, start.paper)
        case "preview":
            from keykata.tui.preview.screen import PreviewScreen

            app.push_screen(PreviewScreen(Path(start.file)))
