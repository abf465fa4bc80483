"""The formats by name, and where their readers and writers live: each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import NamedTuple, cast

from keykata.exchange.limits import MB, MOST_BYTES
from keykata.exchange.model import Export, Harvest, Shipment

Reader = Callable[[bytes], Harvest]
Writer = Callable[[Shipment], Export]


class Format(NamedTuple):
    """A format: the module with `read(data)` and `write(shipment)`, its endings, and its name for people."""

    module: str
    endings: tuple[str, ...]
    label: str
    reads: bool = True
    writes: bool = True
    most_bytes: int = MOST_BYTES


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "markdown": Format("markdown", (".md", ".markdown"), "Markdown check-list"),
        "markdown-full": Format("markdown_full", (), "Markdown check-list with reasons and explanation"),
        "csv": Format(
            "csv_sheet", (".csv", ".tsv"), "CSV: the Udemy practice-test sheet; any columns are read"
        ),
        "csv-plain": Format(
            "csv_plain", (), "CSV: id, question, options, answer, reasons, task, level, tags"
        ),
        "csv-cards": Format("csv_cards", (), "CSV: front and back of terms"),
        "blackboard": Format("blackboard", (), "Blackboard text"),
        "gift": Format("gift", (".gift",), "GIFT"),
        "aiken": Format("aiken", (".aiken",), "Aiken"),
        "moodle": Format("moodle", (".xml",), "Moodle XML"),
        "qti": Format("qti", (".zip", ".qti.xml"), "QTI 3.0; 2.1 and 2.2 are read", most_bytes=64 * MB),
        "anki-text": Format("anki_text", (".anki.txt",), "Anki notes in plain text"),
        "apkg": Format("apkg", (".apkg", ".colpkg"), "Anki package", most_bytes=256 * MB),
        "html": Format("html_paper", (".html",), "Printable exam, answers on their own sheet", reads=False),
    }
)


def reader_of(name: str) -> Reader:
    """The reader of a format that `reads`."""
    return cast(Reader, import_module(f"keykata.exchange.{FORMATS[name].module}").read)


def writer_of(name: str) -> Writer:
    """The writer of a format that `writes`."""
    return cast(Writer, import_module(f"keykata.exchange.{FORMATS[name].module}").write)
