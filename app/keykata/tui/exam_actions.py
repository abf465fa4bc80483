"""The actions of tests and exams: while a question is open, its letters and numbers belong to its options."""

from __future__ import annotations

from keykata.tui.action import Action

SHUT_AREAS = ("exam", "exam-list", "hand-in")  # nothing that helps works here
BOTH = "exam exam-list"
SHUT = " ".join(SHUT_AREAS)
CHOICES = "exam-list hand-in exam-report"

AID = "What is asked first, then the limits, then the story; once more as written"

EXAM_ACTIONS: tuple[Action, ...] = (
    # --- a question
    Action(
        "choose",
        "a,b,c,d,e,f",
        "a-f",
        "choose",
        "Choose an option, saved at once; once more lets go",
        "letter('{key}')",
        "exam",
    ),
    Action("choose-number", "1,2,3,4,5,6", "1-6", "choose", "The same, by number", "digit({key})", "exam"),
    Action("choose-here", "space", "space", "choose", "Choose under the cursor", "choose_here", "exam"),
    Action(
        "clear",
        "0,backspace,delete",
        "0",
        "clear",
        "Let the whole choice of this question go",
        "clear",
        "exam",
    ),
    Action("next", "enter", "enter", "next", "The next question; after the last, hand in", "enter", "exam"),
    Action(
        "cross", "x", "x", "cross out", "Cross out the option under the cursor, and back", "cross", "exam"
    ),
    Action(
        "cross-letter",
        "A,B,C,D,E,F",
        "A-F",
        "cross out",
        "Cross out that option, and back",
        "cross_letter('{key}')",
        "exam",
    ),
    Action(
        "sure", "s", "s", "sure", "Sure of this choice; once more takes it back", "assure('sure')", "exam"
    ),
    Action(
        "guess",
        "g",
        "g",
        "guess",
        "This choice is a guess; once more takes it back",
        "assure('guess')",
        "exam",
    ),
    Action("mark", "m", "m", "mark", "Mark it to come back, or let the mark go", "mark", "exam"),
    Action("aid", "z", "z", "asked first", AID, "aid", "exam"),
    Action("forward", "right", "→", "next", "The next question", "turn(1)", "exam"),
    Action("backward", "left", "← →", "question", "The question before; → the next one", "turn(-1)", "exam"),
    Action("list", "l", "l", "list", "All questions in a list", "list", "exam"),
    Action("note", "n", "n", "note", "Write a note", "note", "exam"),
    # --- the list
    Action("go", "enter", "enter", "go", "Go to the question under the cursor", "enter", "exam-list"),
    Action(
        "number",
        "0,1,2,3,4,5,6,7,8,9",
        "0-9",
        "number",
        "Type a number to go there",
        "digit({key})",
        "exam-list",
    ),
    Action("left", "left", "←", "left", "A column to the left", "sideways(-1)", "exam-list"),
    Action("right", "right", "→", "right", "A column to the right", "sideways(1)", "exam-list"),
    Action("blanks", "u", "u", "blanks", "Show only what is blank, or all", "only('blank')", "exam-list"),
    Action("marked", "m", "m", "marked", "Show only what is marked, or all", "only('marked')", "exam-list"),
    Action("close", "l", "l", "question", "Back to the question", "back", "exam-list"),
    # --- handing in, and the report
    Action("go", "enter", "enter", "choose", "Do what the cursor stands on", "enter", "hand-in"),
    Action("go", "enter", "enter", "go", "Go on with what is under the cursor", "enter", "exam-report"),
    Action("all", "a", "a", "all", "Look at all questions", "look('all')", "exam-report"),
    Action("wrong", "w", "w", "wrong", "Look at those wrong or blank", "look('wrong')", "exam-report"),
    Action("marked", "m", "m", "marked", "Look at those you marked", "look('marked')", "exam-report"),
    Action("slow", "s", "s", "slow", "Look at those over four minutes", "look('slow')", "exam-report"),
    Action(
        "guessed",
        "g",
        "g",
        "guessed",
        "Look at those said to be a guess",
        "look('guessed')",
        "exam-report",
    ),
    Action("terms", "t", "t", "terms", "The terms behind the misses", "terms", "exam-report"),
    # --- moving
    Action("hide", "h", "h", "hide the clock", "Hide the clock, or show it again", "hide_clock", SHUT),
    Action("up", "up", "↑", "up", "Up", "move(-1)", f"exam {CHOICES}"),
    Action("down", "down", "↓", "down", "Down", "move(1)", f"exam {CHOICES}"),
    Action("page-up", "pageup", "pgup", "page up", "A page up", "page(-1)", f"exam {CHOICES}"),
    Action("page-down", "pagedown", "pgdn", "page down", "A page down", "page(1)", f"exam {CHOICES}"),
    Action("top", "home,ctrl+home", "home", "top", "To the top", "far(-1)", f"exam {CHOICES}"),
    Action("bottom", "end,ctrl+end", "end", "end", "To the end", "far(1)", f"exam {CHOICES}"),
    Action(
        "back",
        "escape",
        "esc",
        "leave",
        "Leave; asks once, and says what the clock will do",
        "back",
        "exam",
    ),
)
