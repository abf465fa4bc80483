"""What is asked of the disk when there is no room anywhere."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from keykata.core.errors import UnwritableError
from keykata.study.importing import import_file

resource = pytest.importorskip("resource")
QUESTION = "### Which basket holds apples? (Select ONE)\n\n- [x] This\n- [ ] B\n- [ ] C\n- [ ] D\n"


@contextmanager
def full_disks() -> Iterator[None]:
    """No file can take a byte."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


def test_an_import_with_no_room_for_temporary_files_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "exam.md").write_text(QUESTION, encoding="utf-8")
    monkeypatch.setattr(tempfile, "tempdir", None)  # what was found before is looked for again
    with full_disks(), pytest.raises(UnwritableError, match="no place for temporary files") as told:
        import_file(tmp_path / "exam.md")
    assert "TMPDIR" in told.value.hint
    assert not (tmp_path / "exam").exists()
    assert import_file(tmp_path / "exam.md").found == 1
