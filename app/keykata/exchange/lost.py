"""What a format leaves out, told once for all items."""

from __future__ import annotations

from keykata.exchange.model import Finding, Shipment

PARTS = "Answers that earn a part of the mark count as wrong here."
EACH_ALONE = "Each of its right answers earns the whole mark alone; here all of them are to be chosen."


def terms_lost(shipment: Shipment, holder: str) -> tuple[Finding, ...]:
    """One warning for all terms; `holder` is the name of a format of questions in a sentence."""
    if not shipment.terms:
        return ()
    many = f"{len(shipment.terms):,} term{'s were' if len(shipment.terms) > 1 else ' was'} left out"
    hint = "The formats apkg and anki-text carry them."
    return (Finding(severity="warning", message=f"{many}: {holder} holds questions only.", hint=hint),)


def disputes_lost(shipment: Shipment) -> tuple[Finding, ...]:
    """A warning for each question whose answer is disputed: no format can say so."""
    what = "Its answer is disputed, and the file does not say so."
    return tuple(
        Finding(severity="warning", message=what, where=name)
        for name, question in shipment.questions.items()
        if question.disputed
    )
