"""A file of another program into a bank folder, and again: ids stay, edits by hand are never overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from keykata.bank.model import Term
from keykata.core.digest import canonical_json, sha256_hex
from keykata.core.errors import OvertakenError, UsageError
from keykata.core.ids import is_id
from keykata.exchange.model import Finding, FindingSeverity, ForeignQuestion, Harvest, place_of
from keykata.exchange.settling import settle
from keykata.exchange.settling_terms import settle_term
from keykata.study.import_check import refused
from keykata.study.import_doubles import singled
from keykata.study.import_folder import Imported, ImportFolder
from keykata.study.import_formats import format_of
from keykata.study.import_home import ImportHome
from keykata.study.import_manifest import Record
from keykata.study.import_names import Foreign, named, slug, words_of
from keykata.study.import_sources import harvest_of, name_of
from keykata.study.import_tags import Tags

MOST_FINDINGS = 20_000  # a file of 8 MB can be made to hold a million things to say
TRIES = 20  # imports into one folder at once: each of them is first in turn
GRAVITY: tuple[FindingSeverity, ...] = ("error", "warning", "note")


class Report(msgspec.Struct, kw_only=True):
    """What an import did: ids by what became of them, and all that could not be carried.

    Attributes:
        kept: changed in the source, but their file was edited by hand.
        reviews: how many reviews of the source became answers in the learner's log.
    """

    folder: str
    bank: str
    added: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    gone: list[str] = []
    kept: list[str] = []
    left_out: int = 0
    reviews: int = 0
    findings: list[Finding] = []

    @property
    def found(self) -> bool:
        """Whether anything of the source stands in the bank."""
        return bool(self.added or self.changed or self.unchanged or self.kept)

    def find(self, severity: FindingSeverity, message: str, hint: str = "") -> None:
        """Add what concerns the whole file."""
        self.findings.append(Finding(severity=severity, message=message, hint=hint))

    def settle(self) -> None:
        """Count what was left out, and keep no more findings than anybody could read, the gravest of them."""
        self.left_out = sum(finding.severity == "error" for finding in self.findings)
        more = len(self.findings) - MOST_FINDINGS
        if more > 0:
            numbered = sorted(enumerate(self.findings), key=lambda pair: GRAVITY.index(pair[1].severity))
            worst = numbered[MOST_FINDINGS][1].severity
            self.findings = [
                finding for _, finding in sorted(numbered[:MOST_FINDINGS], key=lambda pair: pair[0])
            ]
            self.find(
                worst, f"{more:,} more findings are not listed.", "Mend the ones listed, or split the file."
            )


def import_file(
    path: Path,
    *,
    form: str | None = None,
    into: Path | None = None,
    bank: str = "",
    as_terms: bool = False,
    home: ImportHome | None = None,
) -> Report:
    """Read a file, or all files of a folder, into a bank folder that `--bank` opens.

    Args:
        into: the folder; without one, beside the file, under its name.
        bank: the id of a new bank; without one, from the folder's name.
        as_terms: cards of two sides become terms; otherwise they are counted as left out.
        home: whose terms tags may name, and whose log takes the reviews; None: nothing of it.

    Raises:
        UsageError: the format or the id does not fit, or the folder holds what no import wrote.
        UnreadableError: the file or the folder cannot be read.
        UnwritableError: the folder cannot be written.
    """
    name = format_of(path, form)
    source = name_of(path.name)
    path = path.resolve() if path.is_dir() else path
    harvest = harvest_of(path, name)
    start = slug(path.name.split(".")[0]) or "imported"
    place = into if into is not None else path.with_name(f"{start}-bank" if path.is_dir() else start)
    wanted = bank or slug(place.name) or "imported"
    if not is_id(wanted):
        hint = "Use lower-case letters, digits and dashes."
        raise UsageError(f"{wanted} cannot be the id of a bank.", hint=hint)
    for _ in range(TRIES - 1):
        with suppress(OvertakenError):
            return _into(place, wanted, harvest, source, home, asked=bool(bank), as_terms=as_terms)
    return _into(place, wanted, harvest, source, home, asked=bool(bank), as_terms=as_terms)


def _into(
    place: Path,
    wanted: str,
    harvest: Harvest,
    source: str,
    home: ImportHome | None,
    *,
    asked: bool,
    as_terms: bool,
) -> Report:
    """Bring what was found into a folder as it is now.

    Raises:
        OvertakenError: another import wrote there meanwhile; nothing was written.
    """
    folder = ImportFolder(place, wanted)
    report = Report(folder=str(place), bank=folder.bank, findings=list(harvest.findings))
    if home and folder.is_new and wanted in home.banks:
        folder.bank = report.bank = _free_bank(wanted, home, report, asked=asked)
    before = folder.manifest.items.values()
    again = any(one.source == source and one.file.startswith("terms/") for one in before)
    items = _wanted(harvest, report, as_terms=as_terms or again)
    names = named(items, folder.manifest.items, source, taken=folder.present)
    fresh = _settled(dict(zip(names, items, strict=True)), folder, report, home)
    _place(fresh, dict(zip(names, items, strict=True)), folder, source, report)
    if fresh or folder.manifest.items:
        _write(fresh, folder, report)
    if harvest.reviews:
        by_key = {item.key: fresh[name] for name, item in zip(names, items, strict=True) if name in fresh}
        _take_reviews(harvest, by_key, source, report, home)
    if not report.found and not any(one.severity == "error" for one in report.findings):
        report.find("error", "Nothing to import was found in the file.", "Is it of another --format?")
    report.settle()
    return report


def _free_bank(wanted: str, home: ImportHome, report: Report, *, asked: bool) -> str:
    """Another id for a new bank whose own belongs to an open one.

    Raises:
        UsageError: that very id was asked for.
    """
    if asked:
        raise UsageError(f"The id {wanted} belongs to an open bank.", hint="Name another with --bank-id.")
    number = 2
    while f"{wanted}-{number}" in home.banks:
        number += 1
    report.find("note", f"The id {wanted} belongs to an open bank; the new one is {wanted}-{number}.")
    return f"{wanted}-{number}"


def _wanted(harvest: Harvest, report: Report, *, as_terms: bool) -> tuple[Foreign, ...]:
    """The items to bring in, each once; without `as_terms` cards of two sides are told as left out."""
    questions, findings = singled(harvest.questions)
    report.findings += findings
    if as_terms or not harvest.terms:
        return (*questions, *harvest.terms)
    many = (
        f"{len(harvest.terms):,} cards of two sides were" if harvest.terms[1:] else "A card of two sides was"
    )
    report.find(
        "error", f"{many} left out: only questions are imported.", "Add --as terms to import them too."
    )
    return questions


def _settled(
    asked: Mapping[str, Foreign], folder: ImportFolder, report: Report, home: ImportHome | None
) -> dict[str, Imported]:
    """The items that fit, by local id: each was read back once, so that the bank opens without errors."""
    fresh: dict[str, Imported] = {}
    tags = Tags(folder.bank, home.terms if home else ())
    for name, foreign in asked.items():
        if not isinstance(foreign, ForeignQuestion):
            tags.know(name)
    for name, item in folder.present.items():
        if isinstance(item, Term):
            tags.know(name)
    for name, foreign in asked.items():
        if isinstance(foreign, ForeignQuestion):
            made: tuple[Imported | None, tuple[Finding, ...]] = settle(
                foreign, name, tags.topics(foreign.tags)
            )
        else:
            made = settle_term(foreign, name)
        report.findings += made[1]
        if made[0] is not None:
            fresh[name] = made[0]
    if tags.unknown:
        shown = ", ".join(sorted(tags.unknown)[:8]) + (", ..." if len(tags.unknown) > 8 else "")
        report.find("note", f"Tags that name no term were left out: {shown}.")
    if tagged := sum(bool(one.tags) for one in asked.values() if not isinstance(one, ForeignQuestion)):
        report.find("note", f"The tags of {tagged:,} cards were left out: terms have none.")
    _read_back(fresh, asked, report)
    return fresh


def _read_back(fresh: dict[str, Imported], asked: Mapping[str, Foreign], report: Report) -> None:
    """Take out, and tell, what the reader of banks would refuse."""
    for problem in refused(fresh, report.bank):
        if problem.item in fresh:
            kind = "term" if isinstance(fresh.pop(problem.item), Term) else "question"
            what = f"{problem.message} The {kind} was left out."
            source = asked[problem.item]
            where = place_of(source, problem.item)
            report.findings.append(
                Finding(severity="error", message=what, hint=problem.hint, line=source.line, where=where)
            )


def _place(
    fresh: Mapping[str, Imported],
    asked: Mapping[str, Foreign],
    folder: ImportFolder,
    source: str,
    report: Report,
) -> None:
    """Sort the items into added, changed and unchanged, and give each its file."""
    folder.forget_missing(fresh)
    records = folder.manifest.items
    start = slug(Path(source).stem) or "source"
    for name, item in fresh.items():
        digest = sha256_hex(canonical_json(msgspec.to_builtins(item)))
        before = records.get(name)
        if before is None or name in folder.missing:
            report.added.append(name)
        else:
            (report.unchanged if before.digest == digest else report.changed).append(name)
        file = before.file if before else folder.file_for(item, start)
        records[name] = Record(source, asked[name].key, words_of(asked[name]), digest, file)
    report.gone += [name for name, one in records.items() if one.source == source and name not in asked]


def _write(fresh: Mapping[str, Imported], folder: ImportFolder, report: Report) -> None:
    """Write what is new; items whose file was edited by hand are reported as kept."""
    kept = folder.write(fresh, added=report.added, changed=report.changed)
    for name, file in kept.items():
        what = f"{file} was edited by hand; the new form of the item was not written."
        report.findings.append(Finding(severity="warning", message=what, where=name))
    report.added = [name for name in report.added if name not in kept]
    report.changed = [name for name in report.changed if name not in kept]
    report.kept += kept


def _take_reviews(
    harvest: Harvest, items: Mapping[str, Imported], source: str, report: Report, home: ImportHome | None
) -> None:
    """The reviews into the log of the home, or a word that they stay behind."""
    if home is None:
        report.find("warning", f"{len(harvest.reviews):,} reviews of the source were left out.")
        return
    report.reviews, findings = home.take(harvest.reviews, items, bank=report.bank, source=source)
    report.findings += findings
