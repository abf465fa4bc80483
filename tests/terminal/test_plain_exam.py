"""A mock exam in plain mode with the real program: pipes in, streams, exit codes and the log out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.exam_files import write_exam_bank
from support.program import environment, run, run_afresh
from support.recount import SCORED, UNSCORED, as_told, recounted
from support.terminal import Terminal

pytestmark = pytest.mark.terminal
LETTERS = "ABCDEF"
ALL = "a\n" * 65

Json = dict[str, Any]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a bank that can fill whole exams."""
    return str(write_exam_bank(tmp_path_factory.mktemp("banks")))


def log(folder: Path, bank: str) -> list[Json]:
    """Every answer in the log."""
    return [json.loads(line) for line in run(folder, "log", "--json", "--bank", bank).stdout.splitlines()]


def test_a_whole_exam_and_its_numbers_from_the_log(tmp_path: Path, bank: str) -> None:
    """Marks, crossings-out, changes and blanks on the way; the report is counted again from the log."""
    said = ["a", "mark", "cross b", "b", "back", "d", "go 3", "note Look again", "skip"]
    said += [LETTERS[number % 4].lower() for number in range(4, 66)]
    said += ["go 2", "mark", "next", "go 3", "hand in"]
    done = run(tmp_path, "exam", "--json", "--seed", "9", "--bank", bank, said="\n".join(said) + "\n")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    prose = done.stderr.splitlines()
    assert "Question 1 of 65. 130 minutes left. On pace." in prose
    assert "Left: 2 3" in prose
    assert prose.count("Saved.") == 3 + 62
    before = prose[: prose.index("Handed in.")]
    assert not any(line.startswith(("Right.", "Wrong.", "Because")) for line in before)

    answers = log(tmp_path, bank)
    assert report["answers"] == answers
    assert len(answers) == 64
    assert sorted(answer["position"] for answer in answers) == [1, 2, *range(4, 66)]
    for answer in answers:
        assert answer["correct"] == (answer["chosen"] == answer["right"])
        assert len(answer["options"]) in (4, 5)
    scored = [answer for answer in answers if answer["scored"]]
    blank_is_scored = len(scored) == 49
    assert (report["items"], report["answered"], report["scored"]) == (65, 64, 50)
    assert as_told(report) == recounted(answers)
    assert report["full"] is True
    counts = Counter((answer["task"][0], answer["scored"]) for answer in answers)
    missing = [
        (domain, kind)
        for domain in SCORED
        for kind, size in ((True, SCORED[domain]), (False, UNSCORED[domain]))
        if counts[(domain, kind)] != size
    ]
    assert len(missing) == 1
    assert missing[0][1] is blank_is_scored
    for domain in report["domains"]:
        own = [answer["correct"] for answer in scored if answer["task"][0] == domain["domain"]]
        assert domain["correct"] == sum(own)
        assert domain["scored"] == SCORED[domain["domain"]]
        assert domain["meets"] is (sum(own) / domain["scored"] >= 31 / 45)
    second = next(answer for answer in answers if answer["position"] == 2)
    assert (second["chosen"], second["changed_from"]) == (["D"], ["B"])
    assert (second["struck"], second["marked"]) == (["B"], False)


def test_the_same_seed_gives_the_same_paper_and_so_does_repeat(tmp_path: Path, bank: str) -> None:
    options = ("exam", "--json", "--bank", bank)
    first, second = (
        json.loads(begin(tmp_path, *options, "--seed", "3", said=ALL).stdout) for begin in (run, run_afresh)
    )
    other = json.loads(run(tmp_path, *options, "--seed", "4", said=ALL).stdout)
    again = json.loads(run(tmp_path, *options, "--repeat", first["id"], said=ALL).stdout)
    papers = [
        [(answer["item"], answer["options"], answer["scored"]) for answer in report["answers"]]
        for report in (first, second, other, again)
    ]
    assert papers[0] == papers[1] == papers[3]
    assert papers[0] != papers[2]
    assert again["seed"] == 3
    assert len({report["id"] for report in (first, second, other, again)}) == 4


def test_quit_leaves_it_open_and_resume_goes_on(tmp_path: Path, bank: str) -> None:
    left = run(tmp_path, "exam", "--json", "--seed", "3", "--bank", bank, said="a\nb\nmark\nquit\n")
    assert left.returncode == 0
    opened = json.loads(left.stdout)
    assert opened["finished_at"] is None
    assert all(
        answer["correct"] is answer["right"] is answer["rating"] is None for answer in opened["answers"]
    )
    assert "Left open at 3 of 65. To go on: keykata exam --resume --plain." in left.stderr
    done = run(tmp_path, "exam", "--resume", "--json", "--bank", bank, said="c\n" * 63 + "hand in\n")
    report = json.loads(done.stdout)
    assert report["id"] == opened["id"]
    assert report["finished_at"]
    assert "2 answered already." in done.stderr
    assert "Left: 3" in done.stderr
    assert [answer["chosen"] for answer in report["answers"][:3]] == [["A"], ["B"], ["C"]]


def test_an_exam_begun_beside_an_open_one_says_so(tmp_path: Path) -> None:
    begin = ("exam", "--json")
    first, second = (run(tmp_path, *begin, said="a\nquit\n") for _ in range(2))
    assert "Left open:" not in first.stderr
    left = "Left open: Mock exam 1, 2 of 65, 130 min left. To go on: keykata exam --resume --plain."
    assert left in second.stderr.splitlines()
    papers = [json.loads(done.stdout)["answers"][0]["item"] for done in (first, second)]
    assert papers[0] != papers[1]


