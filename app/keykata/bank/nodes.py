"""The tree of a YAML file as the reader builds it: text, lists and mappings, each with its place.

A tree holds no cycles, so its nodes are kept from the garbage collector. A value of a mapping holds its name:
a second dictionary for the names would be the most of a tree.

Lines and columns of nodes count from 0, as libyaml's marks do; problems show them from 1.
"""

from __future__ import annotations

import msgspec


class TextNode(msgspec.Struct, gc=False):
    """A scalar: always text. `style` is "" for plain, else its sign; `cut` is where a comment cuts it."""

    text: str
    line: int
    column: int
    style: str = ""
    cut: int = -1
    key: TextNode | None = None


class ListNode(msgspec.Struct, gc=False):
    """A sequence. `whole` is false when the file broke off inside it."""

    line: int
    column: int
    nodes: list[Node]
    whole: bool = True
    key: TextNode | None = None


class MapNode(msgspec.Struct, gc=False):
    """A mapping in the order of the text: values by the key's text; it ends before `end`."""

    line: int
    column: int
    entries: dict[str, Node]
    whole: bool = True
    key: TextNode | None = None
    end_line: int = 1 << 60
    end_column: int = 0

    @property
    def keys(self) -> dict[str, TextNode]:
        """The names as they stand, by their text."""
        return {name: node.key for name, node in self.entries.items() if node.key is not None}


Node = TextNode | ListNode | MapNode


class Tree(msgspec.Struct, frozen=True):
    """What could be read of a file. `unread` is its text when it broke off, "" when it did not."""

    root: Node | None
    unread: str = ""


def child(node: Node | None, step: str | int) -> Node | None:
    """The value under a key or at a position; None when it is not there."""
    if isinstance(step, str):
        return node.entries[step] if isinstance(node, MapNode) and step in node.entries else None
    if isinstance(node, ListNode):
        return node.nodes[step] if step < len(node.nodes) else None
    return node if isinstance(node, TextNode) and step == 0 else None


def name_of(node: Node) -> TextNode:
    """The name of a value of a mapping."""
    return node.key if node.key is not None else TextNode("", node.line, node.column)


def key_of(node: Node | None, name: str) -> TextNode | None:
    """The key of that text in a mapping; None when it is not there."""
    return node.entries[name].key if isinstance(node, MapNode) and name in node.entries else None


def spot(node: Node | None, *path: str | int) -> Node | None:
    """The node at a path of keys and positions, or the nearest one above it that is there."""
    here = node
    for step in path:
        below = child(here, step)
        if below is None:
            return here
        here = below
    return here
