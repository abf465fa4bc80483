"""The YAML reader: libyaml's event stream into a tree with places, under limits.

Never `load` or `compose`: composing 100,000 nested lists overflows the stack, while events stop at the limit.
"""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml._yaml import CParser

from keykata.bank.findings import Sheet, quoted
from keykata.bank.nodes import ListNode, MapNode, Node, TextNode, Tree
from keykata.bank.source import Source
from keykata.bank.traps import Broken, explain
from keykata.core.safe import is_safe, safe_text

MAX_DEPTH = 32
MAX_VALUES = 200_000
MAX_TEXT = 20_000
_COMMENT = re.compile(r"[ \t]+#")
Event = Any  # the stubs let marks be None; those of libyaml's events never are
_QUOTE = "Put the text in quotes, or put `|` and a new line before it."


class _Frame:
    """A list or mapping that is still open; `key` waits for its value."""

    __slots__ = ("code", "entries", "key", "node", "nodes", "sheet")

    def __init__(self, node: ListNode | MapNode, sheet: Sheet, code: str) -> None:
        self.node = node
        self.sheet = sheet
        self.code = code  # of a name that stands twice in it
        self.key: TextNode | None = None
        self.nodes = node.nodes if isinstance(node, ListNode) else None
        self.entries = node.entries if isinstance(node, MapNode) else {}

    def add(self, node: Node) -> None:
        """Take the next value, or the next key of a mapping."""
        if self.nodes is not None:
            self.nodes.append(node)
        elif self.key is None:
            self.key = node if type(node) is TextNode else self._odd_key(node)
        else:
            key, self.key = self.key, None
            if key.text in self.entries:
                self._repeated(key)
            else:
                self.entries[key.text] = (key, node)
                if key.text == "<<":
                    self.sheet.at(
                        key,
                        "yaml-merge-key",
                        "Merge keys (`<<`) are no part of the format.",
                        "Write the fields out, or use `defaults:`.",
                    )

    def _odd_key(self, node: Node) -> TextNode:
        self.sheet.at(
            node, "yaml-brackets", "A name before `:` is a list or a mapping; it must be text.", _QUOTE
        )
        return TextNode("", node.line, node.column)

    def _repeated(self, key: TextNode) -> None:
        first = self.entries[key.text][0].line + 1
        self.sheet.at(
            key,
            self.code,
            f"`{quoted(key.text)}` stands here a second time (first on line {first}).",
            "Keep one of the two, or give one another name.",
        )


