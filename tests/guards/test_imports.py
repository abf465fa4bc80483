"""What a command loads, seen from a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTING = "import sys; print('\\n'.join(sorted(sys.modules)))"


def loaded(statement: str, tmp_path: Path) -> set[str]:
    """The modules loaded after a statement, in an interpreter of its own with an empty home."""
    env = {
        "PYTHONPATH": str(ROOT / "app"),
        "HOME": str(tmp_path),
        "KEYKATA_HOME": str(tmp_path / "home"),
        "KEYKATA_CACHE": str(tmp_path / "cache"),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}\n{LISTING}"],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["keykata.study.dojo", "keykata.study.opening", "keykata.cli.entry"])
def test_no_screen_library_below_the_screens(module: str, tmp_path: Path) -> None:
    assert not {"textual", "rich"} & loaded(f"import {module}", tmp_path)


def test_the_command_line_alone_loads_neither_yaml_nor_the_engine(tmp_path: Path) -> None:
    assert not {"yaml", "fsrs_rs_python", "sqlite3", "msgspec"} & loaded("import keykata.cli.entry", tmp_path)


def test_a_second_opening_reads_no_yaml(tmp_path: Path) -> None:
    opening = (
        "import os, time\n"
        "from pathlib import Path\n"
        "from keykata.study.opening import library_of\n"
        "from keykata.study.places import Places\n"
        f"library_of(Places(home=Path({str(tmp_path)!r}), cache=Path({str(tmp_path / 'cache')!r})))"
    )
    loaded(opening, tmp_path)
    assert "yaml" not in loaded(opening, tmp_path)


def test_core_is_the_standard_library_only(tmp_path: Path) -> None:
    names = loaded(
        "import keykata.core.ids, keykata.core.errors, keykata.core.event, keykata.core.digest", tmp_path
    )
    assert not {"msgspec", "yaml", "click"} & names


def test_the_web_server_is_loaded_only_to_serve(tmp_path: Path) -> None:
    names = loaded("import keykata.cli.opening, keykata.cli.serve", tmp_path)
    assert not {"textual_serve", "aiohttp", "textual", "rich", "sqlite3"} & names
