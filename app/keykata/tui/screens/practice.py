"""What to practise: one line of defaults that `enter` accepts, and a few other ways."""

from __future__ import annotations

from msgspec.structs import replace
from textual.content import Content

from keykata.practice.form import Filter
from keykata.study.phrases import about_minutes, plural
from keykata.study.quiz_settings import QuizSettings
from keykata.study.views import QuizPlan
from keykata.tui.actions import bindings_of
from keykata.tui.screens.choices import Choice, ChoicesScreen
from keykata.tui.screens.frame import Frame
from keykata.tui.signs import HERE
from keykata.tui.widgets.sheet import ACCENT, DIM, Sheet

SMALLEST, LARGEST = 5, 100
# minutes for the whole, seconds for each
LIMITS = ((0, 0), (10, 0), (20, 0), (30, 0), (60, 0), (130, 0), (0, 60), (0, 90), (0, 120))
DAILY = 10
FLAGSHIP = "kms"  # a bank
FLAGSHIP_MINUTES, FLAGSHIP_COUNT = 10, 7
WAYS: tuple[tuple[str, str, Filter], ...] = (
    ("weak", "What is weak", Filter(only="weak")),
    ("missed", "What I missed last time", Filter(only="missed")),
    ("unseen", "What I have not seen yet", Filter(only="unseen")),
    ("kept", "What I kept", Filter(only="kept")),
)
WHY_NONE = {
    "weak": "Nothing is weak so far: answer some first. The daily ten is a beginning.",
    "missed": "Nothing you answered was wrong the last time.",
    "unseen": "You have seen every question of the open banks.",
    "kept": "You have kept nothing. After answering, k keeps a question.",
}


