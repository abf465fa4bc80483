"""Every path that the pages about the house name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:app|content|docs|scripts|tests|\.ci)/[\w./*-]*|[\w.-]+\.(?:md|toml|txt)")


def named_paths(page: str) -> set[str]:
    """What a page sets in code and reads as a path of the repository."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return {name for name in CODE.findall(text) if PATH.fullmatch(name)}


@pytest.mark.parametrize("page", ["docs/architecture.md", "SECURITY.md"])
def test_every_named_path_exists(page: str) -> None:
    named = named_paths(page)
    assert len(named) > 10
    missing = [name for name in sorted(named) if not any(ROOT.glob(name.rstrip("/")))]
    assert missing == []


@pytest.mark.parametrize("page", ["docs/architecture.md", "SECURITY.md"])
def test_no_line_is_too_wide_to_read(page: str) -> None:
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 120 and not line.startswith("|")] == []
