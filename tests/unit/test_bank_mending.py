"""What a value that is slightly off can only have meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keykata.bank.mending import as_id, as_month, as_reference
from keykata.core.ids import is_id


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-1", "2026-01"),
        ("2026/11", "2026-11"),
        ("2026.11", "2026-11"),
        ("202611", "2026-11"),
        ("2026-11-05", "2026-11"),
        ("11/2026", "2026-11"),
        ("Nov 2026", "2026-11"),
        ("November 2026", "2026-11"),
        ("5 November 2026", "2026-11"),
        ("Sept. 2026", "2026-09"),
        ("2026 May", "2026-05"),
        ("2026-13", ""),
        ("13/2026", ""),
        ("Marvel 2026", ""),
        ("11-05", ""),
        ("soon", ""),
        ("2026", ""),
    ],
)
def test_months(written: str, meant: str) -> None:
    assert as_month(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("KMS_Snapshot", "kms-snapshot"),
        ("kms snapshot to partner", "kms-snapshot-to-partner"),
        ("-kms-", "kms"),
        ("Café", "cafe"),
        ("日本", ""),
        ("kms-日本", ""),
        ("!!", ""),
        ("x" * 65, ""),
    ],
)
def test_ids(written: str, meant: str) -> None:
    assert as_id(written) == meant


@given(st.text(max_size=80))
def test_an_id_is_an_id_or_nothing_and_stays_as_it_is(text: str) -> None:
    found = as_id(text)
    assert not found or is_id(found)
    assert as_id(found) == found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Key_Rotation", "key-rotation"),
        ("KMS:Key_Rotation/On Demand", "kms:key-rotation/on-demand"),
        ("a:b:c", ""),
        ("/x", ""),
    ],
)
def test_references(written: str, meant: str) -> None:
    assert as_reference(written) == meant
