"""Every action there is: one table, looked up by `actions`."""

from __future__ import annotations

from keykata.tui.action import EVERYWHERE, Action
from keykata.tui.exam_actions import AID, EXAM_ACTIONS
from keykata.tui.page_actions import PAGE_ACTIONS

PAST = "past past-open"
TYPING = "choices library search"  # home and end belong to the field
MOVED = f"home practice problems report source missed mock {PAST} plan pack progress"
LISTS = f"{MOVED} {TYPING}"
PAGES = "term lesson comparison guide item"
KEPT = "answered stopped turned term lesson guide item"
READ = f"{PAGES} preview help answered stopped"
SITTING = "question recall turned sort answered stopped"
ITEMS = "question answered stopped sort turned recall term lesson comparison guide item source"
LETTERS_AF = "a,b,c,d,e,f"
CAPITALS_AF = "A,B,C,D,E,F"

ACTIONS: tuple[Action, ...] = (
    # --- Home
    Action(
        "start", "enter", "enter", "begin", "Begin what stands first, or under the cursor", "enter", "home"
    ),
    Action("numbered", "1,2,3,4", "1-4", "choose", "On the first start: that line", "number({key})", "home"),
    Action("practise", "p", "p", "practise", "Choose what to practise", "pick('practise')", "home"),
    Action("sorter", "k", "k", "key sorter", "Sort cases to their places", "pick('sorter')", "home"),
    Action("mock", "m", "m", "mock exam", "A whole mock exam", "pick('mock')", "home"),
    Action("missed", "x", "x", "missed", "What you missed and mixed up", "pick('missed')", "home"),
    Action("library", "l", "l", "library", "Browse the library", "pick('library')", "home"),
    Action(
        "progress", "s", "s", "progress", "How it goes, and what you lose most", "pick('progress')", "home"
    ),
    Action(
        "past",
        "h",
        "h",
        "past sessions",
        "Go on with a session left open, or open a report so far",
        "pick('past')",
        "home",
    ),
    Action("plan", "e", "e", "plan", "The days until the exam, and the load of each", "pick('plan')", "home"),
    Action("start", "enter", "enter", "begin today", "Begin today's session", "enter", "plan"),
    Action("exam-date", "d", "d", "exam date", "Set or clear the date of your exam", "exam_date", "plan"),
    Action("minutes", "t", "t", "time a day", "Set how many minutes a day you have", "minutes", "plan"),
    Action(
        "pack",
        "n",
        "n",
        "night before",
        "The facts you may forget by the exam, your mix-ups and habits",
        "pack",
        "plan",
    ),
    Action("review", "v", "v", "review", "Repeat everything that is due", "pick('review')", "home"),
    Action("tell", "r", "r", "ready?", "New questions where they tell most of being ready", "tell", "home"),
    Action("exam-date", "d", "d", "exam date", "Set or clear the date of your exam", "exam_date", "home"),
    Action("minutes", "t", "t", "time a day", "Set how many minutes a day you have", "minutes", "home"),
    Action(
        "problems",
        "exclamation_mark",
        "!",
        "problems",
        "Look at what is wrong in the banks",
        "pick('problems')",
        "home",
    ),
    Action("sync", "f", "f", "sync", "Exchange with your other computers' folder now", "app.sync", "home"),
    Action("quit", "q", "q", "quit", "Leave", "app.leave", "home"),
    # --- lists
    Action("go", "enter", "enter", "start", "Start with what is under the cursor", "enter", "practice"),
    Action("go", "enter", "enter", "choose", "Choose what is under the cursor", "enter", "choices"),
    Action(
        "go",
        "enter",
        "enter",
        "open",
        "Open what is under the cursor",
        "enter",
        "library search source past",
    ),
    Action("go", "enter", "enter", "go", "Go on with what is under the cursor", "enter", "report missed"),
    Action("go", "enter", "enter", "go on", "Go on with the session under the cursor", "enter", "past-open"),
    Action("go", "enter", "enter", "begin", "Begin as the cursor says", "enter", "mock"),
    Action(
        "go",
        "enter",
        "enter",
        "practise",
        "Practise what is under the cursor, or the weakest",
        "enter",
        "progress",
    ),
    Action("weakest", "p", "p", "weakest", "Practise what you lose most", "weakest", "progress"),
    Action("retention", "r", "r", "retention", "Set how much you want to remember", "retention", "progress"),
    Action("fit", "f", "f", "fit", "Fit the memory model to your answers", "fit", "progress"),
    Action("reset-fit", "b", "b", "published", "Back to the published weights", "reset_fit", "progress"),
    Action(
        "cost-days", "c", "c", "30 or 90 days", "Reckon costs over 30 or 90 days", "cost_days", "progress"
    ),
    Action("all", "a", "a", "all questions", "Look at all of them again", "pick('all')", "report"),
    Action(
        "kinds",
        "tab",
        "tab",
        "kind",
        "Show another kind: terms, comparisons, questions, guides",
        "kind(1)",
        "library",
    ),
    Action(
        "kinds",
        "tab",
        "tab",
        "kind",
        "Only exams, only tests, only practice, or all",
        "kind(1)",
        PAST,
    ),
    Action(
        "kinds-back", "shift+tab", "shift tab", "kind before", "Show the kind before", "kind(-1)", "library"
    ),
    Action("end", "e", "e", "answers", "Answers after each question, or at the end", "answers", "practice"),
    Action(
        "time",
        "t",
        "t",
        "minutes",
        "A limit for the whole, for each question, or none",
        "minutes",
        "practice",
    ),
    Action("more", "plus,equals_sign,right", "+", "more", "More questions", "count(5)", "practice"),
    Action("fewer", "minus,left", "-", "fewer", "Fewer questions", "count(-5)", "practice"),
    # --- a question
    Action(
        "choose",
        LETTERS_AF,
        "a-f",
        "choose",
        "Choose an option; once more lets go",
        "letter('{key}')",
        "question",
    ),
    Action(
        "choose-number", "1,2,3,4,5,6", "1-6", "choose", "The same, by number", "digit({key})", "question"
    ),
    Action(
        "confirm",
        "enter",
        "enter",
        "confirm",
        "Confirm the choice; without one, choose under the cursor",
        "enter",
        "question",
    ),
    Action("sure", "s", "s", "sure", "Confirm, and say that you are sure", "confirm('sure')", "question"),
    Action("guess", "g", "g", "guess", "Confirm, and say that it is a guess", "confirm('guess')", "question"),
    Action(
        "cross", "x", "x", "cross out", "Cross out the option under the cursor, and back", "cross", "question"
    ),
    Action(
        "cross-letter",
        CAPITALS_AF,
        "A-F",
        "cross out",
        "Cross out that option, and back",
        "cross_letter('{key}')",
        "question",
    ),
    Action("mark", "m", "m", "mark", "Mark it to come back, or let the mark go", "mark", SITTING),
    Action("aid", "z", "z", "asked first", AID, "aid", "question"),
    # --- after answering
    Action("next", "enter,space", "enter", "next", "Go on", "enter", "answered stopped"),
    Action(
        "cause", "1,2,3,4", "1-4", "why", "After a miss: why it happened", "digit({key})", "answered stopped"
    ),
    # --- a fact
    Action("show", "enter,space", "enter", "show", "Show the fact", "enter", "recall"),
    Action("knew", "enter,space", "enter", "knew it", "Knew it", "enter", "turned"),
    Action(
        "rate", "1,2,3,4", "1-4", "how well", "1 forgot, 2 hard, 3 knew it, 4 easy", "digit({key})", "turned"
    ),
    # --- the sorter
    Action(
        "sort", "1,2,3,4,5,6,7,8,9", "1 2 3", "answer", "Which place it belongs to", "digit({key})", "sort"
    ),
    Action(
        "sort-here", "enter", "enter", "answer", "Answer with the place under the cursor", "enter", "sort"
    ),
    Action("hide", "h", "h", "hide times", "Hide the times, or show them again", "hide_times", "sort"),
    # --- items
    Action("undo", "u", "u", "undo", "Take the last answer back", "undo", SITTING),
    Action(
        "later",
        "right_square_bracket",
        "]",
        "later",
        "Leave it for the end of the session",
        "later",
        "question recall turned sort",
    ),
    Action(
        "terms",
        "t",
        "t",
        "terms",
        "Look at its terms, and come back here",
        "terms",
        "answered stopped turned item",
    ),
    Action(
        "source",
        "o",
        "o",
        "source",
        "Show the addresses of its sources",
        "source",
        f"answered stopped turned {PAGES}",
    ),
    Action("note", "n", "n", "note", "Write a note", "note", f"answered stopped turned {PAGES}"),
    Action(
        "wrong",
        "w",
        "w",
        "report as wrong",
        "Report it as wrong, in words of yours",
        "report_wrong",
        f"answered stopped turned {PAGES}",
    ),
    Action("keep", "k", "k", "keep", "Keep it for good, or let it go", "keep", KEPT),
    Action(
        "copy",
        "y",
        "y",
        "copy id",
        "Copy its id",
        "copy",
        f"answered stopped turned {PAGES}",
    ),
    Action("copy", "y", "y", "copy address", "Copy the address under the cursor", "copy", "source"),
    *PAGE_ACTIONS,
    # --- the preview of authors
    Action(
        "turn", "tab", "tab", "before/after", "As it stands before answering, or after", "turn", "preview"
    ),
    Action("item-next", "right", "← →", "item", "The next item of the file", "jump(1)", "preview"),
    Action("item-before", "left", "←", "item before", "The item before", "jump(-1)", "preview"),
    Action(
        "next-problem", "right_square_bracket", "]", "next problem", "The next problem", "problem", "preview"
    ),
    Action("edit", "i", "i", "edit here", "Open your editor at its line", "edit", f"preview {PAGES}"),
    Action("quit", "escape,q,ctrl+c", "esc", "quit", "Leave the preview", "app.leave", "preview"),
    # --- moving
    Action("up", "up", "↑", "up", "Up", "move(-1)", f"{LISTS} {READ} {SITTING}"),
    Action("down", "down", "↓", "down", "Down", "move(1)", f"{LISTS} {READ} {SITTING}"),
    Action("page-up", "pageup", "pgup", "page up", "A page up", "page(-1)", f"{LISTS} {READ} {SITTING}"),
    Action(
        "page-down", "pagedown", "pgdn", "page down", "A page down", "page(1)", f"{LISTS} {READ} {SITTING}"
    ),
    Action("top", "home,ctrl+home", "home", "top", "To the top", "far(-1)", f"{MOVED} {READ} {SITTING}"),
    Action("bottom", "end,ctrl+end", "end", "end", "To the end", "far(1)", f"{MOVED} {READ} {SITTING}"),
    Action("top", "ctrl+home", "ctrl+home", "top", "To the top of the list", "far(-1)", TYPING),
    Action("bottom", "ctrl+end", "ctrl+end", "end", "To the end of the list", "far(1)", TYPING),
    *EXAM_ACTIONS,
    # --- everywhere
    Action("search", "slash", "/", "search", "Search everything", "app.search", EVERYWHERE),
    Action("help", "question_mark", "?", "more", "Show every key that works here", "app.help", EVERYWHERE),
    Action(
        "back",
        "escape",
        "esc",
        "back",
        "Back; a session stays open, and Home offers to go on",
        "back",
        EVERYWHERE,
    ),
    Action(
        "palette",
        "ctrl+p",
        "ctrl+p",
        "commands",
        "Every command, page and look",
        "app.command_palette",
        EVERYWHERE,
    ),
    Action("leave", "ctrl+q", "ctrl+q", "leave", "Leave from anywhere", "app.leave", EVERYWHERE),
)
