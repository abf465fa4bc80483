"""QTI: what goes out comes back, older versions are read, and hostile packages become findings."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from keykata.exchange import qti
from keykata.exchange.model import Shipment
from keykata.study.importing import format_of
from support.anki_items import question, term

OLD = b"""<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="old-1" title="t"
  adaptive="false" timeDependent="false">
 <responseDeclaration identifier="R" cardinality="single" baseType="identifier">
  <correctResponse><value>b</value></correctResponse></responseDeclaration>
 <itemBody><p>Where?</p><choiceInteraction responseIdentifier="R" shuffle="true" maxChoices="1">
  <simpleChoice identifier="a">Here</simpleChoice>
  <simpleChoice identifier="b">There <feedbackInline identifier="b">Yes.</feedbackInline></simpleChoice>
 </choiceInteraction></itemBody>
</assessmentItem>"""


def _zip(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_written_package_reads_back_and_is_the_same_each_time() -> None:
    made = question(stem='See [it](https://a.b/c):\n\n```\n{"a": 1}\n```', ask="Which?")
    shipment = Shipment(name="x", questions={"saa:q1": made}, terms={"kms:t": term()})
    export = qti.write(shipment)
    assert export.data == qti.write(shipment).data
    assert sum("term" in finding.message for finding in export.findings) == 1
    (back,) = qti.read(export.data).questions
    assert back.text == f"{made.stem}\n\n{made.ask}"
    assert [(o.text, o.right, o.why) for o in back.options] == [
        (o.text, o.right, o.why) for o in made.options
    ]
    assert (back.key, back.explanation, back.task, back.level) == (
        "saa:q1",
        "Because.\n\nTruly.",
        "1.2",
        "apply",
    )
    assert (back.tags, back.fixed) == (made.topics, False)


def test_an_item_of_version_2_is_read() -> None:
    (back,) = qti.read(OLD).questions
    assert (back.key, back.text, back.fixed) == ("old-1", "Where?", False)
    assert [(o.text, o.right, o.why) for o in back.options] == [("Here", False, ""), ("There", True, "Yes.")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"<other/>",
        b'<!DOCTYPE q [<!ENTITY a "b">]><assessmentItem>&a;</assessmentItem>',
        b"<assessmentItem/>",
        _zip(**{"a.txt": b"x"}),
        _zip(**{"../a.xml": OLD}),
        _zip(**{"C:/a.xml": OLD}),
        _zip(**{"a.xml": b"<a>" * 9000}),
        _zip(**{"a.xml": b" " * 5_000_000}),
    ],
)
def test_what_cannot_be_read_is_one_error(data: bytes) -> None:
    harvest = qti.read(data)
    assert not harvest.questions
    assert [finding.severity for finding in harvest.findings] == ["error"]


def test_a_header_that_lies_about_its_size_is_not_believed() -> None:
    data = bytearray(_zip(**{"a.xml": OLD}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    assert not qti.read(bytes(data)).questions


def test_the_first_element_of_an_xml_file_says_its_format(tmp_path: Path) -> None:
    for name, data, form in (("a.xml", OLD, "qti"), ("b.xml", b"<quiz/>", "moodle")):
        (tmp_path / name).write_bytes(data)
        assert format_of(tmp_path / name, None) == form


@pytest.mark.parametrize(
    ("right", "names"),
    [("<value>b</value><value>c</value>", "ab"), ("<value>b</value>", "bb"), ("<value>B</value>", "ab")],
)
def test_a_right_answer_that_names_no_choice_or_two_leaves_the_item_out(right: str, names: str) -> None:
    choices = "".join(f'<simpleChoice identifier="{name}">x</simpleChoice>' for name in names)
    start, end = OLD.decode().split("<simpleChoice", 1)
    end = end[end.index("</choiceInteraction>") :]
    harvest = qti.read(f"{start}{choices}{end}".replace("<value>b</value>", right).encode())
    assert not harvest.questions
    assert [finding.severity for finding in harvest.findings] == ["error"]