@pytest.mark.parametrize(
    ("arguments", "leave", "go_on", "begun"),
    [
        ((), ("esc", "esc", "q"), ("enter",), "of 65 · 130 min left"),
        (("--plain",), ("quit", "enter"), ("go on", "enter"), "Question 1 of 65. 130 minutes left."),
    ],
)
def test_a_person_is_offered_the_open_exam_before_another_is_begun(
    tmp_path: Path, arguments: tuple[str, ...], leave: tuple[str, ...], go_on: tuple[str, ...], begun: str
) -> None:
    made = []
    try:
        for keys in (leave, go_on):
            made.append(Terminal(tmp_path / "home", "exam", *arguments, columns=100, rows=30))
            shown = made[-1].wait(begun if keys is leave else "nother")
            assert "Mock exam 1" in shown
            made[-1].press(*keys)
        made[-1].wait(begun)
        assert "Mock exam 1" in made[-1].text()
    finally:
        for terminal in made:
            terminal.close()
    assert [one["mode"] for one in json.loads(run(tmp_path, "history", "--json").stdout)] == ["exam"]


def test_the_end_of_input_is_quit_and_a_kill_loses_nothing(tmp_path: Path, bank: str) -> None:
    arguments = ("exam", "--plain", "--seed", "6", "--bank", bank)
    assert run(tmp_path, *arguments, said="a\n").returncode == 0
    with subprocess.Popen(
        [sys.executable, "-m", "keykata", *arguments],
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write("a\nb\n")
        child.stdin.flush()
        saved = 0
        while saved < 2:
            saved += child.stdout.readline() == "Saved.\n"
        child.kill()
    done = run(tmp_path, "exam", "--resume", "--json", "--bank", bank, said="hand in\n")
    assert [answer["chosen"] for answer in json.loads(done.stdout)["answers"]] == [["A"], ["B"]]


def test_exit_status_tells_of_a_failed_exam(tmp_path: Path, bank: str) -> None:
    options = ("exam", "--plain", "--bank", bank, "--exit-status", "--seed", "1")
    failed = run(tmp_path, *options, said="hand in\n")
    assert failed.returncode == 1
    assert "Estimated 100. 720 passes. Not passed." in failed.stdout
    assert run(tmp_path, *options, said="quit\n").returncode == 0
    rights = {
        answer["position"]: "".join(answer["right"])
        for answer in json.loads(
            run(tmp_path, "exam", "--json", "--bank", bank, "--seed", "1", said=ALL).stdout
        )["answers"]
    }
    passed = run(tmp_path, *options, said="".join(f"{rights[place]}\n" for place in range(1, 66)))
    assert passed.returncode == 0
    assert "Estimated 1000. 720 passes. Passed." in passed.stdout


def test_extra_time_and_strictness(tmp_path: Path, bank: str) -> None:
    said = run(tmp_path, "exam", "--plain", "--bank", bank, "--extra", "--strict").stdout.splitlines()
    assert said[0].startswith("Mock exam 1. 65 questions, 160 minutes. Seed ")
    assert said[1] == "The clock runs on while you are away."


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("exam", "--plain", "--repeat", "nothing"), "no such attempt"),
        (("exam", "--plain", "--repeat", "X", "--seed", "1"), "its own seed"),
        (("quiz", "--plain", "--minutes", "0"), "--minutes"),
        (("quiz", "--plain", "--minutes", "5", "--each", "60"), "not both"),
        (("history", "nothing"), "No session ends"),
        (("drill", "--plain", "--missed"), "missed list"),
        (("drill", "--plain", "--mixups"), "mixed"),
        (("drill", "--plain", "no such thing"), "No sorter is called"),
        (("drill", "--plain", "--missed", "--mixups"), "Give one of"),
    ],
)
def test_what_cannot_be_begun_says_why(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""


def test_a_quiz_with_its_answers_at_the_end(tmp_path: Path) -> None:
    done = run(tmp_path, "quiz", "--json", "--at-end", "--count", "3", "--seed", "2", said="a\nb\nc\n")
    report = json.loads(done.stdout)
    assert report["mode"] == "quiz"
    assert report["scaled"] is None
    assert report["answered"] == 3
    assert done.stderr.splitlines().count("Saved.") == 3


def test_the_sorter_with_a_seed(tmp_path: Path) -> None:
    drilled = [
        json.loads(run(tmp_path, "drill", "--json", "--count", "4", "--seed", "2", said="1\n" * 4).stdout)
        for _ in range(2)
    ]
    assert [report["mode"] for report in drilled] == ["drill", "drill"]
    cards = [[answer["card"] for answer in report["answers"]] for report in drilled]
    assert cards[0] == cards[1]
    assert len(cards[0]) == 4


@pytest.fixture
def terminal(tmp_path: Path, bank: str) -> Iterator[Terminal]:
    """A mock exam in plain mode."""
    made = Terminal(tmp_path / "home", "exam", "--plain", "--seed", "7", "--bank", bank, columns=120, rows=40)
    yield made
    made.close()


def test_a_person_is_asked_once_more_before_handing_in(terminal: Terminal) -> None:
    terminal.wait("Question 1 of 65.")
    terminal.wait("Your answer:")
    terminal.press("a", "enter")
    terminal.wait("Question 2 of 65.")
    terminal.press("hand in", "enter")
    terminal.wait("Say hand in once more")
    terminal.press("go 2", "enter")
    terminal.wait(lambda text: text.rstrip().endswith("Your answer:"))
    terminal.press("quit", "enter")
    terminal.wait("Left open at 2 of 65.")
    assert terminal.wait_end() == 0
