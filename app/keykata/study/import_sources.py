"""What is read for an import: one file, or every file of a format in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from keykata.core.disk import read_at_most
from keykata.core.errors import UnreadableError, UsageError
from keykata.core.safe import is_text, safe_line
from keykata.exchange.formats import FORMATS, reader_of
from keykata.exchange.limits import MB
from keykata.exchange.model import Finding, Harvest

MOST_FILES = 5_000
MOST_OF_ALL = 64 * MB


def harvest_of(path: Path, form: str) -> Harvest:
    """All that a file, or the files of a folder in the order of their names, hold.

    A question alone in its file is known by the file's name, so that it keeps its id however it is reworded.

    Raises:
        UsageError: a file is too large, or the folder holds too much or nothing of the format.
        UnreadableError: a file cannot be read.
    """
    if not path.is_dir():
        return reader_of(form)(_bytes_of(path, FORMATS[form].most_bytes))
    try:
        files = sorted(_files_in(path, FORMATS[form].endings))
    except OSError as error:  # a folder that went away meanwhile, as those of running programs do
        what = f"The folder {path} cannot be looked through: {error.strerror}."
        raise UnreadableError(what, hint="Name a folder of files to import.", where=str(path)) from error
    if not files or len(files) > MOST_FILES:
        what = f"The folder {path} holds {len(files):,} files of the format {form}."
        hint = f"Name a folder of at most {MOST_FILES:,}, or another --format."
        raise UsageError(what, hint=hint, where=str(path))
    whole = Harvest()
    size = 0
    for file in files:
        data = _bytes_of(file, FORMATS[form].most_bytes)
        size += len(data)
        if size > MOST_OF_ALL:
            hint = "Import its parts one by one."
            raise UsageError(f"{path} holds more than {MOST_OF_ALL // MB} MB.", hint=hint, where=str(path))
        whole = _joined(whole, reader_of(form)(data), file.relative_to(path).as_posix())
    return whole


def name_of(name: str) -> str:
    """The name of a source as it is kept: that of a file, with signs for bytes that are not UTF-8."""
    return name if is_text(name) else safe_line(name)


def _files_in(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """The files with one of the endings, hidden ones and links left alone."""
    for file in folder.rglob("*"):
        inside = file.relative_to(folder).parts
        if (
            file.name.lower().endswith(endings)
            and not any(part.startswith(".") for part in inside)
            and file.is_file()
            and not file.is_symlink()
        ):
            yield file


def _bytes_of(path: Path, most: int) -> bytes:
    try:
        data = read_at_most(path, most)
    except OSError as error:
        hint = "Give the path of a file or folder to import."
        what = f"{path} cannot be read: {error.strerror}."
        raise UnreadableError(what, hint=hint, where=str(path)) from error
    if len(data) > most:
        hint = "Split it into smaller files."
        raise UsageError(f"{path.name} is larger than {most // MB} MB.", hint=hint, where=str(path))
    return data


def _joined(whole: Harvest, part: Harvest, name: str) -> Harvest:
    """Both harvests, the second named by its file."""
    shown = safe_line(name)
    name = name_of(name)
    questions = part.questions
    if len(questions) == 1 and not questions[0].key:
        questions = (msgspec.structs.replace(questions[0], key=name),)
    return Harvest(
        questions=(*whole.questions, *(msgspec.structs.replace(one, file=shown) for one in questions)),
        terms=(*whole.terms, *(msgspec.structs.replace(one, file=shown) for one in part.terms)),
        reviews=(*whole.reviews, *part.reviews),
        findings=(*whole.findings, *(_placed(one, shown) for one in part.findings)),
    )


def _placed(finding: Finding, name: str) -> Finding:
    where = f"{name}: {finding.where}" if finding.where else name
    return msgspec.structs.replace(finding, where=where)
