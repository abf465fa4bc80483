"""A file of another program into a bank folder, and again: ids stay, edits by hand are never overwritten."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from rapidfuzz import fuzz, process

from keykata.bank.model import Question
from keykata.bank.reader import load_bank
from keykata.bank.writer import bank_yaml, questions_yaml
from keykata.core.digest import canonical_json, sha256_hex
from keykata.core.errors import UnreadableError, UnwritableError, UsageError
from keykata.core.ids import is_id
from keykata.exchange.formats import FORMATS, reader_of
from keykata.exchange.limits import MB
from keykata.exchange.model import Finding, ForeignQuestion
from keykata.exchange.settling import settle

MANIFEST = "import.json"
A_FILE = 50  # questions
QTI_ROOTS = frozenset({"assessmentItem", "qti-assessment-item", "qti-assessment-test", "assessmentTest"})
_FIRST_ELEMENT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
ALIKE = 90  # percent: a stem this near is the same question, reworded


class Record(msgspec.Struct):
    """What a bank remembers of an imported item."""

    source: str
    key: str
    stem: str
    digest: str
    file: str


class Manifest(msgspec.Struct):
    """What the program wrote into a folder: items by id, and SHA-256 of each file."""

    items: dict[str, Record] = {}
    files: dict[str, str] = {}


class Report(msgspec.Struct, kw_only=True):
    """What an import did: ids by what became of them, and all that could not be carried."""

    folder: str
    bank: str
    added: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    gone: list[str] = []
    kept: list[str] = []  # changed in the source, but their file was edited by hand
    left_out: int = 0
    findings: list[Finding] = []


def format_of(path: Path, name: str | None) -> str:
    """The format asked for, or that of the file's ending; of XML, the first element decides.

    Raises:
        UsageError: the format is unknown, is not read, or cannot be told.
    """
    if name is None:
        endings = [(end, key) for key, form in FORMATS.items() for end in form.endings]
        fits = [(len(end), key) for end, key in endings if path.name.lower().endswith(end)]
        if not fits:
            raise UsageError(f"{path.name} does not say its format.", hint="Name it with --format.")
        name = max(fits)[1]
        if name == "moodle" and _root_of(path) in QTI_ROOTS:
            name = "qti"
    if name not in FORMATS or not FORMATS[name].reads:
        known = ", ".join(key for key, form in FORMATS.items() if form.reads)
        raise UsageError(f"The format {name} cannot be read.", hint=f"One of: {known}.")
    return name


def _root_of(path: Path) -> str:
    """The name of the first element of an XML file, "" when it cannot be told."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return ""  # reading the whole file says it better
    found = _FIRST_ELEMENT.search(re.sub(rb"<!--.*?-->", b"", start, flags=re.S))
    return found.group(1).decode("ascii") if found else ""


def import_file(path: Path, *, form: str | None = None, into: Path | None = None, bank: str = "") -> Report:
    """Read a file into a bank folder that `--bank` opens.

    Args:
        into: the folder; without one, beside the file, under its name.
        bank: the id of a new bank; without one, from the folder's name.

    Raises:
        UsageError: the format or the id does not fit, or the folder holds what no import wrote.
        UnreadableError: the file or the folder cannot be read.
        UnwritableError: the folder cannot be written.
    """
    name = format_of(path, form)
    folder = into if into is not None else path.with_name(slug(path.name.split(".")[0]) or "imported")
    wanted = bank or slug(folder.name) or "imported"
    if not is_id(wanted):
        hint = "Use lower-case letters, digits and dashes."
        raise UsageError(f"{wanted} cannot be the id of a bank.", hint=hint)
    try:
        most = FORMATS[name].most_bytes
        if path.stat().st_size > most:
            hint = "Split it into smaller files."
            raise UsageError(f"{path.name} is larger than {most // MB} MB.", hint=hint, where=str(path))
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}.", where=str(path)) from error
    harvest = reader_of(name)(data)
    report = Report(folder=str(folder), bank=wanted, findings=list(harvest.findings))
    if harvest.terms:
        what = f"{len(harvest.terms)} cards of two sides were left out: only questions are imported."
        report.findings.append(Finding(severity="error", message=what))
    if harvest.reviews:
        what = f"{len(harvest.reviews)} reviews of the source were left out."
        report.findings.append(Finding(severity="warning", message=what))
    manifest, present = _present(folder, report)
    names = _named(harvest.questions, manifest, path.name)
    fresh = _settled(harvest.questions, names, report)
    _place(fresh, dict(zip(names, harvest.questions, strict=True)), manifest, path.name, report)
    _write(folder, fresh, present, manifest, report)
    report.left_out = sum(finding.severity == "error" for finding in report.findings)
    return report


