"""Moodle XML: multiple-choice questions in and out; other types and broken files become findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, ParseError, SubElement, TreeBuilder, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from keykata.bank.model import Question
from keykata.core.safe import safe_line
from keykata.exchange.html_markdown import markdown_of
from keykata.exchange.html_text import html_of
from keykata.exchange.limits import MOST_BYTES
from keykata.exchange.model import Export, Finding, ForeignOption, ForeignQuestion, Harvest, Shipment

MOST_DEPTH = 64
_LINE = " line"  # no attribute can begin with a space
_NO_XML = re.compile("[\ufffe\uffff]")


class _TooDeepError(ValueError):
    """Elements within elements beyond `MOST_DEPTH`."""


class _Lines(TreeBuilder):
    """A tree whose elements remember, in an attribute no file can have, the line they start on."""

    line_now: Callable[[], int]
    depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise _TooDeepError
        if tag == "question":
            attrs = {**attrs, _LINE: str(self.line_now())}
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def _text(node: Element | None) -> str:
    return markdown_of(node.findtext("text") or "") if node is not None else ""


def _fraction(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _question(node: Element) -> ForeignQuestion:
    options = tuple(
        ForeignOption(text=_text(answer), right=_fraction(answer) > 0, why=_text(answer.find("feedback")))
        for answer in node.findall("answer")
    )
    tags = [safe_line(tag.findtext("text") or "").strip() for tag in node.findall("tags/tag")]
    return ForeignQuestion(
        text=_text(node.find("questiontext")),
        options=options,
        key=safe_line(node.findtext("idnumber") or "").strip(),
        explanation=_text(node.find("generalfeedback")),
        tags=tuple(tag for tag in tags if tag),
        fixed=(node.findtext("shuffleanswers") or "1").strip() in {"0", "false"},
        line=int(node.get(_LINE, "0")),
    )


def _failed(message: str, hint: str, line: int = 0) -> Harvest:
    return Harvest(findings=(Finding(severity="error", message=message, hint=hint, line=line),))


def _harvest(root: Element) -> Harvest:
    questions, findings = [], []
    for number, node in enumerate(root.findall("question"), 1):
        kind = node.get("type", "")
        if kind == "multichoice":
            questions.append(_question(node))
        elif kind != "category":
            what = f"A question of type {safe_line(kind)!r} is not read; only multichoice is."
            findings.append(
                Finding(
                    severity="error", message=what, line=int(node.get(_LINE, "0")), where=f"question {number}"
                )
            )
    return Harvest(questions=tuple(questions), findings=tuple(findings))


def read(data: bytes) -> Harvest:
    """The multiple-choice questions of at most `MOST_BYTES` of Moodle XML; never raises for bad input."""
    if len(data) > MOST_BYTES:
        return _failed(f"The file has more than {MOST_BYTES} bytes.", "Split it into smaller files.")
    target = _Lines()
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    target.line_now = lambda: int(parser.parser.CurrentLineNumber)
    try:
        parser.feed(data)
        root = parser.close()
    except ParseError as error:
        return _failed("This is not well-formed XML.", "Export it from Moodle again.", error.position[0])
    except DefusedXmlException:
        return _failed("The file declares a document type or entities.", "Remove the DOCTYPE.")
    except _TooDeepError:
        return _failed(f"Elements nest deeper than {MOST_DEPTH}.", "Export it from Moodle again.")
    except (ValueError, LookupError):
        return _failed("The encoding of the file is not known.", "Save it as UTF-8.")
    if root.tag != "quiz":
        return _failed("This is XML, but no Moodle quiz.", "Export it as Moodle XML.")
    return _harvest(root)


def _put(parent: Element, tag: str, markdown: str) -> None:
    SubElement(SubElement(parent, tag, format="html"), "text").text = _NO_XML.sub("\ufffd", html_of(markdown))


def _write_question(quiz: Element, key: str, question: Question) -> None:
    node = SubElement(quiz, "question", type="multichoice")
    SubElement(SubElement(node, "name"), "text").text = key
    _put(node, "questiontext", f"{question.stem}\n\n{question.ask}")
    _put(node, "generalfeedback", question.explanation)
    SubElement(node, "idnumber").text = key
    SubElement(node, "single").text = "true" if question.selects == 1 else "false"
    SubElement(node, "shuffleanswers").text = "0" if question.fixed else "1"
    share = f"{100 / max(question.selects, 1):.5f}".rstrip("0").rstrip(".")
    wrong = "0" if question.selects == 1 else f"-{share}"
    for option in question.options:
        answer = SubElement(node, "answer", fraction=share if option.right else wrong, format="html")
        SubElement(answer, "text").text = _NO_XML.sub("\ufffd", html_of(option.text))
        _put(answer, "feedback", option.why)
    tags = SubElement(node, "tags")
    for topic in question.topics:
        SubElement(SubElement(tags, "tag"), "text").text = safe_line(topic)


def write(shipment: Shipment) -> Export:
    """The questions as Moodle XML in UTF-8; terms, and references of questions, are named as left out."""
    quiz = Element("quiz")
    findings = []
    for key, question in shipment.questions.items():
        _write_question(quiz, key, question)
        if question.refs:
            findings.append(Finding(severity="warning", message="The references were left out.", where=key))
    for key in shipment.terms:
        what = "Moodle XML holds questions only; the term was left out."
        findings.append(Finding(severity="error", message=what, where=key))
    return Export(data=tostring(quiz, encoding="utf-8", xml_declaration=True), findings=tuple(findings))
