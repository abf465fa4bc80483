"""What a command loads, seen from a fresh interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from support.program import environment, run_afresh
from support.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
LISTING = "import sys; print('\\n'.join(sorted(sys.modules)))"
SCREEN = ("textual", "rich", "pygments", "keykata.tui")
WEB = ("textual_serve", "aiohttp", "http.server")
AUTHORING = ("yaml", "rapidfuzz", "watchfiles")
EXCHANGE = ("zstandard", "defusedxml", "keykata.exchange")
ENGINE = ("fsrs_rs_python", "keykata.memory.fitting")
NOBODY = (*SCREEN, *WEB, "pydoc", "unittest")

# What a command never loads once there are banks and answers: lists to be made longer, never shorter.
COMMANDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("--version",): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "msgspec", "sqlite3", "markdown_it", "asyncio"),
    ("--help",): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "msgspec", "sqlite3", "markdown_it", "asyncio"),
    ("quiz", "--help"): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "msgspec", "sqlite3", "markdown_it"),
    ("stats", "--json"): (*NOBODY, *AUTHORING, *EXCHANGE, "markdown_it", "asyncio"),
    ("review", "--plain"): (*NOBODY, *AUTHORING, *EXCHANGE, "markdown_it", "asyncio"),
    ("review", "--json"): (*NOBODY, *AUTHORING, *EXCHANGE, "markdown_it", "asyncio"),
    ("today", "--plain"): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "asyncio"),
    ("history", "--json"): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "markdown_it", "asyncio"),
    ("log", "--json"): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "asyncio"),
    ("search", "key"): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "markdown_it", "asyncio"),
    ("show", "key-policy"): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "asyncio"),
    ("config",): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "markdown_it", "asyncio"),
    ("check", "--explain", "vague"): (*NOBODY, *EXCHANGE, *ENGINE, "sqlite3", "markdown_it", "asyncio"),
    ("check", str(ROOT / "content" / "kms")): (*NOBODY, *EXCHANGE, *ENGINE, "markdown_it", "asyncio"),
    ("doctor",): (*NOBODY, *AUTHORING, *EXCHANGE, "markdown_it", "asyncio"),
    ("backup",): (*NOBODY, *AUTHORING, *EXCHANGE, *ENGINE, "markdown_it", "asyncio"),
    ("export", "--format", "gift", "--task", "1.3"): (*NOBODY, *AUTHORING, *ENGINE, "zstandard", "asyncio"),
}
# What is not loaded when Home is first painted, at any start but the first.
HOME = (
    *WEB,
    *AUTHORING,
    *EXCHANGE,
    *ENGINE,
    "click",
    "importlib.metadata",
    "sqlite3",
    "keykata.bank",
    "keykata.store",
    "keykata.core.whole_file",
    "pydoc",
    "unittest",
    "pygments",
    "markdown_it",
)
# What Home does not load when it looks around behind its first paint, beside what no app loads.
AROUND = (*WEB, *AUTHORING, *EXCHANGE, *ENGINE, "tomllib", "keykata.study.faces", "keykata.study.jsonview")
LOOKING = """
import os
from keykata.cli.clock import SystemClock
from keykata.study.opening import open_dojo
from keykata.study.places import Places
from pathlib import Path
places = Places(home=Path(os.environ["KEYKATA_HOME"]), cache=Path(os.environ["KEYKATA_CACHE"]))
dojo = open_dojo(places, clock=SystemClock(), entropy=os.urandom)
dojo.around(dojo.home())
"""
COMMAND = """
import sys
from keykata.cli.entry import main
sys.argv[0] = "keykata"
try:
    main()
finally:
    with open("modules", "w", encoding="utf-8") as listed:
        listed.write("\\n".join(sys.modules))
"""
PAINTING = """
import sys
class Terminal:
    def __init__(self, under):
        self.under, self.painted = under, False
    def __getattr__(self, name):
        return getattr(self.under, name)
    def write(self, text):
        if "quit" in text and not self.painted:
            self.painted = True
            with open(file, "w", encoding="utf-8") as listed:
                listed.write("\\n".join(sys.modules))
        return self.under.write(text)
file = sys.argv.pop()
sys.__stderr__ = Terminal(sys.__stderr__)
sys.argv[0] = "keykata"
from keykata.cli.entry import main
main()
"""


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


def among(names: set[str], never: tuple[str, ...]) -> list[str]:
    """Those of a list that were loaded, themselves or a part of them."""
    return [one for one in never if any(name == one or name.startswith(f"{one}.") for name in names)]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose home holds an answer, with the banks in the cache."""
    folder = tmp_path_factory.mktemp("begun")
    done = run_afresh(folder, "quiz", "--plain", "--count", "1", "--seed", "7", said="A\n")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_loads_only_what_it_needs(begun: Path, arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env=environment(begun),
        cwd=begun,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = set((begun / "modules").read_text(encoding="utf-8").split())
    assert "keykata.cli.root" in names
    assert among(names, COMMANDS[arguments]) == []


@pytest.mark.terminal
def test_home_is_painted_before_anything_it_does_not_show_is_loaded(begun: Path) -> None:
    listed = begun / "painted"
    for _ in range(2):
        terminal = Terminal(begun / "home", str(listed), code=PAINTING)
        try:
            terminal.wait("q quit")
            terminal.press("q")
            assert terminal.wait_end() == 0
        finally:
            terminal.close()
    names = set(listed.read_text(encoding="utf-8").split())
    assert {"textual.app", "keykata.tui.app"} <= names
    assert among(names, HOME) == []


def test_home_looks_around_without_what_only_its_keys_need(begun: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{LOOKING}\n{LISTING}"],
        env=environment(begun),
        cwd=begun,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    names = set(done.stdout.split())
    assert "keykata.study.readiness" in names
    assert among(names, AROUND) == []
