"""References of a bank's header: the ids under `opening` and `sealed`."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from keykata.bank.findings import Sheet
from keykata.bank.model import BankHeader, Question
from keykata.bank.nodes import Node, spot
from keykata.bank.references import Resolver


def resolve_header(header: BankHeader, root: Node | None, sheet: Sheet, resolver: Resolver) -> BankHeader:
    """`opening` and `sealed` as full ids; unknown ones are left out and are problems."""

    def known(names: Iterable[str], *path: str | int) -> tuple[str, ...]:
        out = []
        for number, name in enumerate(names):
            found = resolver.find(name)
            kind = resolver.kind(found) if found else None
            wrong = kind is not None and kind is not Question
            if found is None or wrong:
                node = spot(root, *path, number)
                fault = "no question" if wrong else "not there"
                what = f"`{path[0]}` names the question `{name}`, which is {fault}."
                if node is not None:
                    sheet.at(
                        node,
                        "ref-unknown-item",
                        what,
                        resolver.items.hint(name, "Write the id of a question."),
                    )
            else:
                out.append(found)
        return tuple(out)

    sealed = tuple(known(paper, "sealed", number) for number, paper in enumerate(header.sealed))
    return msgspec.structs.replace(header, opening=known(header.opening, "opening"), sealed=sealed)
