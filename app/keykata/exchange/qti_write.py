"""Writing QTI 3.0: a zip of one item a file and `imsmanifest.xml`, the same bytes for the same items."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml.ElementTree import fromstring

from keykata.bank.model import Question
from keykata.core.safe import safe_line
from keykata.exchange.html_text import html_of, xml_text
from keykata.exchange.lost import terms_lost
from keykata.exchange.model import Export, Finding, Shipment
from keykata.exchange.shared_tags import tags_of

_SPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_MATCH = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _prose(parent: Element, markdown: str) -> None:
    """Put a Markdown text into an element, as the HTML elements it makes."""
    held = fromstring(xml_text(f"<div>{html_of(markdown)}</div>"))
    parent.text = held.text
    parent.extend(held)


def _item(key: str, question: Question) -> bytes:
    many = "multiple" if question.selects > 1 else "single"
    item = Element(
        "qti-assessment-item",
        {
            "xmlns": _SPACE,
            "identifier": _identifier(key),
            "title": safe_line(key),
            "adaptive": "false",
            "time-dependent": "false",
            "xml:lang": "en",
        },
    )
    response = {"identifier": "RESPONSE", "cardinality": many, "base-type": "identifier"}
    correct = SubElement(SubElement(item, "qti-response-declaration", response), "qti-correct-response")
    for letter, option in zip(_LETTERS, question.options, strict=False):
        if option.right:
            SubElement(correct, "qti-value").text = letter
    score = {"identifier": "SCORE", "cardinality": "single", "base-type": "float"}
    start = SubElement(SubElement(item, "qti-outcome-declaration", score), "qti-default-value")
    SubElement(start, "qti-value").text = "0"
    feedback = {"identifier": "FEEDBACK", "cardinality": "multiple", "base-type": "identifier"}
    SubElement(item, "qti-outcome-declaration", feedback)
    body = SubElement(item, "qti-item-body")
    _prose(body, question.stem)
    _choices(body, question)
    SubElement(item, "qti-response-processing", template=_MATCH)
    if question.explanation:
        _prose(_feedback(item, "qti-modal-feedback", "EXPLANATION"), question.explanation)
    return _bytes(item)


def _choices(body: Element, question: Question) -> None:
    count = str(max(question.selects, 1))
    said = {
        "response-identifier": "RESPONSE",
        "shuffle": "false" if question.fixed else "true",
        "max-choices": count,
        "min-choices": count,
    }
    interaction = SubElement(body, "qti-choice-interaction", said)
    _prose(SubElement(interaction, "qti-prompt"), question.ask)
    for letter, option in zip(_LETTERS, question.options, strict=False):
        choice = SubElement(interaction, "qti-simple-choice", identifier=letter)
        _prose(choice, option.text)
        if option.why:
            _prose(_feedback(choice, "qti-feedback-block", letter), option.why)


def _feedback(parent: Element, name: str, identifier: str) -> Element:
    """The body of a new feedback element."""
    said = {"outcome-identifier": "FEEDBACK", "show-hide": "show", "identifier": identifier}
    return SubElement(SubElement(parent, name, said), "qti-content-body")


def _identifier(key: str) -> str:
    """The full id as a name of XML, which neither begins with a digit nor holds a colon."""
    return "kk." + key.replace(":", ".")


def _bytes(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _manifest(shipment: Shipment) -> bytes:
    root = Element("manifest", {"xmlns": _PACKAGE, "identifier": "kk.package"})
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = "QTI Package"
    SubElement(about, "schemaversion").text = "3.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for key, question in shipment.questions.items():
        href = f"items/{_identifier(key)}.xml"
        said = {"identifier": _identifier(key), "type": "imsqti_item_xmlv3p0", "href": href}
        resource = SubElement(resources, "resource", said)
        lom = SubElement(SubElement(resource, "metadata"), "lom", xmlns=_LOM)
        general = SubElement(lom, "general")
        for word in tags_of(question):
            SubElement(SubElement(general, "keyword"), "string", language="en").text = safe_line(word)
        SubElement(resource, "file", href=href)
    indent(root)
    return _bytes(root)


def write(shipment: Shipment) -> Export:
    """A package of the questions; the same shipment gives the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        files = [("imsmanifest.xml", _manifest(shipment))]
        files += [(f"items/{_identifier(key)}.xml", _item(key, q)) for key, q in shipment.questions.items()]
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return Export(data=out.getvalue(), findings=(*_told(shipment), *terms_lost(shipment, "QTI")))


def _told(shipment: Shipment) -> tuple[Finding, ...]:
    questions = shipment.questions.values()
    found = []
    if any(question.explanation or any(o.why for o in question.options) for question in questions):
        what = "Reasons and explanations are in the file, but a player shows them only by rules of its own."
        hint = "Right and wrong are judged by QTI's standard template, which knows no feedback."
        found.append(Finding(severity="note", message=what, hint=hint))
    for key, question in shipment.questions.items():
        if question.refs:
            found.append(Finding(severity="warning", message="The references were left out.", where=key))
    return tuple(found)
