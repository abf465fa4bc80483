"""`i`: the learner's own editor at the item's line, and what was saved is on screen on the way back."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from support.terminal import ROOT, Terminal

pytestmark = pytest.mark.terminal
TERM = """id: wombat-key
name: Wombat key
short: A key kept by a wombat.
definition: The wombat sleeps on it.
refs: [https://docs.aws.amazon.com/kms/latest/developerguide/overview.html]
checked: 2026-11
"""
EDITOR = """#!{python}
import sys
from pathlib import Path
path = Path(sys.argv[-1])
said, text = Path({folder!r}) / "said", path.read_text()
said.write_text(" ".join(sys.argv[1:]))
path.write_text((Path({folder!r}) / "next").read_text())
"""


def test_an_edit_is_on_screen_at_once_and_an_error_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = tmp_path / "mine"
    (bank / "terms").mkdir(parents=True)
    (bank / "bank.yaml").write_text("id: mine\nname: Mine\nblueprint: false\n", encoding="utf-8")
    file = bank / "terms" / "wombat-key.yaml"
    file.write_text(TERM, encoding="utf-8")
    editor = tmp_path / "ed"
    editor.write_text(EDITOR.format(python=sys.executable, folder=str(tmp_path)), encoding="utf-8")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", f"{editor} --at")
    terminal = Terminal(tmp_path / "home", "--bank", str(bank), columns=110)
    try:
        terminal.wait("search")
        terminal.press("/")
        terminal.press(*"wombat")
        terminal.wait("Wombat key")
        terminal.press("enter")
        terminal.wait("The wombat sleeps on it.")
        (tmp_path / "next").write_text(TERM.replace("sleeps on", "guards"), encoding="utf-8")
        terminal.press("i")
        terminal.wait(lambda text: "The wombat guards it." in text and "read again" in text)
        assert (tmp_path / "said").read_text(encoding="utf-8") == f"--at {file}"
        (tmp_path / "next").write_text(TERM.replace("checked: 2026-11", "checked: soon"), encoding="utf-8")
        terminal.press("i")
        terminal.wait("Line 6:")
        assert "The wombat sleeps on it." not in terminal.text()
    finally:
        terminal.close()


@pytest.mark.parametrize("key", ["\x03", "\x1c"], ids=["ctrl+c", "ctrl+backslash"])
def test_a_key_that_ends_the_editor_ends_nothing_else(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c \"print('Editing.'); input()\"")
    terminal = Terminal(tmp_path, "preview", str(ROOT / "content" / "kms" / "terms" / "alias.yaml"))
    try:
        terminal.wait("edit here")
        terminal.press("i")
        terminal.wait("Editing.")
        terminal.press(key)
        terminal.wait("ended with code")
        terminal.press("?")
        terminal.wait("The next problem")
        terminal.interrupt()  # one for the app itself is still heard
        assert terminal.wait_end() == 130
    finally:
        terminal.close()
