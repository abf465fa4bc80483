"""What Home shows: what to do next, and where I stand."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace
from textual.content import Content

from keykata.core.rounding import percent, round_half_up
from keykata.study.home_views import ExamOffer, FirstTries, OpenSitting, TodayPlan
from keykata.study.phrases import (
    about_minutes,
    date_phrase,
    days_phrase,
    exam_phrase,
    new_phrase,
    open_phrase,
    plural,
)
from keykata.tui.action import Action
from keykata.tui.screens.home_known import HomeKnown
from keykata.tui.signs import HEAVY, HERE, THIN
from keykata.tui.widgets.sheet import ACCENT, DIM, Sheet

ENOUGH_TRIES = 8
BAR = 14
SHOWN_OPEN = 2
SHOWN_COMING = 5

HOW_IT_WORKS = (
    "You answer. You see why each option is right or wrong. What you missed comes back just before you "
    "would forget it.{sealed} Everything stays on this computer."
)
NUMBERS = {1: "One", 2: "Two", 3: "Three"}


class Offer(msgspec.Struct, frozen=True):
    """A line of the first list: what it begins, its words, and how much there is of it."""

    target: str
    words: str
    right: str


class HomeView(HomeKnown):
    """What Home shows of what is known."""

    def area(self) -> str:
        """The registry's area."""
        return "home"

    def where(self) -> tuple[str, str]:
        """The name, and the exam."""
        home = self.home
        code = f"AWS {home.exam_code}" if home.exam_code and home.exam_date is None else home.exam_code
        return "KeyKata", exam_phrase(code, home.exam_date, home.exam_in_days)

    def entries(self) -> tuple[str, ...]:
        """The footer; on the first start the numbers of its list before what can wait."""
        if self.first_list:
            return ("start", "numbered", "exam-date", "search", "quit")
        return ("start", "exam-date", "minutes", "search", "quit")

    def footer(self) -> tuple[Action, ...]:
        """The numbers are those of the lines there are."""
        last = len(self.offers()) if self.first_list else 0
        shown = "1" if last == 1 else f"1-{last}"
        return tuple(
            replace(entry, shown=shown) if entry.name == "numbered" and last else entry
            for entry in super().footer()
        )

    def targets(self) -> tuple[str, ...]:
        """The list, and what Home wants looked at."""
        home = self.home
        problems = ("problems",) if any(notice.kind == "problem" for notice in home.notices) else ()
        if self.first_list:
            return tuple(offer.target for offer in self.offers()) + problems
        going = (f"open {sitting.id}" for sitting in self._open_shown())
        more = ("past",) if self._open_more() else ()
        return ("today", *going, *more, *problems)

    # --- the page ----------------------------------------------------------------------------------------

    def lay(self, sheet: Sheet) -> None:
        """First start, or mid-study."""
        if self.first_list:
            self._lay_first(sheet)
        else:
            self._lay_study(sheet)

    def offers(self) -> tuple[Offer, ...]:
        """The first list."""
        home = self.home
        offers = []
        if home.opening:
            count = "Ten" if home.opening == 10 else str(home.opening)
            offers.append(
                Offer("opening", f"{count} questions, to see where you stand", f"{home.opening_minutes} min")
            )
        if home.flagship:
            offers.append(Offer("lesson", f"{home.flagship_name}: one page, then five questions", "10 min"))
        if self.offer is not None:
            words = mock_words(self.offer)
            offers.append(Offer("mock", words[:1].upper() + words[1:], f"{self.offer.minutes} min"))
        stock = f"{plural(home.stock.terms, 'term')}, {plural(home.stock.questions, 'question')}"
        return (*offers, Offer("library", "Browse the library", stock))

    def _lay_first(self, sheet: Sheet) -> None:
        sheet.text("Start with one of these. Each ends by itself; you can leave at any time.")
        sheet.blank()
        for number, offer in enumerate(self.offers(), 1):
            if offer.target == "library" and number > 1:
                sheet.blank(soft="if-fits")
            self._choice(sheet, offer.target, offer.words, offer.right, number=f"{number}  ")
        self._notices(sheet)
        sheet.blank()
        sheet.blank(soft="if-fits")
        self._settings(sheet)
        sheet.blank()
        sheet.blank(soft="if-fits")
        sheet.heading("How it works")
        sheet.text(HOW_IT_WORKS.format(sealed=_sealed_words(self.offer)))
        sheet.blank()
        sheet.text(
            Content.assemble(
                "Using a screen reader?  Leave with ", ("q", ACCENT), " and start:  keykata --plain"
            )
        )

    def _settings(self, sheet: Sheet) -> None:
        self._exam_date(sheet)
        why = Content.assemble(("t", ACCENT), ("  change it", DIM))
        sheet.pair(f"A day       {self.home.minutes} min", why, target="minutes")

    def _exam_date(self, sheet: Sheet) -> None:
        home = self.home
        date = date_phrase(home.exam_date) if home.exam_date else "not set"
        why = "change it" if home.exam_date else "set it, and Home counts the days"
        sheet.pair(
            f"Exam date   {date}", Content.assemble(("d", ACCENT), (f"  {why}", DIM)), target="exam date"
        )

    def _choice(self, sheet: Sheet, target: str, label: str, right: str, *, number: str = "") -> None:
        sign = (HERE, ACCENT) if self.cursor == target else " "
        lead = Content.assemble(sign, " ", (number, ACCENT))
        sheet.pair(label, Content.styled(right, DIM), lead=lead, target=target)

    def _lay_study(self, sheet: Sheet) -> None:
        home = self.home
        plan = home.today
        if plan.items:
            label = "More for today" if home.done_today else "Today"
            told = (_today_words(plan, plan.waiting), _today_words(plan, 0), about_minutes(plan.minutes))
            room = sheet.width - len(label) - 4
            right = next((words for words in told if len(words) <= room), "")
            self._choice(sheet, "today", label, right)
        else:
            self._choice(sheet, "today", "Ten more questions", "nothing is due today")
        for sitting in self._open_shown():
            self._choice(sheet, f"open {sitting.id}", f"Go on: {sitting.title}", open_phrase(sitting))
        if self._open_more():
            self._choice(sheet, "past", f"{self._open_more()} more left open", "in past sessions")
        sheet.blank()
        sheet.keys(self._ways(), indent=2, gap=4)
        self._notices(sheet)
        if home.ask_exam_date:
            sheet.blank()
            self._exam_date(sheet)
        if self._around.ready is not None and self._around.ready.tries:
            from keykata.tui.screens.ready_lines import lay_ready

            lay_ready(sheet, self._around.ready, starts=True)
        self._tries(sheet)
        self._history(sheet)

    def _open_shown(self) -> tuple[OpenSitting, ...]:
        """What can go on from Home itself; a line for one more would take as much room as that one."""
        left_open = self.home.open
        return left_open if len(left_open) == SHOWN_OPEN + 1 else left_open[:SHOWN_OPEN]

    def _open_more(self) -> int:
        """How many more can go on."""
        return len(self.home.open) - len(self._open_shown())

    def _ways(self) -> list[tuple[str, str, str]]:
        """What else there is: (key, words, target); nothing that cannot be done."""
        ways = [("p", "Practise", "practise")]
        if self._around.sorts:
            ways.append(("k", "Key sorter", "sorter"))
        if self.offer is not None:
            ways.append(("m", "Mock exam", "mock"))
        ways.append(("e", "Plan to the exam" if self.home.exam_date else "Plan", "plan"))
        ways.append(("l", "Library", "library"))
        ways.append(("s", "Progress", "progress"))
        if self.home.today.repeat:
            ways.append(("v", "Review", "review"))
        if self._around.missed:
            ways.append(("x", f"Missed {self._around.missed}", "missed"))
        if self.home.last_title or self._open_more():
            ways.append(("h", "Past sessions", "past"))
        if self._around.shares:
            ways.append(("f", "Sync", "sync"))
        return ways

    def _notices(self, sheet: Sheet) -> None:
        for notice in self.home.notices:
            sheet.blank(soft="if-fits")
            target = "problems" if notice.kind == "problem" else ""
            sign = (HERE, ACCENT) if target and self.cursor == target else " "
            hint = "Press ! to look at them." if target else notice.hint
            sheet.text(
                f"{notice.text} {hint}".strip(),
                lead=Content.assemble(sign, " "),
                style="$warning",
                target=target,
            )

    def _tries(self, sheet: Sheet) -> None:
        tries = self.home.tries
        if not any(line.tried for line in tries):
            return
        sheet.blank()
        sheet.blank(soft="if-fits")
        sheet.line(f"{'':<26}of the exam    first tries right", style=DIM)
        for line in tries:
            content = Content.assemble(f"{line.name:<26}{line.weight:>5} %      ", _tried(line))
            sheet.line(content if content.cell_length <= sheet.width else content.truncate(sheet.width))

    def _history(self, sheet: Sheet) -> None:
        home = self.home
        sheet.blank()
        sheet.blank(soft="if-fits")
        if home.coming:
            days = [
                f"{days_phrase(entry.in_days) if entry.in_days < 2 else date_phrase(entry.day)} {entry.cards}"
                for entry in home.coming[:SHOWN_COMING]
            ]
            sheet.text(" · ".join(days), lead="Comes back   ")
        if home.last_title:
            sheet.text(f"{home.last_title}: {home.last_summary}", lead="Last         ")
        if home.answered_today:
            sheet.text(f"{home.answered_today} answered", lead="Today so far ")
        if self._around.days:
            from keykata.tui.widgets.day_charts import days_lines  # after the first paint

            sheet.blank(soft="if-fits")
            for line in days_lines(self._around.days, sheet.width):
                sheet.line(line, target="plan")


