"""GIFT of other programs: which options are right, and what is told where that is not plain."""

from __future__ import annotations

import pytest

from keykata.exchange.gift import read


@pytest.mark.parametrize(
    ("inside", "right", "told"),
    [
        ("=a ~%50%b ~c ~d", "1000", ["warning"]),  # Moodle pays half the mark for it
        ("=a ~%100%b ~c ~d", "1100", ["warning"]),
        ("=a =b ~c ~d", "1100", ["warning"]),
        ("~%50%a ~%50%b ~c ~%-100%d", "1100", []),
        ("~%33,3%a ~%33.3%b ~%33.3%c ~d", "", ["error"]),
        ("~%50%a ~%1e309%b ~%50%c ~d", "", ["error"]),
        ("=%50% of all ~%PATH% ~50% ~d", "1000", []),
    ],
)
def test_which_options_are_right(inside: str, right: str, told: list[str]) -> None:
    harvest = read(f"Which? {{{inside}}}\n".encode())
    marks = ["".join("01"[option.right] for option in one.options) for one in harvest.questions]
    assert marks == [right] * bool(right)
    assert [finding.severity for finding in harvest.findings] == told
