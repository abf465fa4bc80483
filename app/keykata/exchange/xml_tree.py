"""XML of other programs as a tree, bounded; its elements know their lines, hostile files become a finding."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from keykata.exchange.limits import MOST_BYTES
from keykata.exchange.model import Finding

MOST_DEPTH = 64
MOST_ELEMENTS = 500_000
_LINE = " line"  # no attribute of a file can begin with a space


class _TooMuchError(ValueError):
    """More elements, or deeper ones, than are read; the message says which."""


class _Lines(TreeBuilder):
    """A tree whose elements remember the line they start on."""

    line_now: Callable[[], int]
    depth = 0
    count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        self.count += 1
        if self.depth > MOST_DEPTH:
            raise _TooMuchError(f"Elements nest deeper than {MOST_DEPTH}.")
        if self.count > MOST_ELEMENTS:
            raise _TooMuchError(f"The file has more than {MOST_ELEMENTS:,} elements.")
        return super().start(tag, {**attrs, _LINE: str(self.line_now())})

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def line_of(node: Element) -> int:
    """The line an element starts on, from 1."""
    return int(node.get(_LINE, "0"))


def _failed(message: str, hint: str, line: int = 0) -> Finding:
    return Finding(severity="error", message=message, hint=hint, line=line)


def tree_of(data: bytes) -> Element | Finding:
    """The root of at most `MOST_BYTES` of XML, or an error finding; never raises for bad input."""
    if len(data) > MOST_BYTES:
        return _failed(f"The file has more than {MOST_BYTES} bytes.", "Split it into smaller files.")
    target = _Lines()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    target.line_now = lambda: int(parser.parser.CurrentLineNumber)
    again = "Export it again from the program it comes from."
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as error:
        return _failed("This is not well-formed XML.", again, error.position[0])
    except DefusedXmlException:
        return _failed("The file declares a document type or entities.", "Remove the DOCTYPE.")
    except _TooMuchError as error:
        return _failed(str(error), again)
    except (ValueError, LookupError):
        return _failed("The encoding of the file is not known.", "Save it as UTF-8.")
    return root