class _Builder:
    """Builds the tree from events; `stopped` when the document ended or a limit was reached."""

    def __init__(self, source: Source) -> None:
        self.sheet = source.sheet
        self.odd = source.odd
        self.frames: list[_Frame] = []
        self.root: Node | None = None
        self.count = 0
        self.documents = 0
        self.stopped = False
        self.limited = False
        text = source.text
        self.comments = " #" in text or "\t#" in text
        self.careful = self.odd or self.comments or any(sign in text for sign in "&!\\")

    def add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if self.frames:
            self.frames[-1].add(node)
        elif self.root is None:
            self.root = node

    def limit(self, line: int, column: int, message: str, hint: str) -> None:
        """Stop reading at a limit."""
        self.sheet.add("yaml-limit", line, column, message, hint)
        self.stopped = self.limited = True

    def crowded(self, line: int, column: int) -> None:
        """Stop: more values than a file may hold."""
        message = f"The file holds more than {MAX_VALUES:,} values; the rest is not read."
        self.limit(line, column, message, "Split it into several files.")

    def inspect(self, event: Event, node: TextNode) -> None:
        """The rarer troubles of a text: anchors, tags, comments that cut it, control characters."""
        if event.anchor is not None or event.tag is not None:
            self.marked(event)
        if self.comments and not node.style:
            end = event.end_mark
            if end.line < len(self.sheet.lines):
                match = _COMMENT.match(self.sheet.lines[end.line], end.column)
                node.cut = match.end() - 1 if match else -1
        if (self.odd or node.style == '"') and not is_safe(node.text):
            node.text = safe_text(node.text)
            what = "The text holds a control character; it is shown as a sign."
            self.sheet.at(
                node, "text-control", what, "Delete it, or write its name in words.", severity="warning"
            )

    def marked(self, event: Event) -> None:
        """An anchor or a tag on a value."""
        mark = event.start_mark
        if event.anchor is not None:
            message = f"`&{quoted(event.anchor)}` is read as an anchor; the format has none."
            self.sheet.add("yaml-anchor", mark.line, mark.column, message, _QUOTE)
        elif getattr(event, "tag", None) is not None:
            message = "`!` at the start of a value is read as a tag; the format has none."
            self.sheet.add("yaml-tag", mark.line, mark.column, message, _QUOTE)

    def structure(self, event: Event) -> None:
        """Every event but a scalar."""
        kind = type(event)
        if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.open(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            frame = self.frames.pop()
            mark = event.start_mark
            if isinstance(frame.node, MapNode):
                frame.node.end_line, frame.node.end_column = mark.line, mark.column
            self.add(frame.node)
        elif kind is yaml.AliasEvent:
            mark = event.start_mark
            message = f"`*{quoted(event.anchor)}` is read as an alias; the format has none."
            self.sheet.add("yaml-alias", mark.line, mark.column, message, _QUOTE)
            self.add(TextNode("*" + quoted(event.anchor), mark.line, mark.column))
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                mark = event.start_mark
                message = "A second document begins here (`---`); only the first is read."
                self.sheet.add("yaml-second-document", mark.line, mark.column, message, "Use two files.")
                self.stopped = True
        elif kind is yaml.StreamEndEvent:
            self.stopped = True

    def open(self, event: Event) -> None:
        """A list or a mapping begins."""
        mark = event.start_mark
        self.count += 1
        if len(self.frames) >= MAX_DEPTH:
            message = f"The values stand more than {MAX_DEPTH} levels deep; the rest of the file is not read."
            self.limit(
                mark.line, mark.column, message, "Close the brackets, or quote the text they belong to."
            )
            return
        if self.count > MAX_VALUES:
            self.crowded(mark.line, mark.column)
            return
        if event.anchor is not None or event.tag is not None:
            self.marked(event)
        node: ListNode | MapNode
        if type(event) is yaml.SequenceStartEvent:
            node = ListNode(mark.line, mark.column, [])
        else:
            node = MapNode(mark.line, mark.column, {})
        top = self.frames[0].key if len(self.frames) == 1 else None
        keyed = top is not None and top.text == "questions"
        self.frames.append(_Frame(node, self.sheet, "dup-id" if keyed else "yaml-duplicate-key"))

    def text(self, event: Event) -> None:
        """A scalar: the tight path."""
        mark = event.start_mark
        node = TextNode(event.value, mark.line, mark.column, event.style)
        self.count += 1
        if self.careful:
            self.inspect(event, node)
        if len(node.text) > MAX_TEXT:
            message = f"A text of {len(node.text):,} characters; {MAX_TEXT:,} is the limit."
            self.limit(node.line, node.column, message, "Shorten it; look for a quote that never ends.")
        elif self.count > MAX_VALUES:
            self.crowded(node.line, node.column)
        elif self.frames:
            self.frames[-1].add(node)
        elif self.root is None:
            self.root = node

    def broken(self, fault: yaml.YAMLError) -> Broken:
        """What is known about the place where the file cannot be read on."""
        keys = [frame.key for frame in self.frames]
        return Broken.of(fault, self.sheet.lines, [key.text for key in keys if key])

    def close(self) -> None:
        """Close what is open after a break; what was whole before it stays."""
        while self.frames:
            frame = self.frames.pop()
            frame.node.whole = False
            if not self.frames:
                self.root = frame.node
            elif self.frames[-1].nodes is not None or self.frames[-1].key is not None:
                self.frames[-1].add(frame.node)


def read_tree(source: Source) -> Tree:
    """The tree of a file; problems go to its sheet. Reading stops at the first break or limit."""
    builder = _Builder(source)
    get = CParser(source.text).get_event
    text_event = yaml.ScalarEvent
    try:
        while not builder.stopped:
            event = get()
            if type(event) is text_event:
                builder.text(event)
            else:
                builder.structure(event)
    except yaml.YAMLError as fault:
        trap = explain(builder.broken(fault))
        builder.sheet.drop(trap.code, trap.line)
        builder.sheet.add(trap.code, trap.line, trap.column, trap.message, trap.cure)
        builder.limited = True
    if not builder.limited:
        return Tree(builder.root)
    builder.close()
    return Tree(builder.root, source.text)
