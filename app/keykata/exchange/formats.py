"""The formats by name, and where their readers and writers live: each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import NamedTuple, cast

from keykata.core.errors import UsageError
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


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "markdown": Format("markdown", (".md", ".markdown"), "Markdown check-list"),
        "csv": Format("csv_sheet", (".csv",), "CSV: the Udemy practice-test sheet"),
        "gift": Format("gift", (".gift",), "GIFT"),
        "aiken": Format("aiken", (".aiken",), "Aiken"),
        "moodle": Format("moodle", (".xml",), "Moodle XML"),
        "qti": Format("qti", (".qti.zip",), "QTI 3.0 (reads 2.1 too)"),
        "anki-text": Format("anki_text", (".anki.txt",), "Anki notes in plain text"),
        "apkg": Format("apkg", (".apkg", ".colpkg"), "Anki package"),
        "html": Format("html_paper", (".html",), "Printable exam, answers on their own sheet", reads=False),
    }
)


def reader_of(name: str) -> Reader:
    """The reader of a format that `reads`."""
    return cast(Reader, _module_of(name).read)


def writer_of(name: str) -> Writer:
    """The writer of a format that `writes`."""
    return cast(Writer, _module_of(name).write)


def _module_of(name: str) -> ModuleType:
    """The module of a format.

    Raises:
        UsageError: this installation does not hold it.
    """
    module = f"keykata.exchange.{FORMATS[name].module}"
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        hint = "Choose another format."
        raise UsageError(f"This installation does not know {FORMATS[name].label}.", hint=hint) from error
