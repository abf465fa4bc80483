"""A registry of services from its file."""

from __future__ import annotations

from pathlib import Path

from keykata.bank.events import read_tree
from keykata.bank.findings import Sheet
from keykata.bank.kinds_bank import SERVICES
from keykata.bank.manifest import MAX_BYTES
from keykata.bank.nodes import Tree
from keykata.bank.read_term import only, parts_of, root_of
from keykata.bank.registry import NO_SERVICES, Registry, Service
from keykata.bank.source import open_source
from keykata.core.disk import read_at_most
from keykata.core.errors import UnreadableError

FILE = "services.yaml"


def services_of(tree: Tree, sheet: Sheet) -> Registry:
    """The services of a file that could be read."""
    root = root_of(tree, sheet)
    if root is None:
        return NO_SERVICES
    with sheet.inside("registry of services", FILE):
        raw = SERVICES.read(root, sheet)
    if raw is None:
        return NO_SERVICES
    services = [
        Service(id=key, **only(part.values, "name", "also", "was", "scope", "retired", "instead"))
        for key, part in parts_of(raw, "services")
    ]
    return Registry(services, raw.values.get("others", ()), raw.values.get("exam", ""))


def load_services(path: Path) -> tuple[Registry, Sheet]:
    """The registry of a file, and what is wrong in it; without the file an empty one.

    Raises:
        UnreadableError: the file is there and cannot be opened.
    """
    try:
        data = read_at_most(path, MAX_BYTES)
    except FileNotFoundError:
        return NO_SERVICES, Sheet(str(path))
    except OSError as fault:
        reason = fault.strerror or "it cannot be opened"
        raise UnreadableError(f"{path.name} cannot be read: {reason}.", where=str(path)) from fault
    source = open_source(str(path), data)
    if source.sheet.errors and not source.text:
        return NO_SERVICES, source.sheet
    return services_of(read_tree(source), source.sheet), source.sheet
