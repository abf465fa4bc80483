"""JSON Schemas (draft 2020-12) of the files of a bank, from the same fields the reader uses."""

from __future__ import annotations

from keykata.bank.fields import Json
from keykata.bank.kinds import RECORDS, FileKind

KINDS: tuple[FileKind, ...] = ("bank", "exam", "term", "comparison", "questions", "guide", "services")


def schema(kind: FileKind) -> Json:
    """The schema of a kind of file, for editors and other tools.

    Raises:
        KeyError: there is no such kind.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"KeyKata: {kind}",
        **RECORDS[kind].json(),
    }
