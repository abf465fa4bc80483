"""Moodle XML: multiple-choice questions in and out; other types and broken files become findings."""

from __future__ import annotations

from math import isfinite, isnan, nan
from xml.etree.ElementTree import Element, SubElement, tostring

from keykata.bank.model import Question
from keykata.core.safe import safe_line
from keykata.exchange.html_markdown import markdown_of, pictures_in
from keykata.exchange.html_text import html_of, xml_text
from keykata.exchange.lost import EACH_ALONE, PARTS, terms_lost
from keykata.exchange.model import (
    Export,
    Finding,
    FindingSeverity,
    ForeignOption,
    ForeignQuestion,
    Harvest,
    Shipment,
)
from keykata.exchange.shared_tags import tags_of, told_by
from keykata.exchange.xml_tree import line_of, tree_of


def _text(node: Element | None) -> str:
    return markdown_of(node.findtext("text") or "") if node is not None else ""


def _fraction(answer: Element) -> float:
    """What an answer earns, in percent of the mark; `nan` for what is no number."""
    try:
        found = float(answer.get("fraction") or "0")
    except ValueError:
        return nan
    return found if isfinite(found) else nan


def _rights(node: Element) -> tuple[list[bool], str]:
    """Which answers are right, and what was changed to say so: of a single choice only the highest is."""
    fractions = [_fraction(answer) for answer in node.findall("answer")]
    single = (node.findtext("single") or "true").strip().lower() in {"true", "1"}
    if not single or not fractions:
        return [fraction > 0 for fraction in fractions], ""
    best = max(fractions)
    right = [fraction == best > 0 for fraction in fractions]
    if any(0 < fraction < best for fraction in fractions):
        return right, PARTS
    return right, EACH_ALONE if sum(right) > 1 else ""


def _question(node: Element, where: str, findings: list[Finding]) -> ForeignQuestion | None:
    def find(severity: FindingSeverity, message: str) -> None:
        findings.append(Finding(severity=severity, message=message, line=line_of(node), where=where))

    if any(isnan(_fraction(answer)) for answer in node.findall("answer")):
        find("error", "What an answer earns is no number; the question was left out.")
        return None
    rights, changed = _rights(node)
    text = _text(node.find("questiontext"))
    if not text or not any(rights):
        find("error", "The question has no text or no right answer; it was left out.")
        return None
    if changed:
        find("warning", changed)
    if pictures := sum(pictures_in(one.text or "") for one in node.iter("text")):
        find("warning", f"{pictures} pictures and sounds were left out.")
    options = tuple(
        ForeignOption(text=_text(answer), right=right, why=_text(answer.find("feedback")))
        for answer, right in zip(node.findall("answer"), rights, strict=True)
    )
    tags = [safe_line(tag.findtext("text") or "").strip() for tag in node.findall("tags/tag")]
    task, level, fixed, rest = told_by(tag for tag in tags if tag)
    return ForeignQuestion(
        text=text,
        options=options,
        key=safe_line(node.findtext("idnumber") or "").strip(),
        explanation=_text(node.find("generalfeedback")),
        task=task,
        level=level,
        tags=rest,
        fixed=fixed or (node.findtext("shuffleanswers") or "1").strip() in {"0", "false"},
        line=line_of(node),
    )


def _harvest(root: Element) -> Harvest:
    questions: list[ForeignQuestion] = []
    findings: list[Finding] = []
    for number, node in enumerate(root.findall("question"), 1):
        kind = node.get("type", "")
        if kind == "multichoice":
            question = _question(node, f"question {number}", findings)
            questions += [question] if question else []
        elif kind != "category":
            what = f"A question of type {safe_line(kind)!r} is not read; only multichoice is."
            findings.append(
                Finding(severity="error", message=what, line=line_of(node), where=f"question {number}")
            )
    return Harvest(questions=tuple(questions), findings=tuple(findings))


def read(data: bytes) -> Harvest:
    """The multiple-choice questions of Moodle XML; never raises for bad input."""
    root = tree_of(data)
    if isinstance(root, Finding):
        return Harvest(findings=(root,))
    if root.tag != "quiz":
        hint = "Export it as Moodle XML."
        wrong = Finding(severity="error", message="This is XML, but no Moodle quiz.", hint=hint)
        return Harvest(findings=(wrong,))
    return _harvest(root)


def _put(parent: Element, tag: str, markdown: str) -> None:
    SubElement(SubElement(parent, tag, format="html"), "text").text = xml_text(html_of(markdown))


def _write_question(quiz: Element, key: str, question: Question) -> None:
    node = SubElement(quiz, "question", type="multichoice")
    SubElement(SubElement(node, "name"), "text").text = key
    _put(node, "questiontext", f"{question.stem}\n\n{question.ask}")
    _put(node, "generalfeedback", question.explanation)
    SubElement(node, "defaultgrade").text = "1"
    SubElement(node, "penalty").text = "0"
    SubElement(node, "idnumber").text = key
    SubElement(node, "single").text = "true" if question.selects == 1 else "false"
    SubElement(node, "shuffleanswers").text = "false" if question.fixed else "true"
    SubElement(node, "answernumbering").text = "ABCD"
    share = f"{100 / max(question.selects, 1):.5f}".rstrip("0").rstrip(".")
    wrong = "0" if question.selects == 1 else f"-{share}"
    for option in question.options:
        answer = SubElement(node, "answer", fraction=share if option.right else wrong, format="html")
        SubElement(answer, "text").text = xml_text(html_of(option.text))
        _put(answer, "feedback", option.why)
    tags = SubElement(node, "tags")
    for word in tags_of(question):
        SubElement(SubElement(tags, "tag"), "text").text = safe_line(word)


def write(shipment: Shipment) -> Export:
    """The questions as Moodle XML in UTF-8; terms, and references of questions, are named as left out."""
    quiz = Element("quiz")
    findings = []
    for key, question in shipment.questions.items():
        _write_question(quiz, key, question)
        if question.refs:
            findings.append(Finding(severity="warning", message="The references were left out.", where=key))
    findings += terms_lost(shipment, "Moodle XML")
    return Export(data=tostring(quiz, encoding="utf-8", xml_declaration=True), findings=tuple(findings))
