"""Rules about the options of a question: how many, how many right, alike, with their reasons."""

from __future__ import annotations

from keykata.bank.rules.look import Look, Notes


def fold(text: str) -> str:
    """A text without case, runs of space and its final stop."""
    return " ".join(text.casefold().split()).rstrip(".").rstrip()


def right_missing(notes: Notes, look: Look) -> None:
    """At least one option is right."""
    if not look.right:
        item = look.item
        what = f"The question `{item.id}` has no right option."
        notes.add("right-missing", ("options",), what, "Put the text of the right option under `right:`.")


def shape_single(notes: Notes, look: Look) -> None:
    """One right option stands among exactly four."""
    item = look.item
    count = len(item.options)
    if len(look.right) == 1 and count != 4:
        what = f"The question `{item.id}` has one right option among {count}; the exam has four."
        todo = "Add" if count < 4 else "Take away"
        hint = f"{todo} {abs(4 - count)} distractor{'s' if abs(4 - count) != 1 else ''}."
        notes.add("shape-single", ("options",), what, hint)


def shape_multi(notes: Notes, look: Look) -> None:
    """Several right options stand among five or six, and one at least is wrong."""
    item = look.item
    right, count = len(look.right), len(item.options)
    if right < 2:
        return
    if count not in {5, 6}:
        what = f"The question `{item.id}` has {right} right options among {count}; it takes five or six."
        notes.add(
            "shape-multi", ("options",), what, "Add or take away distractors, or leave one right option."
        )
    elif right == count:
        what = f"Every option of the question `{item.id}` is right."
        notes.add("shape-multi", ("options",), what, "Put at least one option under `wrong:`.")


def dup_option(notes: Notes, look: Look) -> None:
    """No two options say the same."""
    if len(set(look.sets)) == len(look.sets):  # other words, so another text
        return
    item = look.item
    seen: dict[str, int] = {}
    for number, option in enumerate(item.options):
        first = seen.setdefault(fold(option.text), number)
        if first != number:
            what = f"Option {number + 1} of the question `{item.id}` says the same as option {first + 1}."
            name = "right" if option.right else "wrong"
            notes.add("dup-option", ("options", number, name), what, "Write another option.")


def rationale_missing(notes: Notes, look: Look) -> None:
    """Every option has its own reason; the right one must."""
    item = look.item
    for number, option in enumerate(item.options):
        if option.why:
            continue
        kind = "right option" if option.right else "distractor"
        what = f"Option {number + 1} of the question `{item.id}`, a {kind}, has no `why`."
        hint = "Add `why:` with the reason it " + ("is right." if option.right else "fails.")
        notes.add(
            "rationale-missing",
            ("options", number),
            what,
            hint,
            severity="error" if option.right else "warning",
        )