def _today_words(plan: TodayPlan, waiting: int) -> str:
    """`14 to repeat · 6 new, 23 waiting · about 20 min`; those waiting only where there is room for them."""
    parts = [f"{plan.repeat} to repeat"] * bool(plan.repeat)
    parts += filter(None, [new_phrase(plan.new, waiting)])
    parts += [plural(plan.questions, "question")] * bool(plan.questions)
    return " · ".join([*parts, about_minutes(plan.minutes)])


def mock_words(offer: ExamOffer, article: str = "a") -> str:
    """`a whole mock exam: 65 questions`; neither whole nor shorter where its domains have other shares."""
    kind = "whole " if offer.full else "shorter " if offer.even else ""
    return f"{article} {kind}mock exam: {plural(offer.items, 'question')}"


def _sealed_words(offer: ExamOffer | None) -> str:
    """` Two mock exams stay sealed until you sit them.`; nothing where none is kept back."""
    if offer is None or not offer.sealed:
        return ""
    count = NUMBERS.get(offer.sealed, str(offer.sealed))
    if offer.sealed == 1:
        return f" {count} mock exam stays sealed until you sit it."
    return f" {count} mock exams stay sealed until you sit them."


def _tried(line: FirstTries) -> Content:
    """`27 of 41   66 %  ━━━━━━━━━─────`, or too few to say."""
    if not line.tried:
        return Content.styled("  not tried yet", DIM)
    count = f"{line.right:>3} of {line.tried:>3}"
    if line.tried < ENOUGH_TRIES:
        return Content.assemble(count, ("   too few to say", DIM))
    full = round_half_up(BAR * line.right / line.tried)
    share = f"{percent(line.right, line.tried):>5} %  "
    return Content.assemble(count, share, (HEAVY * full, ACCENT), (THIN * (BAR - full), DIM))
