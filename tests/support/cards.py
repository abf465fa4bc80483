"""What asks for each card of the open banks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from keykata.memory.deck import card_specs
from keykata.practice.paper import Slot
from keykata.study.dojo import Dojo

MARKS = re.compile(r"`|\*\*|==|\]\(")  # of Markdown and clozes, which no learner is to see


def every_slot(dojo: Dojo) -> Iterator[Slot]:
    """The slot of each card, in the order of the banks."""
    library, faces = dojo.library, dojo.rooms.papers.faces
    for entry in library.entries():
        item = library.item(entry.id)
        assert item is not None
        for spec in card_specs(entry.id.split(":", 1)[0], item):
            slot = faces.of_card(spec.card, seed=5, position=3)
            assert slot is not None, spec.card
            yield slot
