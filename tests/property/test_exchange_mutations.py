"""Files that went wrong on the way: every importer tells of it, none gives up with an exception."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from keykata.bank.reader import load_bank
from keykata.exchange.formats import FORMATS, reader_of
from keykata.exchange.model import Harvest
from keykata.exchange.settling import settle
from keykata.study.importing import import_file
from support.exchange_samples import samples

READ = sorted(name for name, form in FORMATS.items() if form.reads)
SEEDS = 120  # of each sample
TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n\n",
    b'"',
    b"'",
    b"`" * 4,
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE x [<!ENTITY y 'z'>]>",
    b"&#0;",
    b"&y;",
    b"</",
    b"{{c1::",
    b"}}",
    b"{",
    b"}",
    b"~%",
    b"%99999999999999999999%",
    b"=",
    b"#",
    b"::",
    b"\\",
    b"- [x] ",
    b"### ",
    b"---\n",
    b"ANSWER: ",
    b"A. ",
    b"PK\x03\x04",
    b"9" * 400,
    b"-1",
    "\u202e\u2028\U0001f600".encode(),
    b"<p>" * 90,
    b"(" * 300,
    b"\t" * 40,
)


def broken(data: bytes, seed: int) -> bytes:
    """The file after a few accidents."""
    chance = Random(seed)
    for _ in range(chance.randint(1, 6)):
        at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        end = min(end, at + chance.choice((1, 8, 400)))
        what = chance.randrange(6)
        if what == 0:
            data = data[:at]
        elif what == 1:
            data = data[:at] + data[end:]
        elif what == 2:
            data = data[:at] + chance.choice(TOKENS) + data[at:]
        elif what == 3:
            data = data[:end] + data[at:]
        elif what == 4:
            data = data[:at] + bytes(byte ^ 1 << chance.randrange(8) for byte in data[at:end]) + data[end:]
        else:
            lines = data.split(b"\n")
            chance.shuffle(lines)
            data = b"\n".join(lines)
    return data


@pytest.mark.parametrize("form", READ)
def test_no_broken_file_raises(form: str) -> None:
    read = reader_of(form)
    for sample in samples(form):
        for seed in range(SEEDS):
            data = broken(sample, seed)
            harvest = read(data)
            assert isinstance(harvest, Harvest)
            assert all(0 <= one.line <= data.count(b"\n") + data.count(b"\r") + 1 for one in harvest.findings)
            for number, question in enumerate(harvest.questions):
                settle(question, f"q{number}")


@pytest.mark.parametrize("form", READ)
def test_a_broken_file_makes_a_bank_that_opens_or_says_why(form: str, tmp_path: Path) -> None:
    for at, sample in enumerate(samples(form)):
        for seed in range(12):
            path = tmp_path / f"{form}-{at}-{seed}.bin"
            path.write_bytes(broken(sample, 1000 + seed))
            report = import_file(path, form=form)
            assert report.found or any(one.severity == "error" for one in report.findings)
            if report.found:
                bank = load_bank(Path(report.folder), exams={})
                assert sorted(item.id for item in bank.items) == sorted(report.added)


@pytest.mark.parametrize("form", READ)
def test_nothing_and_noise_are_told_in_words(form: str) -> None:
    for data in (b"", b"\n", b"\x00" * 64, bytes(range(256)) * 8, b"<" * 5000, b"[" * 50_000, b"{" * 50_000):
        harvest = reader_of(form)(data)
        assert not harvest.questions
