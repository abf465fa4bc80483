"""import and export as commands: exit codes, words with lines, files that stay, and the same file again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from keykata.bank.model import Question, Term
from keykata.bank.reader import load_bank
from keykata.exchange.formats import FORMATS
from support.anki_items import legacy, note
from support.exchange_samples import FOREIGN, samples
from support.program import run

pytestmark = pytest.mark.terminal
BOTH = sorted(name for name, form in FORMATS.items() if form.reads and form.writes)
ENDINGS = {
    "markdown": "md",
    "csv": "csv",
    "gift": "gift",
    "aiken": "aiken",
    "moodle": "xml",
    "qti": "zip",
    "anki-text": "anki.txt",
    "apkg": "apkg",
}
CARDS = {"csv-cards"}


def bank(folder: Path, *lines: str) -> Path:
    """A bank of three questions, made by an import."""
    source = folder / "base.md"
    source.write_text(
        "\n".join(
            f"### A firm has {n} apples in its {n} baskets. Which one?\n\n"
            f"- [x] Take {n}\n- [ ] B {n}\n- [ ] C {n}\n- [ ] D {n}\n"
            for n in ("red", "enormous blue", "old and rather green")
        ),
        encoding="utf-8",
    )
    done = run(folder, "import", str(source))
    assert done.returncode == 0, done.stderr
    return folder / "base"


@pytest.mark.parametrize("form", sorted(set(BOTH) - CARDS))
def test_a_bank_goes_out_and_comes_in_again_and_again(form: str, tmp_path: Path) -> None:
    where = bank(tmp_path)
    file = tmp_path / f"out.{ENDINGS.get(form, 'dat')}"
    named = () if form in ENDINGS else ("--format", form)
    out = run(
        tmp_path, "--bank", str(where), "export", "--from", "base", "--format", form, "--out", str(file)
    )
    assert (out.returncode, out.stdout) == (0, ""), out.stderr
    first = run(tmp_path, "import", str(file), *named, "--into", "in")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "3 added; 0 left out." in first.stdout
    again = run(tmp_path, "import", str(file), *named, "--into", "in")
    assert "3 unchanged; 0 left out." in again.stdout
    items = [item for item in load_bank(tmp_path / "in", exams={}).items if isinstance(item, Question)]
    assert sorted(option.text for item in items for option in item.options if option.right) == [
        "Take enormous blue",
        "Take old and rather green",
        "Take red",
    ]
    assert "keykata --bank in" in first.stdout


def test_an_export_never_writes_over_a_file(tmp_path: Path) -> None:
    where = bank(tmp_path)
    file = tmp_path / "mine.gift"
    file.write_text("precious", encoding="utf-8")
    done = run(tmp_path, "--bank", str(where), "export", "--format", "gift", "--out", str(file))
    assert (done.returncode, file.read_text("utf-8")) == (4, "precious")
    assert "is there already" in done.stderr


def test_an_export_without_a_file_goes_to_standard_output(tmp_path: Path) -> None:
    done = run(tmp_path, "--bank", str(bank(tmp_path)), "export", "--format", "gift", "--from", "base")
    assert done.returncode == 0
    assert done.stdout.count("[id:base:") == 3


def test_only_what_was_asked_for_is_written(tmp_path: Path) -> None:
    where = bank(tmp_path)
    name = next(iter(load_bank(where, exams={}).items)).id
    one = run(tmp_path, "--bank", str(where), "export", "--format", "gift", "--item", f"base:{name}")
    assert one.stdout.count("\n::") == 1
    assert f"base:{name}" in one.stdout
    task = run(tmp_path, "export", "--format", "csv-plain", "--task", "1.3", "--level", "analyse")
    assert task.returncode == 0
    assert ",1.3,analyse," in task.stdout
    assert ",1.3,apply," not in task.stdout
    term = run(tmp_path, "export", "--format", "csv-cards", "--topic", "key policy", "--kind", "term")
    assert term.stdout.splitlines()[1].startswith("Key policy,")
    for wrong in (("--item", "nope"), ("--term", "nope nope"), ("--task", "9.9"), ("--from", "nope")):
        done = run(tmp_path, "export", "--format", "gift", *wrong)
        assert (done.returncode, done.stdout) == (2, ""), wrong
        assert "what to do" in done.stderr


def test_an_updated_source_updates(tmp_path: Path) -> None:
    bank(tmp_path)
    source = tmp_path / "base.md"
    source.write_text(source.read_text("utf-8").replace("Take red", "Take them"), encoding="utf-8")
    done = run(tmp_path, "import", str(source), "--json")
    report = json.loads(done.stdout)
    assert (len(report["changed"]), len(report["unchanged"]), report["added"]) == (1, 2, [])


def test_what_is_left_out_is_told_with_its_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    for form, lines in (
        ("markdown", ("line 1: note", "line 7: note")),
        ("gift", ("line 8: error", "line 10: error")),
        ("aiken", ("line 8: error",)),
        ("csv-plain", ("line 3: error",)),
        ("moodle", ("line 8: error",)),
        ("blackboard", ("line 2: error",)),
    ):
        (tmp_path / f"{form}.txt").write_bytes(FOREIGN[form])
        done = run(tmp_path, "import", f"{form}.txt", "--format", form)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "added" in done.stdout
        for line in lines:
            assert line in done.stdout, (form, done.stdout)


@pytest.mark.parametrize("form", sorted(name for name, one in FORMATS.items() if one.reads))
def test_a_file_of_nothing_is_exit_3_and_no_bank(form: str, tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"\x00\xffnothing at all\n\n" * 9)
    done = run(tmp_path, "import", "x.bin", "--format", form)
    assert done.returncode == 3
    assert "error" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "x").exists()


def test_what_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("precious", encoding="utf-8")
    (tmp_path / "a.md").write_text("### Q?\n\n- [x] a\n- [ ] b\n- [ ] c\n- [ ] d\n", encoding="utf-8")
    for code, arguments in (
        (3, ("import", "nowhere.md")),
        (2, ("import", "mine")),
        (2, ("import", "mine", "--format", "gift")),
        (2, ("import", ".", "--into", ".")),
        (2, ("import", "a.md", "--format", "nope")),
        (2, ("import", "a.md", "--into", "mine")),
        (2, ("import", "a.md", "--into", "a.md")),
        (2, ("import", "a.md", "--bank-id", "No Id")),
        (2, ("import", "a.bin")),
        (2, ("import", "a.md", "--format", "html")),
        (2, ("export", "--format", "nope")),
    ):
        done = run(tmp_path, *arguments)
        assert done.returncode == code, (arguments, done.stderr)
        assert "what to do" in done.stderr, (arguments, done.stderr)
        assert "Traceback" not in done.stderr
    assert (tmp_path / "mine" / "work.txt").read_text("utf-8") == "precious"


def test_cards_become_terms_when_asked(tmp_path: Path) -> None:
    (tmp_path / "cards.csv").write_text("Front,Back\nKMS,Keeps keys. And more.\n", encoding="utf-8")
    without = run(tmp_path, "import", "cards.csv")
    assert without.returncode == 3
    assert "--as terms" in without.stdout
    done = run(tmp_path, "import", "cards.csv", "--as", "terms")
    assert done.returncode == 0
    (term,) = load_bank(tmp_path / "cards", exams={}).items
    assert isinstance(term, Term)
    assert (term.name, term.short, term.definition) == ("KMS", "Keeps keys.", "Keeps keys. And more.")
    assert "KMS" in run(tmp_path, "--bank", "cards", "search", "keeps keys").stdout


def test_text_files_tell_their_format_themselves(tmp_path: Path) -> None:
    for form in ("markdown", "gift", "aiken", "anki-text", "blackboard"):
        (tmp_path / f"{form}.txt").write_bytes(samples(form)[0])
        done = run(tmp_path, "import", f"{form}.txt", "--as", "terms")
        assert done.returncode == 0, (form, done.stdout, done.stderr)


def test_help_names_every_format(tmp_path: Path) -> None:
    told = {name: run(tmp_path, name, "--help").stdout.replace("\n", " ") for name in ("import", "export")}
    words = {name: set(text.replace(",", " ").replace(".", " ").split()) for name, text in told.items()}
    assert {name for name, form in FORMATS.items() if form.writes} <= words["export"]
    assert {name for name, form in FORMATS.items() if form.endings and form.reads} <= words["import"]


def test_reviews_of_a_deck_are_taken_over_once(tmp_path: Path) -> None:
    reviews = "".join(
        f"INSERT INTO revlog VALUES ({at}, 7, 3, 4000);" for at in (1_700_000_000_000, 1_700_900_000_000)
    )
    (tmp_path / "deck.apkg").write_bytes(legacy(note(7, 1, "KMS", "Keeps keys."), reviews))
    left = run(tmp_path, "import", "deck.apkg", "--as", "terms", "--no-reviews")
    assert "2 reviews of the source were left out, as asked." in left.stdout
    first = run(tmp_path, "import", "deck.apkg")
    assert "2 reviews taken into your log." in first.stdout
    again = run(tmp_path, "import", "deck.apkg")
    assert (again.returncode, "taken" in again.stdout) == (0, False)
    stats = json.loads(run(tmp_path, "--bank", "deck", "stats", "--json").stdout)
    assert sum(stats["cards"][name] for name in ("learning", "review")) == 1


@pytest.mark.parametrize(
    "form", sorted(name for name, one in FORMATS.items() if one.writes and name not in CARDS)
)
def test_an_export_says_whose_answer_is_disputed(form: str, tmp_path: Path) -> None:
    where = bank(tmp_path)
    file = next((where / "questions").iterdir())
    before, mark, after = file.read_text("utf-8").partition("    options:")
    told = f"{before}    disputed: {{since: 2026-11, claim: It is another.}}\n{mark}{after}"
    file.write_text(told, encoding="utf-8")
    done = run(tmp_path, "--bank", str(where), "export", "--from", "base", "--format", form, "--out", "out")
    assert done.returncode == 0
    assert [line.partition(": base:")[0] for line in done.stderr.splitlines() if "disputed" in line] == [
        "warning"
    ]
