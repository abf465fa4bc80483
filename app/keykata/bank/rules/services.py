"""Names of services: the official ones of today, none that is closed or off the exam as a right answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from keykata.bank.clozes import plain
from keykata.bank.drafts import Draft
from keykata.bank.model import Comparison, Fix, Item, Question, Term
from keykata.bank.nodes import TextNode
from keykata.bank.registry import Mention, Registry
from keykata.bank.rules.look import Path, Seen, path_of

_MOST = 200  # mentions of one text that are looked at: a text of nothing else stays fast
OFTEN = 3  # right options that need a service before a glossary owes it a term


def prose_of(item: Item) -> Iterator[tuple[Path, str]]:
    """The texts of an item that people read, with where they stand; old sayings quoted on purpose are not."""
    if isinstance(item, Question):
        yield ("stem",), item.stem
        yield ("ask",), item.ask
        for number, option in enumerate(item.options):
            yield path_of(number, option), option.text
            yield ("options", number, "why"), option.why
        yield ("explanation",), item.explanation
    elif isinstance(item, Term):
        yield from ((("name",), item.name), (("short",), item.short), (("definition",), item.definition))
        yield ("sensei",), item.sensei
        for concept in item.concepts:
            yield ("concepts", concept.id, "text"), plain(concept.text)
        for faq in item.faqs:
            yield ("faqs", faq.id, "a"), faq.a
    elif isinstance(item, Comparison) and item.sorter:
        for case in item.sorter.scenarios:
            yield ("sorter", "scenarios", case.id, "say"), case.say
            yield ("sorter", "scenarios", case.id, "because"), case.because


def service_names(draft: Draft, registry: Registry) -> None:
    """Old names, the wrong family (AWS S3), and names no service has; a term may say its own old names."""
    texts = list(prose_of(draft.item))
    if not registry.old_in(whole := "\n".join([text for _, text in texts])) and not any(
        mention.service is None for mention in registry.mentions(whole)
    ):
        return
    taught = frozenset(draft.item.retired) if isinstance(draft.item, Term) else frozenset()
    for path, text in texts:
        for count, mention in _counted(registry.old_in(text)):
            if mention.text not in taught:
                _old(draft, path, mention, count)
        for count, mention in _counted(registry.mentions(text)):
            if mention.service is None and not registry.old_in(mention.text):
                _unknown(draft, path, mention, count, registry)


def _counted(mentions: Iterable[Mention]) -> Iterator[tuple[int, Mention]]:
    """The first so many of a text, each with how often the same words came before it in the text."""
    said: Counter[str] = Counter()
    for mention in islice(mentions, _MOST):
        yield said[mention.text], mention
        said[mention.text] += 1


def _old(draft: Draft, path: Path, mention: Mention, count: int) -> None:
    now = mention.service.name if mention.service else ""
    what = (
        f"`{_field(path)}` of the {draft.kind} `{draft.item.id}` says `{mention.text}`; today it is `{now}`."
    )
    _tell(draft, path, what, f"Write `{now}`.", place_in(draft, path, mention.text, count, now))


def _unknown(draft: Draft, path: Path, mention: Mention, count: int, registry: Registry) -> None:
    meant = registry.right_family(mention.text)
    whom = f"`{_field(path)}` of the {draft.kind} `{draft.item.id}`"
    if meant is not None:
        words = mention.text.split(" ")
        right = f"{meant.name.split(' ')[0]} {words[1]}"
        what = f"{whom} says `{mention.text}`; its name is `{meant.name}`."
        fix = place_in(draft, path, f"{words[0]} {words[1]}", count, right)
        _tell(draft, path, what, f"Write `{meant.name}`.", fix)
        return
    what = f"{whom} names `{mention.text}`, which the registry of services does not have."
    hint = registry.suggester.hint(
        mention.text, "Check the name; `services.yaml` of the bank adds to the registry."
    )
    draft.add("service-name", path, what, hint, severity="warning")


def _tell(draft: Draft, path: Path, what: str, hint: str, fix: Fix | None) -> None:
    sheet = draft.sheet
    sheet.item = draft.item.id
    node = draft.spot(*path)
    line, column = (fix.line - 1, fix.column - 1) if fix else (node.line, node.column)
    sheet.add("service-name", line, column, what, hint, severity="warning", fix=fix)
    sheet.item = ""


def _field(path: Path) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def place_in(draft: Draft, path: Path, words: str, count: int, new: str) -> Fix | None:
    """The change of some words of a text into others; None when they stand on two lines.

    Args:
        count: how often the same words came before them in this text.
    """
    node = draft.spot(*path)
    if type(node) is not TextNode:
        return None
    lines = draft.sheet.lines
    first = lines[node.line]
    deep = len(first) - len(first.lstrip(" -"))
    for number in range(node.line, len(lines)):
        line = lines[number]
        start = node.column if number == node.line else 0
        if number > node.line and line.strip() and len(line) - len(line.lstrip(" ")) <= deep:
            return None
        while (start := line.find(words, start)) >= 0:
            if not count:
                return Fix(number + 1, start + 1, words, new)
            count -= 1
            start += len(words)
    return None


def right_answers(seen: Seen, registry: Registry, exam: str) -> None:
    """A right option needs no service that is closed to new customers, or outside the exam."""
    draft, item = seen.draft, seen.item
    for number in seen.right:
        option = item.options[number]
        for mention in registry.mentions(option.text):
            service = mention.service
            if service is None:
                continue
            if service.retired:
                what = (
                    f"A right option of the question `{item.id}` needs {service.name}, closed to new "
                    f"customers since {service.retired}."
                )
                hint = service.instead or "Ask for what a company could take today."
                draft.add("retired", path_of(number, option), what, hint, severity="warning")
            elif service.scope == "out" and exam and exam == registry.exam:
                what = (
                    f"A right option of the question `{item.id}` needs {service.name}, which the exam "
                    "guide lists as out of scope."
                )
                hint = "Use it as a distractor at most, or ask for something else."
                draft.add("out-of-scope", path_of(number, option), what, hint, severity="warning")


def orphans(
    seen: Sequence[Seen], drafts: Sequence[Draft], registry: Registry, known: frozenset[str]
) -> Iterator[str]:
    """Names of services that right options of three questions or more need and no term explains.

    Args:
        known: ids of terms of other banks.
    """
    needed: dict[str, int] = {}
    for one in seen:
        if not one.named:
            continue
        right = " ".join([one.item.options[number].text for number in one.right])
        for name in {mention.service.id for mention in registry.mentions(right) if mention.service}:
            needed[name] = needed.get(name, 0) + 1
    terms = [draft.item for draft in drafts if isinstance(draft.item, Term)]
    explained = {said for term in terms for said in (term.id, term.name, *term.also)} | known
    for name, count in sorted(needed.items()):
        service = registry.services[name]
        if count >= OFTEN and explained.isdisjoint((name, service.name, *service.also)):
            yield service.name
