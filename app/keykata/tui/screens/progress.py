"""Progress: how it goes, and what each key there does."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TypeVar

from textual import work

from keykata.study.fitting import FitResult
from keykata.study.progress_words import fit_result_words
from keykata.study.wording import share_of
from keykata.tui.actions import bindings_of
from keykata.tui.screens.progress_view import COST_DAYS, ProgressView
from keykata.tui.ways import practise_hint

T = TypeVar("T")
LOOKING = "look"
FITTING = "fit"
RESETTING = "reset"
STOPS = "esc stops it."


class ProgressScreen(ProgressView):
    """The page, filled by a worker that has a connection of its own and ends with the page."""

    BINDINGS = bindings_of("progress")

    def on_mount(self) -> None:
        """What is known at once; the rest in the background."""
        self._read()

    def on_screen_resume(self) -> None:
        """Practice changes it."""
        if self.is_mounted and self._now is not None:
            self._read()
            self.show()

    def _read(self) -> None:
        self._now = self.guarded(self.dojo.progress) or self._now
        self._ready = self.dojo.readiness()
        self._look()

    @work(group=LOOKING, exclusive=True)
    async def _look(self) -> None:
        past = await self.apart(lambda stop: self.dojo.look_at_all(stop.is_set))
        if past is None:
            return
        self._past = past
        self.show()
        points = await self.apart(lambda stop: self.dojo.look_at_readiness(stop.is_set))
        if points:
            self._points = points
            self.show()

    # --- actions -----------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """Practise what is weak, or read what is forgotten again and again."""
        kind, _, item = target.partition(" ")
        if kind == "leech":
            self.keykata.open_page(item)
        elif self.dojo.kind_of(item) == "comparison":
            self.keykata.sit(partial(self.dojo.start_comparison, item))
        else:
            self.keykata.sit(partial(self.dojo.start_term, item))

    def action_enter(self) -> None:
        """What is under the cursor, else the weakest."""
        if self.cursor:
            self.activate(self.cursor)
        else:
            self.action_weakest()

    def action_weakest(self) -> None:
        """Practise what is lost most."""
        if self._past is None or not self._past.weakest:
            hint = practise_hint(self.dojo, " esc, then p practises.")
            self.say(f"Nothing stands out as weak yet.{hint}")
        else:
            self.activate(f"weak {self._past.weakest[0].item}")

    def action_retention(self) -> None:
        """Ask for the desired retention."""
        from keykata.tui.screens.line import LineModal

        if self._now is None:
            return
        self.app.push_screen(
            LineModal(
                "How much to remember when it comes back, 0.70 to 0.97:",
                lambda text: self.dojo.set_retention(share_of(text)),
                value=f"{self._now.retention:.2f}",
            )
        )

    def action_cost_days(self) -> None:
        """Simulate another stretch."""
        place = COST_DAYS.index(self._cost_days) + 1
        self._cost_days = COST_DAYS[place % len(COST_DAYS)]
        self.show()
        self.say(f"Costs are told over {self._cost_days} days.")

    def action_fit(self) -> None:
        """Fit the memory model in the background."""
        if self._doing:
            self.say(self._doing)
        elif self._now is not None and not self._now.writable:
            self.say("Nothing can be saved here, so nothing is fitted.")
        else:
            self._tell("Fitting")
            self._fit()

    @work(group=FITTING, exclusive=True)
    async def _fit(self) -> None:
        loop = asyncio.get_running_loop()

        def tell(words: str) -> None:
            loop.call_soon_threadsafe(self._tell, words)

        try:
            found = await self.apart(lambda stop: self.dojo.fit(stop.is_set, tell))
        finally:
            self._doing = ""
        if isinstance(found, FitResult):
            self._read()
            self.show()
            self.say(fit_result_words(found.before, found.after, found.held_out, kept=found.better))
        else:
            self.show_prompt()

    def action_reset_fit(self) -> None:
        """Back to the published weights, in the background: every card is reckoned anew."""
        if self._doing:
            self.say(self._doing)
        elif self._now is not None and not self._now.writable:
            self.say("Nothing can be saved here, so the weights stay.")
        else:
            self._doing = "Going back to the published weights."
            self.show_prompt()
            self._reset_fit()

    @work(group=RESETTING, exclusive=True)
    async def _reset_fit(self) -> None:
        try:
            changed = await self.apart(lambda _: self.dojo.reset_fit())
        finally:
            self._doing = ""
        if changed is None:
            self.show_prompt()
            return
        self._read()
        self.show()
        self.say("The published weights hold." if changed else "The published weights hold already.")

    def _tell(self, words: str) -> None:
        self._doing = f"{words}. {STOPS}"
        self.show_prompt()

    def show_prompt(self) -> None:
        """What runs, on the line over the footer; whatever is said there goes."""
        if self.is_mounted:
            self.show()

    def action_back(self) -> None:
        """Stop the fit, or go back."""
        if self._doing.endswith(STOPS):
            self.workers.cancel_group(self, FITTING)
            self._doing = ""
            self.show()
            self.say("Stopped. Nothing was changed.")
        else:
            self.dismiss()
