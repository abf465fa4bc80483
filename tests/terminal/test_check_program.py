"""The real `keykata check`: for people, for other programs, once and at every save."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from support.program import run
from support.terminal import Terminal

pytestmark = pytest.mark.terminal
QUESTION = """questions:
  mine-undo:
    level: recall
    checked: 2026-11
    stem: Clerks of an insurer overwrite reports, and each earlier state must come back on the same day.
    ask: Which solution meets this requirement?
    options:
      - {right: Turn versioning on for the bucket., why: Earlier states stay.}
      - {wrong: Usually copy the bucket at night., why: "States in 100% of the gaps are lost: gone."}
      - {wrong: Take a snapshot once a week., why: A week of states is lost.}
      - {wrong: Make the bucket in AWS S3 read-only., why: Nobody could save any more.}
    refs: [https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html]
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A small bank with two warnings."""
    (tmp_path / "mine" / "questions").mkdir(parents=True)
    (tmp_path / "mine" / "bank.yaml").write_text("id: mine\nname: Mine\nblueprint: false\n", encoding="utf-8")
    (tmp_path / "mine" / "questions" / "a,b.yaml").write_text(QUESTION, encoding="utf-8")
    return tmp_path / "mine"


def test_text_says_what_to_do_next(tmp_path: Path, bank: Path) -> None:
    done = run(tmp_path, "check", "mine")
    assert done.returncode == 0
    assert "mine/questions/a,b.yaml:9:17 warning vague" in done.stdout
    assert "--fix can mend 1 of them." in done.stdout
    assert "keykata check --explain vague" in done.stdout
    assert run(tmp_path, "check", "mine", "--strict").returncode == 1


def test_annotations_are_escaped(tmp_path: Path, bank: Path) -> None:
    text = QUESTION.replace("ask: Which", 'ask: "50%: Which').replace(
        "requirement?", 'requirement? (Select one.)"'
    )
    (bank / "questions" / "a,b.yaml").write_text(text, encoding="utf-8")
    lines = run(tmp_path, "check", "mine", "--format", "github").stdout.splitlines()
    (error,) = [line for line in lines if line.startswith("::error ")]
    assert error.startswith("::error file=mine/questions/a%2Cb.yaml,line=6,col=")
    assert ",title=count-typed::" in error
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)


def test_sarif_has_its_rules_places_and_cures(tmp_path: Path, bank: Path) -> None:
    log = json.loads(run(tmp_path, "check", "mine", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert sorted(rules) == ["service-name", "vague"]
    for result in only["results"]:
        jsonschema.validate(result, RESULT)
        assert rules[result["ruleIndex"]] == result["ruleId"]
    (mended,) = [result for result in only["results"] if "fixes" in result]
    (change,) = mended["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "mine/questions/a%2Cb.yaml"
    assert change["replacements"][0]["insertedContent"]["text"] == "Amazon S3"
    marks = [result["partialFingerprints"]["keykata/v1"] for result in only["results"]]
    assert len(set(marks)) == len(marks)


PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "required": ["artifactLocation", "region"],
            "properties": {
                "region": {
                    "required": ["startLine", "startColumn"],
                    "properties": {"startLine": {"minimum": 1}, "startColumn": {"minimum": 1}},
                }
            },
        }
    },
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "properties": {"level": {"enum": ["error", "warning", "note"]}, "locations": {"items": PLACE}},
}


def test_json_is_the_list_of_the_contract(tmp_path: Path, bank: Path) -> None:
    for arguments in (("--json",), ("--format", "json")):
        found = json.loads(run(tmp_path, "check", "mine", *arguments).stdout)
        assert {frozenset(one) for one in found} == {
            frozenset(("file", "line", "column", "code", "severity", "message", "hint"))
        }


def test_mending_and_old_debt(tmp_path: Path, bank: Path) -> None:
    first = run(tmp_path, "check", "mine", "--write-baseline", "known.json")
    assert first.returncode == 0
    assert "2 warnings and notes are known from now on." in first.stdout
    again = run(tmp_path, "check", "mine", "--strict", "--baseline", "known.json")
    assert (again.returncode, again.stdout) == (
        0,
        "No problems found.\n2 known from the baseline are left out.\n",
    )
    mended = run(tmp_path, "check", "mine", "--fix", "--baseline", "known.json")
    assert "mine/questions/a,b.yaml:11 mended: AWS S3 → Amazon S3" in mended.stdout
    assert "write it anew" in mended.stdout
    assert "AWS S3" not in (bank / "questions" / "a,b.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--fix",), 2, "--fix needs a PATH."),
        (("--explain", "vage"), 2, "Did you mean `vague`?"),
        (("mine", "--baseline", "none.json"), 3, "--write-baseline FILE"),
        (("mine", "--watch", "--json"), 2, "--watch writes text"),
        (("nowhere",), 3, "nowhere"),
    ],
)
def test_what_cannot_be_done_is_told(
    tmp_path: Path, bank: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run(tmp_path, "check", *arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_explain_as_text_and_json(tmp_path: Path) -> None:
    assert run(tmp_path, "check", "--explain", "vague").stdout.startswith("vague · warning\n")
    assert json.loads(run(tmp_path, "check", "--explain", "vague", "--json").stdout)["group"] == "cue"


@pytest.fixture
def watching(tmp_path: Path, bank: Path) -> Iterator[Terminal]:
    """A check that waits for saves."""
    terminal = Terminal(tmp_path / "home", "check", "--watch", str(bank), columns=110)
    try:
        yield terminal
    finally:
        terminal.close()


def test_a_save_is_checked_at_once_until_it_is_interrupted(watching: Terminal, bank: Path) -> None:
    file = bank / "questions" / "a,b.yaml"
    watching.wait("Waiting for the next save")
    watching.wait("2 warnings in 1 file")
    file.write_text(QUESTION.replace("Usually copy", "Copy").replace("AWS S3", "Amazon S3"), encoding="utf-8")
    watching.wait("No problems found.")
    new = bank / "questions" / "new.yaml"
    beside = new.with_suffix(".tmp")
    beside.write_text("questions: [", encoding="utf-8")
    beside.replace(new)  # as most editors save
    watching.wait("2 errors in 1 file")
    new.unlink()
    watching.wait("No problems found.")
    watching.press("\x03")
    assert watching.wait_end() == 130


def test_what_the_save_did_stands_in_sight(watching: Terminal, bank: Path) -> None:
    file, more = bank / "questions" / "a,b.yaml", bank / "questions" / "more.yaml"
    watching.wait("Waiting for the next save")
    trades = "baker", "printer", "brewer", "tailor", "carpenter", "florist"
    one = QUESTION.removeprefix("questions:\n")
    many = (one.replace("mine-undo", trade).replace("an insurer", f"{trade}s " * 9) for trade in trades)
    more.write_text("questions:\n" + "".join(many), encoding="utf-8")
    assert "a,b.yaml" not in watching.wait("warnings in 2 files")
    file.write_text(QUESTION.replace("level: recall", "level: recal"), encoding="utf-8")
    last = watching.wait("a,b.yaml changed.").split("\n")
    where = next(number for number, line in enumerate(last) if line.strip() == "level: recal")
    assert last[where + 1].index("^") == last[where].index("recal")
    assert any("a,b.yaml:3:12" in line for line in last[:where])
    file.write_text(QUESTION, encoding="utf-8")
    # without an error anywhere, what is in the saved file is told last
    shown = watching.wait(lambda text: "1 error" not in text and "a,b.yaml changed." in text)
    assert "a,b.yaml:11:" in shown


def test_a_folder_that_is_gone_and_comes_back_is_watched_on(watching: Terminal, bank: Path) -> None:
    watching.wait("Waiting for the next save")
    away = bank.rename(bank.with_name("away"))
    watching.wait("mine cannot be read")
    away.rename(bank)
    watching.wait("2 warnings in 1 file")
    (bank / "questions" / "a,b.yaml").write_text("", encoding="utf-8")
    watching.wait("The file is empty.")


def test_a_file_is_watched_with_its_whole_bank(tmp_path: Path, bank: Path) -> None:
    file = bank / "questions" / "a,b.yaml"
    file.write_text(QUESTION.replace("[https:", "[s3:page, https:"), encoding="utf-8")
    terminal = Terminal(tmp_path / "home", "check", "--watch", str(file), columns=110)
    try:
        terminal.wait("1 error")
        sources = "sources:\n  s3: https://docs.aws.amazon.com/{}.html\n"
        header = bank / "bank.yaml"
        header.write_text(header.read_text(encoding="utf-8") + sources, encoding="utf-8")
        terminal.wait(lambda text: "2 warnings in 1 file" in text and "error" not in text)
    finally:
        terminal.close()


def test_watching_what_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    done = run(tmp_path, "check", "--watch", "nowhere")
    assert done.returncode == 3
    assert "nowhere" in done.stderr


@pytest.mark.parametrize("columns", [40, 80])
def test_findings_fit_the_terminal(tmp_path: Path, bank: Path, columns: int) -> None:
    file = bank / "questions" / "a,b.yaml"
    terminal = Terminal(tmp_path / "home", "check", str(file), columns=columns, rows=60)
    try:
        lines = terminal.wait("More on a code").split("\n")
    finally:
        terminal.close()
    carets = [number for number, line in enumerate(lines) if line.strip() == "^"]
    assert len(carets) == 2
    for number in carets:
        above, caret = lines[number - 1], lines[number].index("^")
        assert above.startswith("    ")  # no rest of a line that was too long
        assert above[caret].strip()
