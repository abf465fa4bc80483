"""The one registry of actions: key bindings, the footer, the help page and the docs come from it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType

Area = str
EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does in some areas.

    Attributes:
        name: its id in the registry, unique within an area.
        keys: Textual's names of the keys, with commas between; `shown` is how they are written.
        label: one or two words for the footer; `help` a sentence without full stop.
        run: the Textual action; `{key}` stands for the key that was pressed.
        areas: where it works.
    """

    name: str
    keys: str
    shown: str
    label: str
    help: str
    run: str
    areas: tuple[Area, ...]

    @property
    def first_key(self) -> str:
        """The key a click on its footer entry stands for."""
        return self.keys.split(",")[0]

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every key it answers to."""
        return tuple(self.keys.split(","))


def _a(name: str, keys: str, shown: str, label: str, text: str, run: str, areas: str) -> Action:
    return Action(name, keys, shown, label, text, run, tuple(areas.split()))


LISTS = "home practice choices library search problems report source"
PAGES = "term lesson comparison guide item"
READ = f"{PAGES} help answered stopped"
SITTING = "question recall turned sort answered stopped"
ITEMS = "question answered stopped sort turned recall term lesson comparison guide item source"
LETTERS_AF = "a,b,c,d,e,f"
CAPITALS_AF = "A,B,C,D,E,F"

ACTIONS: tuple[Action, ...] = (
    # --- Home
    _a("start", "enter", "enter", "begin", "Begin what stands first, or under the cursor", "enter", "home"),
    _a("first", "1", "1", "ten questions", "Ten questions, to see where you stand", "pick('opening')", "home"),
    _a("second", "2", "2", "read and answer", "One page, then five questions on it", "pick('lesson')", "home"),
    _a("third", "3", "3", "library", "Browse the library", "pick('library')", "home"),
    _a("practise", "p", "p", "practise", "Choose what to practise", "pick('practise')", "home"),
    _a("library", "l", "l", "library", "Browse the library", "pick('library')", "home"),
    _a("review", "v", "v", "review", "Repeat everything that is due", "pick('review')", "home"),
    _a("exam-date", "d", "d", "exam date", "Set or clear the date of your exam", "exam_date", "home"),
    _a("minutes", "t", "t", "time a day", "Set how many minutes a day you have", "minutes", "home"),
    _a("problems", "exclamation_mark", "!", "problems", "Look at what is wrong in the banks", "pick('problems')", "home"),
    _a("quit", "q", "q", "quit", "Leave", "app.leave", "home"),
    # --- lists
    _a("go", "enter", "enter", "start", "Start with what is under the cursor", "enter", "practice"),
    _a("go", "enter", "enter", "choose", "Choose what is under the cursor", "enter", "choices"),
    _a("go", "enter", "enter", "open", "Open what is under the cursor", "enter", "library search problems source"),
    _a("go", "enter", "enter", "go", "Go on with what is under the cursor", "enter", "report"),
    _a("all", "a", "a", "all questions", "Look at all of them again", "pick('all')", "report"),
    _a("kinds", "tab", "tab", "kind", "Show another kind: terms, comparisons, questions, guides", "kind(1)", "library"),
    _a("kinds-back", "shift+tab", "shift tab", "kind before", "Show the kind before", "kind(-1)", "library"),
    _a("more", "plus,equals_sign,right", "+", "more", "More questions", "count(5)", "practice"),
    _a("fewer", "minus,left", "-", "fewer", "Fewer questions", "count(-5)", "practice"),
    # --- a question
    _a("choose", LETTERS_AF, "a-f", "choose", "Choose an option; once more lets go", "letter('{key}')", "question"),
    _a("choose-number", "1,2,3,4,5,6", "1-6", "choose", "The same, by number", "digit({key})", "question"),
    _a("confirm", "enter", "enter", "confirm", "Confirm the choice; without one, choose under the cursor", "enter", "question"),
    _a("sure", "s", "s", "sure", "Confirm, and say that you are sure", "confirm('sure')", "question"),
    _a("guess", "g", "g", "guess", "Confirm, and say that it is a guess", "confirm('guess')", "question"),
    _a("cross", "x", "x", "cross out", "Cross out the option under the cursor, and back", "cross", "question"),
    _a("cross-letter", CAPITALS_AF, "A-F", "cross out", "Cross out that option, and back", "cross_letter('{key}')", "question"),
    _a("mark", "m", "m", "mark", "Mark it to come back, or let the mark go", "mark", SITTING),
    # --- after answering
    _a("next", "enter,space", "enter", "next", "Go on", "enter", "answered stopped"),
    _a("cause", "1,2,3,4", "1-4", "why", "After a miss: why it happened", "digit({key})", "answered stopped"),
    # --- a fact
    _a("show", "enter,space", "enter", "show", "Show the fact", "enter", "recall"),
    _a("knew", "enter,space", "enter", "knew it", "Knew it", "enter", "turned"),
    _a("rate", "1,2,3,4", "1-4", "how well", "1 forgot, 2 hard, 3 knew it, 4 easy", "digit({key})", "turned"),
    # --- the sorter
    _a("sort", "1,2,3,4,5,6", "1 2 3", "answer", "Which place it belongs to", "digit({key})", "sort"),
    _a("sort-here", "enter", "enter", "answer", "Answer with the place under the cursor", "enter", "sort"),
    # --- items
    _a("undo", "u", "u", "undo", "Take the last answer back", "undo", SITTING),
    _a("later", "right_square_bracket", "]", "later", "Leave it for the end of the session", "later", "question recall turned sort"),
    _a("terms", "t", "t", "terms", "Look at its terms, and come back here", "terms", "answered stopped turned item"),
    _a("source", "o", "o", "source", "Show the addresses of its sources", "source", f"answered stopped turned {PAGES}"),
    _a("note", "n", "n", "note", "Write a note", "note", f"answered stopped turned {PAGES}"),
    _a("wrong", "w", "w", "report as wrong", "Report it as wrong, in words of yours", "report_wrong", f"answered stopped turned {PAGES}"),
    _a("keep", "k", "k", "keep", "Keep it for good, or let it go", "keep", f"answered stopped turned {PAGES}"),
    _a("copy", "y", "y", "copy id", "Copy its id; in the sources, the address", "copy", f"answered stopped turned source {PAGES}"),
    # --- pages
    _a("unfold", "enter", "enter", "unfold or open", "Unfold or open what is under the cursor", "enter", "term comparison guide item"),
    _a("lesson-on", "enter", "enter", "read on", "Read on; at the end, five questions", "enter", "lesson"),
    _a("practise-page", "p", "p", "practise 10", "Ten questions and facts of this page", "practise", "term lesson comparison"),
    _a("take-on", "a", "a", "take on", "Bring its facts into what is repeated", "take_on", "term lesson comparison"),
    _a("compare", "c", "c", "compare", "Open its comparison", "compare", "term lesson"),
    _a("jump-next", "right", "→", "next", "The next question of the session", "jump(1)", "item"),
    _a("jump-before", "left", "←", "before", "The question before", "jump(-1)", "item"),
    # --- moving
    _a("up", "up", "↑", "up", "Up", "move(-1)", f"{LISTS} {READ} {SITTING}"),
    _a("down", "down", "↓", "down", "Down", "move(1)", f"{LISTS} {READ} {SITTING}"),
    _a("page-up", "pageup", "pgup", "page up", "A page up", "page(-1)", f"{LISTS} {READ} {SITTING}"),
    _a("page-down", "pagedown", "pgdn", "page down", "A page down", "page(1)", f"{LISTS} {READ} {SITTING}"),
    # --- everywhere
    _a("search", "slash", "/", "search", "Search everything", "app.search", EVERYWHERE),
    _a("help", "question_mark", "?", "more", "Show every key that works here", "app.help", EVERYWHERE),
    _a("back", "escape", "esc", "back", "Back; a session stays open, and Home offers to go on", "back", EVERYWHERE),
    _a("palette", "ctrl+p", "ctrl+p", "commands", "Every command, page and look", "app.command_palette", EVERYWHERE),
    _a("leave", "ctrl+q", "ctrl+q", "leave", "Leave from anywhere", "app.leave", EVERYWHERE),
)  # fmt: skip

TYPING_AREAS = ("library", "search", "choices")


def actions_in(area: Area) -> tuple[Action, ...]:
    """What works in an area, its own actions first; where text is typed, letters are text."""
    own = [action for action in ACTIONS if area in action.areas]
    taken = {key for action in own for key in action.all_keys}
    common = [a for a in ACTIONS if EVERYWHERE in a.areas and not taken.intersection(a.all_keys)]
    found = (*own, *common)
    if area in TYPING_AREAS:
        return tuple(action for action in found if action.name != "search")
    return found


def find_action(area: Area, key: str) -> Action | None:
    """What a key does in an area; a capital stands for its letter unless it has a meaning of its own."""
    found = actions_in(area)
    for wanted in (key, key.lower() if len(key) == 1 else key):
        for action in found:
            if wanted in action.all_keys:
                return action
    return None


def footer_entries(area: Area, names: tuple[str, ...]) -> tuple[Action, ...]:
    """The named actions of an area in that order, at most five, then `? more` when there are others."""
    by_name = {action.name: action for action in actions_in(area)}
    chosen = [by_name[name] for name in names if name in by_name][:5]
    return (*chosen, by_name["help"]) if "help" in by_name and "help" not in names else tuple(chosen)


def bindings_of(*areas: Area) -> list[BindingType]:
    """The bindings of a screen that has these areas: each key once, looked up again when it is pressed.

    Where text is typed the keys go first, so that the field does not swallow them.
    """
    typing = any(area in TYPING_AREAS for area in areas)
    keys = dict.fromkeys(
        key for area in areas for action in actions_in(area) for key in (*action.all_keys, *_capitals(action))
    )
    return [Binding(key, f"press({key!r})", show=False, priority=typing or key == "tab") for key in keys]


def _capitals(action: Action) -> tuple[str, ...]:
    return tuple(key.upper() for key in action.all_keys if len(key) == 1 and key.isalpha() and key.islower())
