"""The benchmark at its least size: every row is there, beside its floor, and is a number."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.terminal


def test_every_row_of_the_table_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from benching.__main__ import LEAST, rows

    found = {row.what: row for row in rows(tmp_path, LEAST)}
    for what in (
        "start to Home",
        "first start of the next day",
        "start with nothing kept",
        "peak memory",
        "answer key",
        "check of the bank",
        "card state rebuilt",
    ):
        row = next(row for name, row in found.items() if name.startswith(what))
        assert row.floor
        assert row.floor > 0
    for what in ("answer: mark", "due queue", "exam form", "search, later", "plan over"):
        row = next(row for name, row in found.items() if name.startswith(what))
        assert row.value > 0
    assert all(isinstance(row.as_dict()["holds"], bool) for row in found.values())
