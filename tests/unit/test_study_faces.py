"""How cards ask."""

from __future__ import annotations

from keykata.practice.paper import RecallSlot
from support.homes import Desk


def test_a_term_is_asked_for_in_words_that_need_no_article(desk: Desk) -> None:
    slot = desk.open().rooms.papers.faces.of_card("kms:aws-owned-key/front", seed=0, position=1)
    assert isinstance(slot, RecallSlot)
    assert slot.prompt == "What does **AWS owned key** mean?"
