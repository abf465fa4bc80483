"""Items as Anki notes, and notes as items: what the package and the text format share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from keykata.bank.clozes import identities, pieces
from keykata.bank.model import Question, Term
from keykata.exchange.anki_html import from_html, list_html, list_items, to_html
from keykata.exchange.model import Finding, ForeignOption, ForeignQuestion, Shipment
from keykata.exchange.shared_tags import tag, tags_of, told_by

QUESTION_FIELDS = ("Id", "Stem", "Options", "Answer", "Reasons", "Explanation", "Choose", "Source")
TERM_FIELDS = ("Id", "Front", "Back")
CLOZE_FIELDS = ("Id", "Text", "Why")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SOURCE = re.compile(r"</div><div class=['\"]?kk-source['\"]?>")
_WHY = re.compile(r"<div class=['\"]?kk-why['\"]?>")


class Note(NamedTuple):
    """A note to write: its kind (`question`, `term`, `cloze`), identity, deck, fields (HTML) and tags."""

    kind: str
    key: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    clozes: int = 0


def _deck(key: str, part: str) -> str:
    return f"KeyKata::{key.partition(':')[0]}::{part}"


def question_note(key: str, question: Question) -> Note:
    """A question as a note; its task, level and fixed order travel as tags."""
    text = "\n\n".join(part for part in (question.stem.strip(), question.ask.strip()) if part)
    right = [LETTERS[at] for at, option in enumerate(question.options) if option.right]
    fields = (
        to_html(key),
        to_html(text),
        list_html(tuple(option.text for option in question.options)),
        ", ".join(right),
        list_html(tuple(option.why for option in question.options)),
        to_html(question.explanation),
        str(len(right)) if len(right) > 1 else "",
        "<br>".join(_link(ref) for ref in question.refs),
    )
    domain = question.task.partition(".")[0]
    deck = _deck(key, f"Domain {domain}" if domain else "Questions")
    return Note("question", key, deck, fields, tags_of(question))


def _link(ref: str) -> str:
    shown = to_html(ref)
    return f'<a href="{shown}">{shown}</a>' if ref.startswith("https://") and "<" not in shown else shown


def cloze_html(text: str) -> tuple[str, int]:
    """A concept's text with Anki's cloze marks, numbered by first appearance, and how many there are."""
    numbers: dict[str, int] = {}
    out: list[str] = []
    for piece in pieces(text):
        if not piece.cloze:
            out.append(to_html(piece.text))
            continue
        number = numbers.setdefault(piece.cloze, len(numbers) + 1)
        parts = [_inside(part) for part in (piece.text, piece.hint) if part]
        out.append("{{" + f"c{number}::" + "::".join(parts) + "}}")
    return "".join(out), len(numbers)


def _inside(text: str) -> str:
    """HTML that cannot end or split the cloze it stands in."""
    return to_html(text).replace(":", "&#58;").replace("{", "&#123;").replace("}", "&#125;")


def term_notes(key: str, term: Term) -> Iterator[Note]:
    """A term's notes: its definition, a cloze a concept, its FAQs."""
    deck, tags = _deck(key, "Terms"), (tag(key.partition(":")[2]),)
    yield Note("term", key, deck, (to_html(key), to_html(term.name), to_html(term.definition)), tags)
    for concept in term.concepts:
        own = f"{key}/{concept.id}"
        text, clozes = cloze_html(concept.text)
        if clozes:
            yield Note("cloze", own, deck, (to_html(own), text, to_html(concept.why)), tags, clozes)
    for faq in term.faqs:
        own = f"{key}/{faq.id}"
        yield Note("term", own, deck, (to_html(own), to_html(faq.q), to_html(faq.a)), tags)


def notes_of(shipment: Shipment) -> tuple[Note, ...]:
    """Every note of a shipment: questions first, then terms, each in the order given."""
    out = [question_note(key, question) for key, question in shipment.questions.items()]
    for key, term in shipment.terms.items():
        out.extend(term_notes(key, term))
    return tuple(out)


def question_from(
    *, key: str, stem: str, options: str, answer: str, reasons: str, explanation: str, source: str, tags: str
) -> ForeignQuestion | None:
    """Our own question's fields as a question; None if its options or answer do not fit together."""
    texts, whys = list_items(options), list_items(reasons)
    right = {letter.strip().upper() for letter in from_html(answer).split(",")}
    if len(texts) < 2 or not right <= set(LETTERS[: len(texts)]):
        return None
    task, level, fixed, rest = told_by(tags.split())
    return ForeignQuestion(
        text=from_html(stem),
        options=tuple(
            ForeignOption(text=text, right=LETTERS[at] in right, why=whys[at] if at < len(whys) else "")
            for at, text in enumerate(texts)
        ),
        key=from_html(key),
        explanation=from_html(explanation),
        task=task,
        level=level,
        tags=rest,
        refs=tuple(line.strip() for line in from_html(source).split("\n") if line.strip()),
        fixed=fixed,
    )


def two_sides(note: Note) -> tuple[str, str]:
    """Front and back of a note for the note types every Anki has, Basic and Cloze."""
    if note.kind != "question":
        return note.fields[1], note.fields[2]
    _, stem, options, answer, reasons, explanation, _, source = note.fields
    why = f'<div class="kk-why">{explanation}</div><div class="kk-source">{source}</div>'
    return f"{stem}{options}", f"<b>{answer}</b>{reasons}{why}"


def question_of_sides(key: str, front: str, back: str, tags: str) -> ForeignQuestion | None:
    """The question whose `two_sides` these are, if they are."""
    front, back = front.strip(), back.strip()
    at = front.find("<ol")
    answer, _, rest = back.removeprefix("<b>").partition("</b>")
    reasons, _, rest = rest.partition("</ol>")
    told = _SOURCE.split(rest.removesuffix("</div>"), maxsplit=1)
    why = _WHY.match(told[0])
    if (
        at < 0
        or not front.endswith("</ol>")
        or not reasons.startswith("<ol")
        or why is None
        or len(told) != 2
    ):
        return None
    return question_from(
        key=to_html(key),
        stem=front[:at],
        options=front[at:],
        answer=answer,
        reasons=reasons,
        explanation=told[0][why.end() :],
        source=told[1],
        tags=tags,
    )


def dropped(shipment: Shipment) -> tuple[Finding, ...]:
    """What no note carries, with how many items had it."""
    questions, terms = shipment.questions.values(), shipment.terms.values()
    lost = (
        (sum(bool(q.alt or q.twin or q.tests) for q in questions), "links between items of {}", "question"),
        (sum(bool(t.on_exam) for t in terms), "exam angles of {}", "term"),
        (sum(bool(t.sensei) for t in terms), "the sensei's words of {}", "term"),
        (sum(bool(t.related or t.confused_with) for t in terms), "related terms of {}", "term"),
        (sum(bool(t.refs) for t in terms), "sources of {}", "term"),
        (
            sum(not identities(c.text) for t in terms for c in t.concepts),
            "{} without hidden words",
            "concept",
        ),
    )
    return tuple(
        Finding(severity="warning", message=f"not carried: {text.format(_counted(count, what))}")
        for count, text, what in lost
        if count
    )


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
