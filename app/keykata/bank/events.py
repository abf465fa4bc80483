"""The YAML reader: libyaml's event stream into a tree with places, under limits.

Never `load` or `compose`: composing 100,000 nested lists overflows the stack, while events stop at the limit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import yaml
from yaml._yaml import CParser

from keykata.bank.findings import quoted
from keykata.bank.nodes import ListNode, MapNode, Node, TextNode, Tree, name_of
from keykata.bank.source import Source, unseen
from keykata.bank.traps import Broken, explain
from keykata.core.safe import is_safe, safe_text

MAX_DEPTH = 32
MAX_VALUES = 200_000
MAX_TEXT = 20_000
_COMMENT = re.compile(r"[ \t]+#")
Event = Any  # the stubs let marks be None; those of libyaml's events never are
_QUOTE = "Put the text in quotes, or put `|` and a new line before it."


class _Builder:
    """Builds the tree from events; `stopped` when the document ended or a limit was reached."""

    def __init__(self, source: Source) -> None:
        self.sheet = source.sheet
        self.odd = source.odd
        self.documents = 0
        self.stopped = False
        self.limited = False
        self.open: list[tuple[MapNode | ListNode, TextNode | None]] = []
        text = source.text
        self.comments = " #" in text or "\t#" in text
        self.careful = self.odd or self.comments or any(sign in text for sign in "&!\\")

    def limit(self, line: int, column: int, message: str, hint: str) -> None:
        """Stop reading at a limit."""
        self.sheet.add("yaml-limit", line, column, message, hint)
        self.stopped = self.limited = True

    def crowded(self, node: Node) -> None:
        """Stop: more values than a file may hold."""
        message = f"The file holds more than {MAX_VALUES:,} values; the rest is not read."
        self.limit(node.line, node.column, message, "Split it into several files.")

    def inspect(self, event: Event, node: TextNode) -> None:
        """The rarer troubles of a text: anchors, tags, comments that cut it, controls, length."""
        if event.anchor is not None or event.tag is not None:
            self.marked(event)
        if self.comments and not node.style:
            end = event.end_mark
            if end.line < len(self.sheet.lines):
                match = _COMMENT.match(self.sheet.lines[end.line], end.column)
                node.cut = match.end() - 1 if match else -1
        if (self.odd or node.style == '"') and not is_safe(node.text):
            self.sheet.at(node, "text-control", *unseen(node.text), severity="warning")
            node.text = safe_text(node.text)
        if len(node.text) > MAX_TEXT:
            message = f"A text of {len(node.text):,} characters; {MAX_TEXT:,} is the limit."
            self.limit(node.line, node.column, message, "Shorten it; look for a quote that never ends.")

    def marked(self, event: Event) -> None:
        """An anchor or a tag on a value."""
        mark = event.start_mark
        if event.anchor is not None:
            message = f"`&{quoted(event.anchor)}` is read as an anchor; the format has none."
            self.sheet.add("yaml-anchor", mark.line, mark.column, message, _QUOTE)
        elif event.tag is not None:
            message = "`!` at the start of a value is read as a tag; the format has none."
            self.sheet.add("yaml-tag", mark.line, mark.column, message, _QUOTE)

    def begin(self, event: Event, depth: int) -> ListNode | MapNode:
        """A list or a mapping begins under so many others."""
        mark = event.start_mark
        if self.careful and (event.anchor is not None or event.tag is not None):
            self.marked(event)
        if depth > MAX_DEPTH:
            message = f"The values stand more than {MAX_DEPTH} levels deep; the rest of the file is not read."
            self.limit(
                mark.line, mark.column, message, "Close the brackets, or quote the text they belong to."
            )
        if type(event) is yaml.SequenceStartEvent:
            return ListNode(mark.line, mark.column, [])
        return MapNode(mark.line, mark.column, {})

    def other(self, event: Event) -> TextNode | None:
        """The rarer events: an alias (as text), documents, the end."""
        kind = type(event)
        mark = event.start_mark
        if kind is yaml.AliasEvent:
            message = f"`*{quoted(event.anchor)}` is read as an alias; the format has none."
            self.sheet.add("yaml-alias", mark.line, mark.column, message, _QUOTE)
            return TextNode("*" + quoted(event.anchor), mark.line, mark.column)
        if kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                message = "A second document begins here (`---`); only the first is read."
                self.sheet.add("yaml-second-document", mark.line, mark.column, message, "Use two files.")
                self.stopped = True
        elif kind is yaml.StreamEndEvent:
            self.stopped = True
        return None

    def name(self, node: Node) -> TextNode:
        """A node that stands where a name belongs."""
        if type(node) is TextNode:
            if node.text == "<<" and not node.style:
                hint = "Write the fields out, or use `defaults:`."
                self.sheet.at(node, "yaml-merge-key", "Merge keys (`<<`) are no part of the format.", hint)
            return node
        message = "A name before `:` is a list or a mapping; it must be text."
        self.sheet.at(node, "yaml-brackets", message, _QUOTE)
        return TextNode("", node.line, node.column)

    def repeated(self, key: TextNode, above: Node) -> None:
        """A name that stands twice; in `questions` it is the id of an item."""
        first = name_of(above).line + 1
        field = self.open[1][1] if len(self.open) == 2 else None
        code = "dup-id" if field is not None and field.text == "questions" else "yaml-duplicate-key"
        message = f"`{quoted(key.text)}` stands here a second time (first on line {first})."
        self.sheet.at(key, code, message, "Keep one of the two, or give one another name.")

    def build(self, get: Callable[[], Event]) -> Node | None:
        """The tight loop: events into nodes. After a break what is open is closed and marked as not whole."""
        top = ListNode(0, 0, [])
        here: MapNode | ListNode = top
        key: TextNode | None = None
        node: Node | None
        text: TextNode | None = None
        count, careful, stack = 0, self.careful, self.open
        text_event, ends = yaml.ScalarEvent, (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        starts = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
        try:
            while not self.stopped:
                event = get()
                kind = type(event)
                if kind is text_event:
                    mark, value = event.start_mark, event.value
                    node = text = TextNode(value, mark.line, mark.column, event.style)
                    if careful or len(value) > MAX_TEXT:
                        self.inspect(event, text)
                elif kind in starts:
                    stack.append((here, key))
                    here, key = self.begin(event, len(stack)), None
                    continue
                elif kind in ends:
                    node = here
                    if type(node) is MapNode:
                        node.end_line, node.end_column = event.start_mark.line, event.start_mark.column
                    here, key = stack.pop()
                else:
                    node = self.other(event)
                    if node is None:
                        continue
                count += 1
                if count > MAX_VALUES:
                    self.crowded(node)
                if isinstance(here, ListNode):
                    here.nodes.append(node)
                elif key is None:
                    key = self.name(node) if type(node) is not TextNode or node.text == "<<" else node
                else:
                    if key.text in here.entries:
                        self.repeated(key, here.entries[key.text])
                    else:
                        node.key = key
                        here.entries[key.text] = node
                    key = None
        except yaml.YAMLError as fault:
            self.broke(fault, text, [waiting for _, waiting in (*stack, (here, key))])
        if self.limited:
            _close(here, stack)
        return top.nodes[0] if top.nodes else None

    def broke(self, fault: yaml.YAMLError, last: TextNode | None, keys: Iterable[TextNode | None]) -> None:
        """The one problem for the rest of a file that cannot be read."""
        quote = (last.line, last.column) if last is not None and last.style in {"'", '"'} else None
        names = [key.text for key in keys if key is not None]
        trap = explain(Broken.of(fault, self.sheet.lines, names, quote))
        self.sheet.drop(trap.code, trap.line)
        self.sheet.add(trap.code, trap.line, trap.column, trap.message, trap.cure)
        self.limited = True


def _close(here: MapNode | ListNode, stack: list[tuple[MapNode | ListNode, TextNode | None]]) -> None:
    """Put what is open into what holds it, marked as not whole."""
    for outer, key in reversed(stack):
        here.whole = False
        if isinstance(outer, ListNode):
            outer.nodes.append(here)
        elif key is not None and key.text not in outer.entries:
            here.key = key
            outer.entries[key.text] = here
        here = outer


def read_tree(source: Source) -> Tree:
    """The tree of a file; problems go to its sheet. Reading stops at the first break or limit."""
    builder = _Builder(source)
    root = builder.build(CParser(source.text).get_event)
    return Tree(root, source.text if builder.limited else "")
