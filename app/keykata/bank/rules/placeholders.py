"""What a skeleton of `keykata new` asks for and nobody has written yet."""

from __future__ import annotations

from collections.abc import Iterator

from keykata.bank.drafts import Draft
from keykata.bank.nodes import ListNode, Node, TextNode

SIGN = "TODO"


def left(node: Node) -> Iterator[TextNode]:
    """The texts under a node that begin with the sign, in the order of the text."""
    if isinstance(node, TextNode):
        if node.text.startswith(SIGN):
            yield node
        return
    below = node.nodes if isinstance(node, ListNode) else node.entries.values()
    for one in below:
        yield from left(one)


def placeholder(draft: Draft) -> tuple[str, str] | None:
    """What to say of an item that still holds placeholders, and what to do; None when it holds none."""
    found = list(left(draft.raw.node))
    if not found:
        return None
    many = "a placeholder" if len(found) == 1 else f"{len(found)} placeholders"
    first = "" if len(found) == 1 else "the first "
    what = f"The {draft.kind} `{draft.item.id}` still holds {many}, {first}on line {found[0].line + 1}."
    return what, f"Write what each `{SIGN}` asks for, or delete its field."


def tell_placeholders(draft: Draft) -> None:
    """Tell an item that was begun and not ended."""
    told = placeholder(draft)
    if told is not None:
        draft.add("placeholder", (), *told, severity="warning")
