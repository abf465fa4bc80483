"""`bank.yaml` into the header of a bank."""

from __future__ import annotations

from collections.abc import Iterable

from keykata.bank.findings import Sheet
from keykata.bank.kinds_bank import BANK
from keykata.bank.model import BankHeader
from keykata.bank.nodes import Node, Tree, spot
from keykata.bank.read_term import only, root_of
from keykata.bank.suggest import did_you_mean
from keykata.core.ids import is_id

_FIELDS = ("id", "name", "exam", "blueprint", "sources", "opening", "sealed")


def stand_in(folder: str, name: str) -> BankHeader:
    """A header for a bank whose own cannot be read, so that its good items still open."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name.lower()).strip("-")[
        :64
    ]
    return BankHeader(id=kept if is_id(kept) else "bank", name=name or "bank", folder=folder)


def read_header(tree: Tree, sheet: Sheet, folder: str, name: str) -> BankHeader:
    """The header; what cannot be read is filled from the folder's name."""
    fallback = stand_in(folder, name)
    root = root_of(tree, sheet)
    if root is None:
        return fallback
    with sheet.inside("bank", name):
        raw = BANK.read(root, sheet)
    if raw is None:
        return fallback
    for prefix, address in raw.values.get("sources", {}).items():
        if "{}" not in address:
            what = f"The source `{prefix}` does not say where the page stands."
            node = spot(raw.node, "sources", prefix) or raw.key
            sheet.at(node, "schema-bad-value", what, "Write `{}` in its address in place of the page.")
    return BankHeader(
        **{"id": fallback.id, "name": fallback.name, "folder": folder, **only(raw.values, *_FIELDS)}
    )


def check_exam(header: BankHeader, exams: Iterable[str], root: Node | None, sheet: Sheet) -> None:
    """The exam a bank names must be there."""
    known = list(exams)
    if header.exam and header.exam not in known:
        what = f"The bank is for the exam `{header.exam}`, which is not there."
        hint = did_you_mean(header.exam, known, "Put its blueprint into `exams/`, or leave `exam` out.")
        node = spot(root, "exam")
        if node is not None:
            sheet.at(node, "ref-unknown-exam", what, hint)