class PracticeScreen(Frame):
    """A short list; count, answers and minutes are set with one key each."""

    BINDINGS = bindings_of("practice")

    def __init__(self) -> None:
        super().__init__()
        self._set = QuizSettings()
        self._plans: dict[str, QuizPlan] = {}
        self._flagship = False

    def on_mount(self) -> None:
        """The last settings are the first line."""
        if self.keykata.last_quiz is None:
            kept = self.guarded(self.dojo.last_quiz) or QuizSettings()
            known = (kept.minutes, kept.seconds_each) in LIMITS
            self.keykata.last_quiz = kept if known else replace(kept, minutes=0, seconds_each=0)
        self._set = self.keykata.last_quiz
        terms = self.dojo.library.entries("term")
        self._flagship = any(entry.id.startswith(f"{FLAGSHIP}:") for entry in terms)

    def on_screen_resume(self) -> None:
        """Practice changes what is weak."""
        self._plans = {}
        if self.is_mounted:
            self.show()

    def area(self) -> str:
        """The registry's area."""
        return "practice"

    def where(self) -> tuple[str, str]:
        """The count."""
        return "Practise", f"{plural(self._set.count, 'question')} · {self._answers()}"

    def entries(self) -> tuple[str, ...]:
        """The footer."""
        return ("go", "more", "fewer", "end", "time")

    def targets(self) -> tuple[str, ...]:
        """The ways."""
        flagship = (FLAGSHIP,) if self._flagship else ()
        return ("last", "daily", *flagship, *(name for name, _, _ in WAYS), "term", "task")

    # --- the page ----------------------------------------------------------------------------------------

    def lay(self, sheet: Sheet) -> None:
        """Defaults, states, subjects, the count."""
        plan = self._plan("last")
        self._row(
            sheet,
            "last",
            f"{plural(self._set.count, 'question')}: {plan.label if plan else ''}",
            self._state(plan),
        )
        sheet.blank()
        self._row(sheet, "daily", "The daily ten", self._state(self._plan("daily")))
        if self._flagship:
            self._row(
                sheet, FLAGSHIP, f"{FLAGSHIP_MINUTES} minutes on KMS", self._state(self._plan(FLAGSHIP))
            )
        for name, words, _ in WAYS:
            none = "none left" if name == "unseen" else "none yet"
            self._row(sheet, name, words, self._state(self._plan(name), none))
        sheet.blank()
        self._row(sheet, "term", "On a term …", "type its name")
        self._row(sheet, "task", "On a domain or a task statement …", "choose it")
        sheet.blank(2)
        sheet.keys(
            (("-", f"fewer   {self._set.count} questions", "fewer"), ("+", "more", "more")), indent=2, gap=3
        )
        sheet.keys((("e", f"answers {self._answers()}", "answers"),), indent=2)
        sheet.keys((("t", self._limit(), "minutes"),), indent=2)
        sheet.blank()
        sheet.text(self._what_follows(), style=DIM, indent=2)

    def _answers(self) -> str:
        return "at the end" if self._set.at_end else "after each"

    def _limit(self) -> str:
        if self._set.seconds_each:
            return f"{self._set.seconds_each} seconds for each question"
        return f"{self._set.minutes} minutes in all" if self._set.minutes else "no limit of time"

    def _what_follows(self) -> str:
        if self._set.at_end:
            return "A test: nothing is said of right and wrong until you hand it in."
        return "Answers and reasons come after each question. What you miss comes back by itself."

    def _row(self, sheet: Sheet, target: str, words: str, right: str) -> None:
        here = HERE if self.cursor == target else " "
        sheet.pair(Content.assemble((here, ACCENT), " ", words), Content.styled(right, DIM), target=target)

    def _plan(self, name: str) -> QuizPlan | None:
        """What a line would begin; all lines are asked for at once."""
        if not self._plans:
            count = self._set.count
            asked = {"last": (self._set.wanted, count), "daily": (Filter(), DAILY)}
            asked[FLAGSHIP] = (Filter(banks=(FLAGSHIP,)), FLAGSHIP_COUNT)
            asked |= {name: (wanted, count) for name, _, wanted in WAYS}
            plans = self.guarded(lambda: self.dojo.quiz_plans([*asked.values()]))
            self._plans = dict(zip(asked, plans or (), strict=False))
        return self._plans.get(name)

    def _state(self, plan: QuizPlan | None, none: str = "none yet") -> str:
        if plan is None:
            return ""
        if not plan.available:
            return none
        return f"{plan.count} of {plan.available:,} · {about_minutes(plan.minutes)}"

    # --- actions -----------------------------------------------------------------------------------------

    def activate(self, target: str) -> None:
        """Start, or choose a subject first."""
        match target:
            case "more":
                self.action_count(5)
            case "fewer":
                self.action_count(-5)
            case "answers":
                self.action_answers()
            case "minutes":
                self.action_minutes()
            case "last":
                self._start(self._set.wanted)
            case "daily":
                self._start(Filter(), DAILY)
            case "kms":
                self._start(Filter(banks=(FLAGSHIP,)), FLAGSHIP_COUNT, minutes=FLAGSHIP_MINUTES)
            case "term":
                rows = self.guarded(lambda: self.dojo.library_rows("term"))
                choices = tuple(Choice(row.id, row.title, row.state) for row in rows or ())
                self.app.push_screen(
                    ChoicesScreen(
                        "Practise / a term", choices, lambda c: self._start(Filter(terms=(c.target,)))
                    )
                )
            case "task":
                self.app.push_screen(ChoicesScreen("Practise / a subject", self._subjects(), self._subject))
            case _:
                self._way(target)

    def _way(self, target: str) -> None:
        """Start one of the states of questions, or say why there is none in it."""
        plan = self._plan(target)
        if plan is not None and not plan.available:
            self.say(WHY_NONE[target])
        else:
            self._start(next(wanted for name, _, wanted in WAYS if name == target))

    def _subjects(self) -> tuple[Choice, ...]:
        """Domains, each with its task statements."""
        rows: list[Choice] = []
        for exam in self.dojo.library.exams.values():
            for domain in exam.domains:
                rows.append(
                    Choice(f"domain {domain.id}", domain.name, f"domain {domain.id} · {domain.weight} %")
                )
                rows += [Choice(f"task {task}", f"  {name}", task) for task, name in domain.tasks.items()]
        unique = {row.target: row for row in rows}
        return tuple(unique.values())

    def _subject(self, choice: Choice) -> None:
        kind, _, name = choice.target.partition(" ")
        self._start(Filter(domains=(name,)) if kind == "domain" else Filter(tasks=(name,)))

    def _start(self, wanted: Filter, count: int = 0, *, minutes: int = 0) -> None:
        how = replace(self._set, wanted=wanted, count=count or self._set.count)
        if minutes:
            how = replace(how, minutes=minutes, seconds_each=0)
        self.keykata.last_quiz = how
        start = self.dojo.start_test if how.at_end else self.dojo.start_quiz
        self.keykata.sit(
            lambda: start(wanted, count=how.count, minutes=how.minutes, seconds_each=how.seconds_each),
            instead=True,
        )

    def action_count(self, by: int) -> None:
        """More or fewer."""
        self._set = replace(self._set, count=max(SMALLEST, min(LARGEST, self._set.count + by)))
        self._plans = {}
        self.show()

    def action_answers(self) -> None:
        """Answers after each question or at the end."""
        self._set = replace(self._set, at_end=not self._set.at_end)
        self.show()

    def action_minutes(self) -> None:
        """The next limit."""
        now = (self._set.minutes, self._set.seconds_each)
        minutes, each = LIMITS[(LIMITS.index(now) + 1) % len(LIMITS)]
        self._set = replace(self._set, minutes=minutes, seconds_each=each)
        self.show()
        limit = self._limit()
        self.say(f"{limit[0].upper()}{limit[1:]}.")
