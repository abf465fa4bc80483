"""The folder of an imported bank: what imports wrote there, and what people changed since."""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from keykata.bank.model import Question, Term
from keykata.bank.reader import HEADER, load_bank
from keykata.bank.writer import bank_yaml, questions_yaml
from keykata.bank.writer_terms import term_yaml
from keykata.core.digest import sha256_hex
from keykata.core.disk import make_folder, real, sync_folder
from keykata.core.errors import OvertakenError, UnwritableError, UsageError
from keykata.core.held import held
from keykata.core.safe import is_text
from keykata.core.whole_file import is_scrap, replace_file, sweep_scraps
from keykata.study.import_manifest import (
    MANIFEST,
    Before,
    Manifest,
    manifest_json,
    read_manifest,
    settle_interrupted,
)

A_FILE = 50  # questions
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
Imported = Question | Term


class ImportFolder:
    """A bank's folder between imports.

    Attributes:
        bank: the bank's id: what `bank.yaml` says, else what was wished for.
        manifest: what imports wrote, changed in memory until `write`.
        present: the items that stand there now, by id.
        missing: the ids of those an import that was cut short did not come to write.

    Raises:
        UsageError: the folder holds what no import wrote.
        UnreadableError: it cannot be read.
    """

    def __init__(self, path: Path, bank: str) -> None:
        self.path = path
        self.bank = bank
        self.manifest = Manifest()
        self.present: dict[str, Imported] = {}
        self.missing: set[str] = set()
        self._digests: dict[str, str] = {}  # of the items, before this import
        self._counts: Counter[str] = Counter()
        self._number = 1  # of the file that new questions go to
        self._seen = ""  # what the manifest was when it was read
        hint = "Name an empty or new folder with --into."
        if not is_text(f"{path}{Path(os.path.realpath(path)).name}"):  # no bank could be opened there
            what = f"{path} has a name that is not UTF-8."
            raise UsageError(what, hint="Name another folder with --into.", where=str(path))
        if path.exists() and not path.is_dir():
            raise UsageError(f"{path} is a file, not a folder.", hint=hint, where=str(path))
        if not path.exists() or all(is_scrap(one.name) for one in path.iterdir()):
            return
        self._seen = self._digest(MANIFEST)
        try:
            self.manifest = read_manifest(path)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            what = f"{path} holds files, but no {MANIFEST} of an import that can be read."
            if _is_begun(path):
                hint = (
                    f"It may be an import that did not end: move {path} to another place, then run the same"
                    " command again. What was edited in it stays there. Or name a new folder with --into."
                )
            raise UsageError(what, hint=hint, where=str(path)) from error
        loaded = load_bank(path, exams={})
        if not self.is_new:
            self.bank = loaded.header.id
        self.present = {item.id: item for item in loaded.items if isinstance(item, Question | Term)}
        self.missing = settle_interrupted(self.manifest, path, self.present)
        self._digests = {name: record.digest for name, record in self.manifest.items.items()}

    @property
    def is_new(self) -> bool:
        """Whether nothing was imported into it yet."""
        return not (self.path / HEADER).exists()

    def file_for(self, item: Imported, source: str) -> str:
        """The file of a new item: its own for a term, else one of about fifty questions no hand edited."""
        if isinstance(item, Term):
            return f"terms/{item.id}.yaml"
        if not self._counts:
            self._counts = Counter(record.file for record in self.manifest.items.values())
        while True:  # what is full or edited by hand stays so
            name = f"questions/{source}-{self._number:02}.yaml"
            if self._counts[name] < A_FILE and not self.edited(name):
                self._counts[name] += 1
                return name
            self._number += 1

    def edited(self, file: str) -> bool:
        """Whether a file holds what the program did not write."""
        return self._digest(file) not in ("", self.manifest.files.get(file))

    def _digest(self, file: str) -> str:
        path = self.path / file
        return sha256_hex(path.read_bytes()) if path.is_file() else ""

    def write(
        self, fresh: Mapping[str, Imported], *, added: Sequence[str], changed: Sequence[str]
    ) -> dict[str, str]:
        """Write the files that hold something new; the items kept out of files edited by hand, with these.

        Args:
            fresh: all items of this import, by id.
            added, changed: the ids of those that are new, and of those that say something else now.

        Raises:
            UnwritableError: the folder cannot be written.
            OvertakenError: another import wrote there since it was read; nothing was written.
        """
        wanted = {*added, *changed}
        kept: dict[str, str] = {}
        texts: dict[str, str] = {}
        here: dict[str, list[str]] = {}
        for name, record in self.manifest.items.items():
            here.setdefault(record.file, []).append(name)
        try:
            for file in dict.fromkeys(self.manifest.items[name].file for name in fresh if name in wanted):
                news = [name for name in here[file] if name in wanted]
                if self.edited(file):
                    kept |= dict.fromkeys(news, file)
                else:
                    texts[file] = _text(here[file], {**self.present, **fresh})
                    self._foretell(file, texts[file], news)
            for name in kept:
                self.manifest.items[name].digest = ""  # so that it is still news to the next import
            for name in set(added) & kept.keys():
                del self.manifest.items[name]
            self._save(texts)
        except OSError as error:
            what = f"{self.path} cannot be written: {error.strerror}."
            hint = (
                "Make room, then import again." if error.errno in FULL else "Name another folder with --into."
            )
            raise UnwritableError(what, where=str(self.path), hint=hint) from error
        return kept

    def forget_missing(self, fresh: Mapping[str, Imported]) -> None:
        """Forget what never arrived and is not in this import either."""
        for name in self.missing - fresh.keys():
            self.manifest.items.pop(name, None)

    def _foretell(self, file: str, text: str, news: Iterable[str]) -> None:
        """Note what a file is now and what it is going to be: whatever stops us, it is known as ours."""
        self.manifest.before[file] = Before(
            self._digest(file), {name: self._digests.get(name, "") for name in news}
        )
        self.manifest.files[file] = sha256_hex(text.encode())

    def _save(self, texts: Mapping[str, str]) -> None:
        """Write the files, the manifest before them and after them, while no other import does."""
        make_folder(self.path)
        with held(self.path):
            if self._digest(MANIFEST) != self._seen:
                raise OvertakenError("Another import wrote here meanwhile.", where=str(self.path))
            self._save_alone(texts)

    def _save_alone(self, texts: Mapping[str, str]) -> None:
        for folder in (self.path, self.path / "questions", self.path / "terms"):
            sweep_scraps(folder)
        save(self.path / MANIFEST, manifest_json(self.manifest))
        if self.is_new:
            save(self.path / HEADER, bank_yaml(self.bank, self.bank))
        for file, text in texts.items():
            if self._digest(file) == self.manifest.before[file].digest:
                save(self.path / file, text, named=False)
                del self.manifest.before[file]
            # else a hand was quicker: what still stands in `before` is news to the next import
        for folder in {real(self.path / file).parent for file in texts}:
            sync_folder(folder)  # once for all files: a term has a file of its own
        if texts:
            save(self.path / MANIFEST, manifest_json(self.manifest))


def _is_begun(path: Path) -> bool:
    """Whether nothing but what an import writes lies in a folder; older versions wrote the manifest last."""
    names = {one.name for one in path.iterdir() if not is_scrap(one.name)}
    return HEADER in names and names <= {HEADER, MANIFEST, "questions", "terms"}


def _text(names: Iterable[str], items: Mapping[str, Imported]) -> str:
    """The text of a file that holds these items, as far as they are there."""
    held = [items[name] for name in names if name in items]
    terms = [item for item in held if isinstance(item, Term)]
    if terms:
        return "".join(term_yaml(term) for term in terms)
    return questions_yaml(item for item in held if isinstance(item, Question))


def save(path: Path, text: str, *, named: bool = True) -> None:
    """Write a file whole or not at all, its folder with it.

    Args:
        named: wait until the disk has its name, too.

    Raises:
        OSError: it could not be written.
    """
    make_folder(path.parent)
    replace_file(path, text.encode(), named=named)
