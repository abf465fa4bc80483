"""Two columns, front and back, as Quizlet, Brainscape and their like take them: the terms of a bank."""

from __future__ import annotations

from keykata.bank.clozes import plain
from keykata.exchange.csv_rows import sheet_text
from keykata.exchange.csv_sheet import read
from keykata.exchange.model import Export, Finding, Shipment

__all__ = ["read", "write"]


def write(shipment: Shipment) -> Export:
    """A row for each term and each of its FAQs; questions are told as left out."""
    rows = [["front", "back"]]
    findings: list[Finding] = []
    concepts = 0
    for term in shipment.terms.values():
        rows.append([term.name, plain(term.definition)])
        rows += [[faq.q, faq.a] for faq in term.faqs]
        concepts += len(term.concepts)
    if concepts:
        what = f"{concepts:,} key concepts were left out: a card of two sides has no gaps."
        findings.append(Finding(severity="warning", message=what, hint="The format apkg carries them."))
    if shipment.questions:
        what = (
            f"{len(shipment.questions):,} questions were left out: this sheet holds cards of two sides only."
        )
        findings.append(Finding(severity="warning", message=what, hint="The format csv-plain carries them."))
    return Export(data=sheet_text(rows), findings=tuple(findings))
