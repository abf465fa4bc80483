"""A bank of one question, imported by the program itself."""

from __future__ import annotations

from pathlib import Path

from support.program import run

QUESTION = "### Which basket holds apples? (Select ONE)\n\n- [x] This\n- [ ] B\n- [ ] C\n- [ ] D\n"


def imported(folder: Path) -> Path:
    """The folder of the bank."""
    (folder / "exam.md").write_text(QUESTION, encoding="utf-8")
    assert run(folder, "import", "exam.md").returncode == 0
    return folder / "exam"
