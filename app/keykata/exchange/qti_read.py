"""Reading QTI 3.0, 2.2 and 2.1: choice items, alone or in a package with a manifest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from keykata.core.safe import safe_line
from keykata.exchange.archive import UnreadableError, is_inside, member_bytes, zip_of
from keykata.exchange.html_markdown import markdown_of, pictures_in
from keykata.exchange.limits import MB, MOST_BYTES
from keykata.exchange.model import Finding, FindingSeverity, ForeignOption, ForeignQuestion, Harvest
from keykata.exchange.shared_tags import told_by
from keykata.exchange.xml_tree import line_of, tree_of

MOST_FILES = 20_000
MOST_UNPACKED = 64 * MB
_ITEM = "assessmentitem"
_NOT_TEXT = frozenset({"choiceinteraction", "feedbackinline", "feedbackblock", "rubricblock"})
_VOID = frozenset({"br", "hr", "img"})
_OWN_KEY = re.compile(r"kk\.([a-z0-9-]+)\.([a-z0-9-]+)\Z")


def _name(tag: str) -> str:
    """A name that is the same in all versions: `qti-simple-choice` and `simpleChoice` are `simplechoice`."""
    return tag.rpartition("}")[2].lower().removeprefix("qti-").replace("-", "")


def _get(node: Element, name: str) -> str:
    """An attribute by the name that is the same in all versions, "" without it."""
    return next((value.strip() for key, value in node.attrib.items() if _name(key) == name), "")


def _all(node: Element, *names: str) -> list[Element]:
    return [one for one in node.iter() if _name(one.tag) in names]


def _html(node: Element) -> str:
    """The HTML inside an element, without the choices and feedback in it."""
    return escape(node.text or "") + "".join(_tagged(child) + escape(child.tail or "") for child in node)


def _tagged(node: Element) -> str:
    name = _name(node.tag)
    if name in _NOT_TEXT:
        return ""
    held = "".join(f' {key}="{escape(node.get(key, ""))}"' for key in ("href", "src", "alt") if node.get(key))
    return f"<{name}{held}>" if name in _VOID else f"<{name}{held}>{_html(node)}</{name}>"


def _text(nodes: list[Element]) -> str:
    return "\n\n".join(text for node in nodes if (text := markdown_of(_html(node))))


def _right(item: Element, response: str) -> frozenset[str]:
    """The identifiers of the right choices: the response declared correct, else what scores above zero."""
    for declared in _all(item, "responsedeclaration"):
        if _get(declared, "identifier") != response:
            continue
        values = [(v.text or "").strip() for c in _all(declared, "correctresponse") for v in _all(c, "value")]
        scored = [
            _get(e, "mapkey") for e in _all(declared, "mapentry") if _is_positive(_get(e, "mappedvalue"))
        ]
        return frozenset(values or scored) - {""}
    return frozenset()


def _is_positive(number: str) -> bool:
    try:
        return float(number) > 0
    except ValueError:
        return False


class _Told:
    """The feedback of an item: reasons by choice, and what belongs to the whole."""

    def __init__(self, item: Element, choices: list[Element]) -> None:
        own = {_get(choice, "identifier"): choice for choice in choices}
        self.reasons = {
            name: _text(_all(choice, "feedbackinline", "feedbackblock")) for name, choice in own.items()
        }
        general = []
        for modal in _all(item, "modalfeedback"):
            name = _get(modal, "identifier")
            if name in self.reasons and not self.reasons[name]:
                self.reasons[name] = _text([modal])
            else:
                general.append(modal)
        self.explanation = _text(general)


def _question(
    item: Element, where: str, tags: tuple[str, ...], findings: list[Finding]
) -> ForeignQuestion | None:
    def find(severity: FindingSeverity, message: str) -> None:
        findings.append(Finding(severity=severity, message=message, line=line_of(item), where=where))

    interactions = [node for node in item.iter() if _name(node.tag).endswith("interaction")]
    if len(interactions) != 1 or _name(interactions[0].tag) != "choiceinteraction":
        kinds = (
            ", ".join(sorted({safe_line(_name(node.tag)) for node in interactions})) or "nothing to choose"
        )
        find("error", f"An item of one choice is read, this one holds: {kinds}; it was left out.")
        return None
    (interaction,) = interactions
    choices = _all(interaction, "simplechoice")
    right = _right(item, _get(interaction, "responseidentifier"))
    names = [_get(choice, "identifier") for choice in choices]
    if not right <= set(names) or any(names.count(name) > 1 for name in right):
        find("error", "Its right answer names no choice, or two of one name; it was left out.")
        return None
    told = _Told(item, choices)
    options = tuple(
        ForeignOption(
            text=markdown_of(_html(choice)),
            right=_get(choice, "identifier") in right,
            why=told.reasons[_get(choice, "identifier")],
        )
        for choice in choices
    )
    stem = _text([*_all(item, "itembody"), *_all(interaction, "prompt")])
    if not stem or not any(option.right for option in options):
        find("error", "The item has no text or no right choice; it was left out.")
        return None
    if pictures := sum(pictures_in(_html(node)) for node in _all(item, "itembody", "prompt", "simplechoice")):
        find("warning", f"{pictures} pictures were left out.")
    task, level, fixed, rest = told_by(tags)
    own = _OWN_KEY.match(key := safe_line(_get(item, "identifier")))
    return ForeignQuestion(
        text=stem,
        options=options,
        key=f"{own.group(1)}:{own.group(2)}" if own else key,
        explanation=told.explanation,
        task=task,
        level=level,
        tags=rest,
        fixed=fixed
        or _get(interaction, "shuffle") == "false"
        or any(_get(c, "fixed") == "true" for c in choices),
        line=line_of(item),
    )


def _items(
    root: Element, where: str, tags: tuple[str, ...], findings: list[Finding]
) -> Iterator[ForeignQuestion]:
    for item in _all(root, _ITEM):
        if question := _question(item, where, tags, findings):
            yield question


def _failed(message: str, hint: str, where: str = "") -> Harvest:
    return Harvest(findings=(Finding(severity="error", message=message, hint=hint, where=safe_line(where)),))


def read(data: bytes) -> Harvest:
    """The choice items of an XML file or a zip package; what cannot be read is a finding."""
    if not data.startswith(b"PK"):
        return _read_file(data)
    try:
        return _read_package(data)
    except UnreadableError as error:
        what = f"{safe_line(error.where) or 'The package'} {error}."
        return _failed(what, "Export the package again.", error.where)


def _read_file(data: bytes) -> Harvest:
    root = tree_of(data)
    if isinstance(root, Finding):
        return Harvest(findings=(root,))
    if not _all(root, _ITEM):
        return _failed("This XML holds no QTI item.", "Import the whole package, or a file of one item.")
    findings: list[Finding] = []
    questions = tuple(_items(root, "", (), findings))
    return Harvest(questions=questions, findings=tuple(findings))


def _tags(manifest: Element) -> dict[str, tuple[str, ...]]:
    """The keywords of each file that the manifest names."""
    out: dict[str, tuple[str, ...]] = {}
    for resource in _all(manifest, "resource"):
        words = [part.text or "" for word in _all(resource, "keyword") for part in word.iter()]
        kept = tuple(safe_line(word.strip()) for word in words if word.strip())
        out |= dict.fromkeys(
            [_get(resource, "href"), *(_get(f, "href") for f in _all(resource, "file"))], kept
        )
    return out


def _read_package(data: bytes) -> Harvest:
    findings: list[Finding] = []
    questions: list[ForeignQuestion] = []
    left = MOST_UNPACKED
    with zip_of(data, MOST_FILES) as archive:
        names = sorted(dict.fromkeys(archive.namelist()), key=lambda name: (name != "imsmanifest.xml", name))
        tags: dict[str, tuple[str, ...]] = {}
        for name in names:
            if not name.lower().endswith(".xml"):
                continue
            if not is_inside(name):
                what = "The name of a file points outside the package; it was left out."
                findings.append(Finding(severity="error", message=what, where=safe_line(name)))
                continue
            if left <= 0:
                raise UnreadableError(f"unpacks to more than {MOST_UNPACKED // MB} MB")
            content = member_bytes(archive, name, min(MOST_BYTES, left))
            left -= len(content)
            root = tree_of(content)
            if isinstance(root, Finding):
                findings.append(_placed(root, name))
            elif _name(root.tag) == "manifest":
                tags = _tags(root)
            else:
                questions += _items(root, safe_line(name), tags.get(name, ()), findings)
    if not questions and not findings:
        return _failed("The package holds no QTI item.", "Export it as QTI 2.1, 2.2 or 3.0.")
    return Harvest(questions=tuple(questions), findings=tuple(findings))


def _placed(finding: Finding, name: str) -> Finding:
    return Finding(
        severity=finding.severity,
        message=finding.message,
        hint=finding.hint,
        line=finding.line,
        where=safe_line(name),
    )
