"""What a code of a check means, in a page of plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from keykata.bank.rules.pages import Page, all_pages, as_yaml
from keykata.bank.suggest import did_you_mean
from keykata.core.errors import UsageError

WIDTH = 78
INDENT = "    "


def explain(code: str) -> tuple[str, ...]:
    """The page of a code, line by line.

    Raises:
        UsageError: no check has this code.
    """
    pages = all_pages()
    if code in pages.pages:
        return tuple(_page(pages.pages[code], pages.base))
    if code in pages.others:
        family = pages.prefixes[code.partition("-")[0]]
        return (
            f"{code} · {pages.others[code].severity}",
            *_wrapped(pages.others[code].title + "."),
            "",
            *_wrapped(family),
        )
    hint = did_you_mean(code, codes(), "docs/rules.md lists them all.")
    raise UsageError(f"No check has the code {code}.", hint=hint)


def codes() -> tuple[str, ...]:
    """Every code that has a page."""
    pages = all_pages()
    return (*pages.pages, *pages.others)


def as_object(code: str) -> dict[str, Any]:
    """The page of a code for other programs.

    Raises:
        UsageError: no check has this code.
    """
    lines = explain(code)
    pages = all_pages()
    page = pages.pages.get(code)
    if page is None:
        return {
            "code": code,
            "severity": pages.others[code].severity,
            "title": pages.others[code].title,
            "text": "\n".join(lines),
        }
    return {
        "code": code,
        "group": page.group,
        "severity": page.severity,
        "title": page.title,
        "why": page.why,
        "catch": example(page, pages.base)[0],
        "pass": example(page, pages.base)[1],
    }


def texts() -> list[dict[str, str]]:
    """For every code its title and why it matters."""
    pages = all_pages()
    rules = [
        {"code": code, "title": page.title + ".", "text": page.why} for code, page in pages.pages.items()
    ]
    return rules + [
        {"code": code, "title": one.title + ".", "text": pages.prefixes[code.partition("-")[0]]}
        for code, one in pages.others.items()
    ]


def example(page: Page, base: dict[str, Any]) -> tuple[str, str]:
    """What the rule must catch and what it must let pass, as an author would write them; "" without one."""
    if page.catch_file or page.catch_words:
        return page.catch_file or page.catch_words, page.pass_file or page.pass_words
    if not page.catch:
        return "", ""
    names = {*page.catch, *page.passes}
    good = {**base, **page.passes}
    order = [name for name in (*base, *page.catch) if name in names]
    bad = {**base, **page.catch}
    return (
        as_yaml({name: bad[name] for name in dict.fromkeys(order) if name in bad}),
        as_yaml({name: good[name] for name in dict.fromkeys(order) if name in good}),
    )


def _page(page: Page, base: dict[str, Any]) -> Iterator[str]:
    yield f"{page.code} · {page.severity}"
    yield from _wrapped(page.title + ".")
    yield ""
    yield from _wrapped(page.why)
    for lead, text in zip(("It is told of:", "It is not told of:"), example(page, base), strict=True):
        if text:
            yield ""
            yield lead
            yield from _indented(text)
    yield ""
    if page.severity == "error":
        yield "An error cannot be switched off."
    elif page.group == "bank":
        yield "It is told of a whole bank, and cannot be switched off for one item."
    else:
        yield "To switch it off for one item, with the reason:"
        yield f"{INDENT}allow: {{{page.code}: why it does not hold here}}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)


def _indented(text: str) -> list[str]:
    return [f"{INDENT}{line}".rstrip() for line in text.rstrip("\n").split("\n")]
