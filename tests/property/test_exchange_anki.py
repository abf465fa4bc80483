"""Whatever a question says, Anki's formats give it back; whatever bytes come, they never raise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from keykata.bank.model import Option
from keykata.core.safe import safe_text
from keykata.exchange import anki_text, apkg
from keykata.exchange.anki_html import from_html, to_html
from keykata.exchange.model import Shipment
from support.anki_items import question

LETTERS = st.sampled_from(list("ab *`_<>&\"'#[]{}:|=\n\té漢\x1f\u202e;/\\-")) | st.characters(
    exclude_categories=("Cs",)
)
TEXTS = st.text(LETTERS, min_size=1, max_size=40).map(
    lambda text: safe_text(text).replace("\xa0", " ").replace("\r", "").strip() or "x"
)


@given(TEXTS)
def test_markdown_survives_html(text: str) -> None:
    assert from_html(to_html(text)) == text


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_questions_survive_both_formats(data: st.DataObject) -> None:
    rights = [True, *data.draw(st.lists(st.booleans(), min_size=1, max_size=5))]
    options = tuple(Option(text=data.draw(TEXTS), right=right, why=data.draw(TEXTS)) for right in rights)
    made = question(
        stem=data.draw(TEXTS), ask=data.draw(TEXTS), options=options, explanation=data.draw(TEXTS), fixed=True
    )
    shipped = Shipment(name="x", questions={"saa:q1": made}, stamp=5)
    for format_ in (apkg, anki_text):
        [got] = format_.read(format_.write(shipped).data).questions
        assert got.text == f"{made.stem}\n\n{made.ask}"
        assert tuple((o.text, o.right, o.why) for o in got.options) == tuple(
            (o.text, o.right, o.why) for o in options
        )
        assert (got.explanation, got.fixed, got.refs) == (made.explanation, True, made.refs)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"#html:true\n{text}".encode()))
def test_no_bytes_raise(data: bytes) -> None:
    apkg.read(data)
    anki_text.read(data)