def slug(text: str) -> str:
    """A text as an id, as far as it goes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-")


def _present(folder: Path, report: Report) -> tuple[Manifest, dict[str, Question]]:
    """What earlier imports wrote, and the questions that stand there now."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return Manifest(), {}
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        hint = "Name an empty or new folder with --into."
        raise UsageError(f"{folder} was not made by an import.", hint=hint, where=str(folder)) from error
    bank = load_bank(folder, exams={})
    report.bank = bank.header.id
    return manifest, {item.id: item for item in bank.items if isinstance(item, Question)}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _named(questions: Sequence[ForeignQuestion], manifest: Manifest, source: str) -> list[str]:
    """A local id for each question: its old one by key, by stem, by a stem nearly the same; else new."""
    old = {name: record for name, record in manifest.items.items() if record.source == source}
    names = [""] * len(questions)
    for at, question in enumerate(questions):
        for name, record in old.items():
            same = record.key == question.key if question.key else record.stem == _folded(question.text)
            if same:
                names[at] = name
                del old[name]
                break
    used = {*manifest.items, *names}
    for at, question in enumerate(questions):
        if names[at]:
            continue
        stems = {name: record.stem for name, record in old.items() if not (question.key and record.key)}
        near = process.extractOne(_folded(question.text), stems, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if near:
            names[at] = near[2]
            del old[near[2]]
        else:
            names[at] = _new_name(question, used)
            used.add(names[at])
    return names


def _new_name(question: ForeignQuestion, used: set[str]) -> str:
    stem = _folded(question.text)
    start = slug(question.key) or slug(" ".join(stem.split()[:6]))[:40].strip("-") or "q"
    name = start if question.key else f"{start}-{sha256_hex(stem.encode())[:6]}"
    base, number = name, 1
    while name in used:
        number += 1
        name = f"{base}-{number}"
    return name


def _settled(
    questions: Sequence[ForeignQuestion], names: Sequence[str], report: Report
) -> dict[str, Question]:
    """The questions that fit, by local id: each was read back once, so that the bank opens without errors."""
    fresh: dict[str, Question] = {}
    lines = {name: question.line for name, question in zip(names, questions, strict=True)}
    for name, question in zip(names, questions, strict=True):
        item, findings = settle(question, name)
        report.findings += findings
        if item is not None:
            fresh[name] = item
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "questions").mkdir()
        (folder / "bank.yaml").write_text(bank_yaml(report.bank, report.bank), encoding="utf-8")
        text = questions_yaml(fresh.values())
        (folder / "questions" / "all.yaml").write_text(text, encoding="utf-8", newline="\n")
        problems = load_bank(folder, exams={}).problems if fresh else ()
    for problem in problems:
        if problem.severity == "error" and fresh.pop(problem.item, None) is not None:
            what = f"{problem.message} The question was left out."
            line = lines[problem.item]
            report.findings.append(
                Finding(severity="error", message=what, hint=problem.hint, line=line, where=problem.item)
            )
    return fresh


def _place(
    fresh: dict[str, Question],
    asked_by: dict[str, ForeignQuestion],
    manifest: Manifest,
    source: str,
    report: Report,
) -> None:
    """Sort the questions into added, changed and unchanged, and give each its file."""
    for name, item in fresh.items():
        digest = sha256_hex(canonical_json(msgspec.to_builtins(item)))
        before = manifest.items.get(name)
        asked = asked_by[name]
        if before is None:
            file = _file_with_room(Path(report.folder), manifest, source)
            report.added.append(name)
        else:
            file = before.file
            (report.unchanged if before.digest == digest else report.changed).append(name)
        manifest.items[name] = Record(source, asked.key, _folded(asked.text), digest, file)
    report.gone += [
        name for name, record in manifest.items.items() if record.source == source and name not in asked_by
    ]


def _file_with_room(folder: Path, manifest: Manifest, source: str) -> str:
    """The file for one more question of a source: about fifty each, none edited by hand."""
    start = slug(Path(source).stem) or "source"
    number = 1
    counts: dict[str, int] = {}
    for record in manifest.items.values():
        counts[record.file] = counts.get(record.file, 0) + 1
    while True:
        name = f"questions/{start}-{number:02}.yaml"
        full = counts.get(name, 0) >= A_FILE
        if not full and not _edited(folder / name, manifest.files.get(name)):
            return name
        number += 1


def _write(
    folder: Path,
    fresh: dict[str, Question],
    present: dict[str, Question],
    manifest: Manifest,
    report: Report,
) -> None:
    """Write the files that hold something new; one edited by hand stays, and its items are reported."""
    if not fresh and not manifest.items:
        return
    moved = {*report.added, *report.changed}
    try:
        (folder / "questions").mkdir(parents=True, exist_ok=True)
        if not (folder / "bank.yaml").exists():
            _save(folder / "bank.yaml", bank_yaml(report.bank, report.bank))
        for file in dict.fromkeys(manifest.items[name].file for name in fresh if name in moved):
            here = [name for name, record in manifest.items.items() if record.file == file]
            if _edited(folder / file, manifest.files.get(file)):
                _keep(file, [name for name in here if name in moved], manifest, report)
                continue
            items = {**present, **fresh}
            text = questions_yaml(items[name] for name in here if name in items)
            _save(folder / file, text)
            manifest.files[file] = sha256_hex(text.encode())
        _save(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)).decode() + "\n")
    except OSError as error:
        raise UnwritableError(f"{folder} cannot be written: {error.strerror}.", where=str(folder)) from error


def _edited(path: Path, written: str | None) -> bool:
    """Whether a file holds what the program did not write."""
    return path.exists() and sha256_hex(path.read_bytes()) != written


def _keep(file: str, names: list[str], manifest: Manifest, report: Report) -> None:
    for name in names:
        what = f"{file} was edited by hand; the new form of the question was not written."
        report.findings.append(Finding(severity="warning", message=what, where=name))
        if name in report.added:
            report.added.remove(name)
            del manifest.items[name]
        else:
            report.changed.remove(name)
            manifest.items[name].digest = ""
        report.kept.append(name)


def _save(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    beside.replace(path)
