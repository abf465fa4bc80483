"""A bank read again after any edits is the bank read for the first time: items, problems, their order."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keykata.bank.advising import Advice
from keykata.bank.again import Readings
from keykata.bank.loading import LoadedBank
from keykata.bank.reader import BankLoader, known_ids, load_bank
from keykata.bank.registry import Registry, Service
from support.bank_texts import EXAM, FILES, KEY_TERM, changed

SERVICES = Registry([Service(id="s3", name="Amazon S3", was=("Amazon Bucket Store",))])
BESIDE = {
    "bank.yaml": "id: other\nname: Other\nblueprint: false\n",
    "terms/customer-key.yaml": changed(FILES[KEY_TERM], "id: customer-managed-key", "id: customer-key"),
}
TWINS = """questions:
  {id}:
    task: 1.3
    level: apply
    topics: [customer-key]
    stem: |
      Clerks of an insurer overwrite reports in AWS S3 each day, and each earlier state of every one of
      the reports must come back on the {word} day.
    ask: Which solution meets this requirement?
    options:
      - {{right: Keep each earlier state of the bucket., why: Earlier states stay.}}
      - {{wrong: Usually copy the whole bucket at night., why: States between are lost.}}
      - {{wrong: Take a snapshot of it once a week., why: A week of states is lost.}}
      - {{wrong: Make the whole bucket read-only., why: Nobody could save any more.}}
    refs: [https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html]
    checked: 2026-11
"""
START = {
    **FILES,
    "questions/one.yaml": TWINS.format(id="one", word="same"),
    "questions/two.yaml": TWINS.format(id="two", word="next"),
    "questions/odd.yml": "a name that is not read",
    "services.yaml": "services:\n  kiln:\n    name: Amazon Kiln\n    was: [Amazon Old Kiln]\n",
}
PIECES = (
    "- ", ": ", "#", '"', "\t", "\n", "  ", "[", "}", "\r\n", "x", "one", "snapshot", "id: x\n", "AWS S3",
    "Amazon Old Kiln", "always", "(Choose two.)", "customer-key", "recall", "right:", "wrong:", "\u00e9",
    "\0", "allow: {near-dup: so}",
)  # fmt: skip
PLACE = st.floats(0, 1, exclude_max=True)
EDIT = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(sorted(START)), PLACE, st.sampled_from(PIECES)),
    st.tuples(st.just("cut"), st.sampled_from(sorted(START)), PLACE, st.sampled_from(["", "level: no"])),
    st.tuples(st.just("remove"), st.sampled_from(sorted(START)), PLACE, st.just("")),
    st.tuples(st.just("restore"), st.sampled_from(sorted(START)), PLACE, st.just("")),
    st.tuples(st.just("beside"), st.sampled_from(sorted(BESIDE)), PLACE, st.sampled_from(PIECES)),
)


def put(folder: Path, files: dict[str, str]) -> None:
    """Write files of a bank."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def edit(folder: Path, how: str, name: str, where: float, piece: str) -> None:
    """Do one of the things that happen to files between two saves."""
    path = folder / ("other" if how == "beside" else "mine") / name
    if how == "restore":
        put(folder / "mine", {name: START[name]})
    elif path.is_file():
        text = path.read_bytes().decode()
        at = int(where * len(text))
        if how == "remove":
            path.unlink()
        else:
            path.write_bytes((text[:at] + piece + ("" if how == "cut" else text[at:])).encode())


def told(folder: Path, load: BankLoader) -> tuple[LoadedBank, LoadedBank]:
    """Everything that reading and checking the two banks says, as the check does it."""
    exams = {EXAM.id: EXAM}
    other = load(folder / "other", exams=exams)
    alone = load(folder / "mine", exams=exams)
    beside = {other.header.id: known_ids(other)}
    advice = Advice(services=SERVICES, month="2026-11")
    return alone, load(folder / "mine", exams=exams, beside=beside, advice=advice)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(EDIT, max_size=3), min_size=1, max_size=5))
def test_a_bank_read_again_is_the_bank_read_fresh(rounds: list[list[tuple[str, str, float, str]]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        put(folder / "mine", START)
        put(folder / "other", BESIDE)
        again = Readings().load
        assert told(folder, again) == told(folder, load_bank)
        for edits in rounds:
            for one in edits:
                edit(folder, *one)
            assert told(folder, again) == told(folder, load_bank)


def test_the_start_has_problems_of_every_sort(tmp_path: Path) -> None:
    put(tmp_path / "mine", START)
    put(tmp_path / "other", BESIDE)
    _, bank = told(tmp_path, Readings().load)
    assert {"near-dup", "service-name", "schema-unknown-file"} <= {one.code for one in bank.problems}


def test_what_is_unchanged_is_not_read_again(tmp_path: Path) -> None:
    put(tmp_path, START)
    again = Readings()
    beside = {"other": frozenset({"other:customer-key"})}
    first = again.load(tmp_path, exams={EXAM.id: EXAM}, beside=beside)
    assert again.load(tmp_path, exams={EXAM.id: EXAM}, beside=beside) is first
    put(tmp_path, {"questions/one.yaml": TWINS.format(id="three", word="same")})
    now = again.load(tmp_path, exams={EXAM.id: EXAM}, beside=beside)
    assert {item.id for item in now.items} - {item.id for item in first.items} == {"three"}
