"""References between items: looked up in their own bank, then in the others in loading order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec

from keykata.bank.drafts import KIND_NAMES, Draft
from keykata.bank.findings import quoted
from keykata.bank.model import Comparison, Exam, Guide, Item, Question, Severity, Term
from keykata.bank.read_guide import links
from keykata.bank.suggest import Suggester

_NONE: frozenset[str] = frozenset()
_WORD = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def parts_of_item(item: Item) -> frozenset[str]:
    """The parts of an item that a reference can name."""
    if isinstance(item, Term):
        return frozenset((*(one.id for one in item.concepts), *(one.id for one in item.faqs)))
    if isinstance(item, Comparison):
        scenarios = item.sorter.scenarios if item.sorter else ()
        return frozenset((*(one.id for one in item.aspects), *(f"sorter/{one.id}" for one in scenarios)))
    return frozenset()


def ids_of(bank: str, items: Iterable[Item]) -> frozenset[str]:
    """The full ids of items and of their parts."""
    out: set[str] = set()
    for item in items:
        full = f"{bank}:{item.id}"
        out.add(full)
        out.update(f"{full}/{part}" for part in parts_of_item(item))
    return frozenset(out)


class Resolver:
    """Looks references up.

    Args:
        bank: the id of the own bank.
        drafts: its items, spoiled ones too: a name that is there is no unknown name.
        beside: full ids of the items and parts of the other banks, in loading order.
        unread: text of files that broke off; a name in it is neither found nor unknown.
    """

    def __init__(
        self, bank: str, drafts: Iterable[Draft], beside: Mapping[str, Collection[str]], unread: Iterable[str]
    ) -> None:
        self.bank = bank
        self.kinds: dict[str, type[Item]] = {}
        self.parts: dict[str, frozenset[str]] = {}
        for draft in drafts:
            item = draft.item
            self.kinds.setdefault(item.id, type(item))
            parts = _NONE if type(item) is Question else _written_parts(draft) | parts_of_item(item)
            self.parts.setdefault(item.id, parts)
        self.beside = {name: ids for name, ids in beside.items() if name != bank}
        self.unread = frozenset(word for text in unread for word in _WORD.findall(text))
        others = [full.split(":", 1)[1] for ids in self.beside.values() for full in ids if "/" not in full]
        self.items = Suggester([*self.kinds, *others])
        self._concepts: dict[str, Suggester] = {}

    def find(self, reference: str) -> str | None:
        """The full id; the reference itself when it may be in a part that was not read; None when unknown."""
        bank, colon, name = reference.rpartition(":")
        if not colon or bank == self.bank:
            if self._own(name):
                return f"{self.bank}:{name}"
            if self.unread and all(word in self.unread or word in self.kinds for word in name.split("/")):
                return reference
        if colon:
            exact = any(reference in ids for ids in self.beside.values())
            return reference if exact else None
        return next(
            (f"{other}:{name}" for other, ids in self.beside.items() if f"{other}:{name}" in ids), None
        )

    def _own(self, name: str) -> bool:
        item, _, part = name.partition("/")
        return item in self.kinds and (not part or part in self.parts[item])

    def kind(self, full: str) -> type[Item] | None:
        """The kind of an item of the own bank."""
        bank, _, name = full.rpartition(":")
        return self.kinds.get(name.partition("/")[0]) if bank == self.bank else None

    def part_hint(self, reference: str) -> str:
        """What a reference to an unknown part may have meant."""
        item, _, part = reference.rpartition(":")[2].partition("/")
        if item not in self.kinds:
            return self.items.hint(item, "Write `term/concept`, with the id of a concept of that term.")
        known = self.parts[item]
        near = self._concepts.setdefault(item, Suggester(known))
        listed = ", ".join(sorted(known)[:12])
        return near.hint(part, f"It has {listed}." if listed else "It has no parts.")


def _written_parts(draft: Draft) -> frozenset[str]:
    """Parts that stand in the file, even those that could not be read whole."""
    values: dict[str, Any] = draft.raw.values
    names = [name for field in ("concepts", "faqs", "aspects") for name in values.get(field, ())]
    return frozenset(name for name in names if isinstance(name, str))


class _Linker:
    """Resolves the references of one draft, field by field."""

    def __init__(self, draft: Draft, resolver: Resolver) -> None:
        self.draft = draft
        self.resolver = resolver

    def one(
        self,
        reference: str,
        path: tuple[str | int, ...],
        code: str,
        want: type[Item] | None = None,
        *,
        severity: Severity = "error",
    ) -> str:
        """The full id, or the reference as written after a problem."""
        found = self.resolver.find(reference)
        where = f"`{path[0]}` of the {self.draft.kind} `{self.draft.item.id}`"
        if found is None:
            known = self.resolver.find(reference.partition("/")[0]) if "/" in reference else None
            if code == "ref-unknown-concept" and known is None and "/" in reference:
                code = "ref-unknown-term"
            nouns = {"ref-unknown-term": "term", "ref-unknown-concept": "concept", "ref-unknown-item": "item"}
            what = f"{where} names the {nouns[code]} `{reference}`, which is not there."
            if code == "ref-unknown-concept":
                hint = self.resolver.part_hint(reference)
            else:
                name = reference.rpartition(":")[2].partition("/")[0]
                hint = self.resolver.items.hint(name, "Write its id as it stands in its file.")
            self.draft.add(code, path, what, hint, severity=severity)
            return reference
        kind = self.resolver.kind(found)
        if want is not None and kind is not None and kind is not want:
            what = f"{where} names `{reference}`, which is a {KIND_NAMES[kind]}, not a {KIND_NAMES[want]}."
            self.draft.add(code, path, what, f"Write the id of a {KIND_NAMES[want]}.", severity=severity)
        return found

    def many(
        self,
        references: tuple[str, ...],
        field: str,
        code: str,
        want: type[Item] | None = None,
        *,
        severity: Severity = "error",
    ) -> tuple[str, ...]:
        """A list of references."""
        return tuple(
            self.one(reference, (field, number), code, want, severity=severity)
            for number, reference in enumerate(references)
        )


def resolve_items(draft: Draft, resolver: Resolver) -> Item:
    """The item with its references as full ids; unknown ones stay as written, and are problems."""
    item = draft.item
    if isinstance(item, Question) and not item.topics and not item.tests and not item.twin:
        return item
    link = _Linker(draft, resolver)
    if isinstance(item, Term):
        if not item.related and not item.confused_with:
            return item
        return msgspec.structs.replace(
            item,
            related=link.many(item.related, "related", "ref-unknown-item", None, severity="warning"),
            confused_with=link.many(
                item.confused_with, "confused_with", "ref-unknown-term", Term, severity="warning"
            ),
        )
    if isinstance(item, Question):
        return msgspec.structs.replace(
            item,
            topics=link.many(item.topics, "topics", "ref-unknown-term", Term),
            tests=tuple(_tested(link, reference, number) for number, reference in enumerate(item.tests)),
            twin=link.one(item.twin, ("twin",), "ref-unknown-item", Question) if item.twin else "",
        )
    if isinstance(item, Comparison):
        return msgspec.structs.replace(
            item,
            subjects=tuple(
                msgspec.structs.replace(
                    one, term=link.one(one.term, ("subjects", one.id, "term"), "ref-unknown-term", Term)
                )
                for one in item.subjects
            ),
        )
    return _guide(item, draft, link)


def _tested(link: _Linker, reference: str, number: int) -> str:
    if "/" not in reference:
        where = f"`tests` of the question `{link.draft.item.id}`"
        what = f"{where} names `{reference}` without a concept."
        hint = link.resolver.part_hint(reference + "/")
        link.draft.add("ref-unknown-concept", ("tests", number), what, f"Write `{reference}/concept`. {hint}")
        return reference
    return link.one(reference, ("tests", number), "ref-unknown-concept")


def _guide(item: Guide, draft: Draft, link: _Linker) -> Guide:
    if "](term:" in item.body:
        for line, column, target in links(draft.sheet.lines):
            name = target.split("#", 1)[0]
            if link.resolver.find(name) is None:
                what = f"A link of the guide `{item.id}` leads to `{quoted(name)}`, which is not there."
                hint = link.resolver.items.hint(name.partition("/")[0], "Write the id of a term.")
                draft.sheet.add("ref-unknown-term", line, column, what, hint, severity="warning")
    return msgspec.structs.replace(item, terms=link.many(item.terms, "terms", "ref-unknown-term", Term))


def check_task(draft: Draft, exam: Exam | None) -> None:
    """Rule `unknown-task`: the task statement of a question is one of its exam."""
    item = draft.item
    if (
        exam is None
        or not isinstance(item, Question)
        or not item.task
        or exam.domain_of(item.task) is not None
    ):
        return
    tasks = ", ".join(task for domain in exam.domains for task in domain.tasks)
    what = f"The question `{item.id}` names the task statement {item.task}, which {exam.code} does not have."
    draft.add("unknown-task", ("task",), what, f"It has {tasks}.")


# --- sources -----------------------------------------------------------------------------------------------


class Sources:
    """Makes full addresses of `prefix:page`; without sources (a file outside a bank) they stay as written."""

    def __init__(self, sources: Mapping[str, str] | None) -> None:
        self.sources = sources
        self._near = Suggester(tuple(sources or ()))

    def address(self, reference: str, draft: Draft, path: tuple[str | int, ...]) -> str:
        """The full address of a reference; a page's `#part` goes behind the whole."""
        if "://" in reference or self.sources is None:
            return reference
        prefix, _, page = reference.partition(":")
        template = self.sources.get(prefix)
        if template is None:
            what = f"`{reference}` begins with `{prefix}:`, which `sources` of the bank does not have."
            listed = ", ".join(self.sources) or "none"
            draft.add("ref-unknown-source", path, what, self._near.hint(prefix, f"The bank has {listed}."))
            return reference
        name, sign, part = page.partition("#")
        return template.replace("{}", name) + sign + part

    def _all(self, refs: tuple[str, ...], draft: Draft, *path: str | int) -> tuple[str, ...]:
        return tuple(self.address(one, draft, (*path, number)) for number, one in enumerate(refs))

    def _parts(self, parts: tuple[Any, ...], draft: Draft, *path: str | int) -> tuple[Any, ...]:
        return tuple(
            msgspec.structs.replace(part, refs=self._all(part.refs, draft, *path, part.id, "refs"))
            if part.refs
            else part
            for part in parts
        )

    def resolve(self, draft: Draft) -> Item:
        """The item with full addresses everywhere."""
        item = draft.item
        refs = self._all(item.refs, draft, "refs")
        if isinstance(item, Term):
            concepts = self._parts(item.concepts, draft, "concepts")
            faqs = self._parts(item.faqs, draft, "faqs")
            return msgspec.structs.replace(item, refs=refs, concepts=concepts, faqs=faqs)
        if isinstance(item, Comparison):
            sorter = item.sorter
            if sorter is not None:
                scenarios = self._parts(sorter.scenarios, draft, "sorter", "scenarios")
                sorter = msgspec.structs.replace(sorter, scenarios=scenarios)
            aspects = self._parts(item.aspects, draft, "aspects")
            return msgspec.structs.replace(item, refs=refs, aspects=aspects, sorter=sorter)
        return item if refs == item.refs else msgspec.structs.replace(item, refs=refs)
