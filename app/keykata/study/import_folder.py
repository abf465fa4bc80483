"""The folder of an imported bank: what imports wrote there, and what people changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from keykata.bank.model import Question, Term
from keykata.bank.reader import load_bank
from keykata.bank.writer import bank_yaml, questions_yaml
from keykata.bank.writer_terms import term_yaml
from keykata.core.digest import sha256_hex
from keykata.core.errors import UnwritableError, UsageError
from keykata.core.whole_file import replace_file

MANIFEST = "import.json"
A_FILE = 50  # questions
Imported = Question | Term


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


class ImportFolder:
    """A bank's folder between imports.

    Attributes:
        bank: the bank's id: what `bank.yaml` says, else what was wished for.
        manifest: what imports wrote, changed in memory until `write`.
        present: the items that stand there now, by id.

    Raises:
        UsageError: the folder holds what no import wrote.
        UnreadableError: it cannot be read.
    """

    def __init__(self, path: Path, bank: str) -> None:
        self.path = path
        self.bank = bank
        self.manifest = Manifest()
        self.present: dict[str, Imported] = {}
        self._counts: Counter[str] = Counter()
        if path.is_file():
            hint = "Name an empty or new folder with --into."
            raise UsageError(f"{path} is a file, not a folder.", hint=hint, where=str(path))
        if not path.exists() or not any(path.iterdir()):
            return
        try:
            self.manifest = msgspec.json.decode((path / MANIFEST).read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            hint = "Name an empty or new folder with --into."
            raise UsageError(f"{path} was not made by an import.", hint=hint, where=str(path)) from error
        loaded = load_bank(path, exams={})
        self.bank = loaded.header.id
        self.present = {item.id: item for item in loaded.items if isinstance(item, Question | Term)}

    @property
    def is_new(self) -> bool:
        """Whether nothing was imported into it yet."""
        return not (self.path / "bank.yaml").exists()

    def file_for(self, item: Imported, source: str) -> str:
        """The file of a new item: its own for a term, else one of about fifty questions no hand edited."""
        if isinstance(item, Term):
            return f"terms/{item.id}.yaml"
        if not self._counts:
            self._counts = Counter(record.file for record in self.manifest.items.values())
        number = 1
        while True:
            name = f"questions/{source}-{number:02}.yaml"
            if self._counts[name] < A_FILE and not self.edited(name):
                self._counts[name] += 1
                return name
            number += 1

    def edited(self, file: str) -> bool:
        """Whether a file holds what the program did not write."""
        path = self.path / file
        return path.exists() and sha256_hex(path.read_bytes()) != self.manifest.files.get(file)

    def write(
        self, fresh: Mapping[str, Imported], *, added: Sequence[str], changed: Sequence[str]
    ) -> dict[str, str]:
        """Write the files that hold something new; the items kept out of files edited by hand, with these.

        Args:
            fresh: all items of this import, by id.
            added, changed: the ids of those that are new, and of those that say something else now.

        Raises:
            UnwritableError: the folder cannot be written.
        """
        wanted = {*added, *changed}
        kept: dict[str, str] = {}
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if not (self.path / "bank.yaml").exists():
                save(self.path / "bank.yaml", bank_yaml(self.bank, self.bank))
            here: dict[str, list[str]] = {}
            for name, record in self.manifest.items.items():
                here.setdefault(record.file, []).append(name)
            for file in dict.fromkeys(self.manifest.items[name].file for name in fresh if name in wanted):
                if self.edited(file):
                    kept |= dict.fromkeys((name for name in here[file] if name in wanted), file)
                else:
                    self._write_file(file, here[file], {**self.present, **fresh})
            for name in kept:
                self.manifest.items[name].digest = ""  # so that it is still news to the next import
            for name in set(added) & kept.keys():
                del self.manifest.items[name]
            text = msgspec.json.format(msgspec.json.encode(self.manifest)).decode() + "\n"
            save(self.path / MANIFEST, text)
        except OSError as error:
            what = f"{self.path} cannot be written: {error.strerror}."
            hint = "Name another folder with --into."
            raise UnwritableError(what, where=str(self.path), hint=hint) from error
        return kept

    def _write_file(self, file: str, names: Iterable[str], items: Mapping[str, Imported]) -> None:
        held = [items[name] for name in names if name in items]
        questions = [item for item in held if isinstance(item, Question)]
        terms = [item for item in held if isinstance(item, Term)]
        text = "".join(term_yaml(term) for term in terms) if terms else questions_yaml(questions)
        save(self.path / file, text)
        self.manifest.files[file] = sha256_hex(text.encode())


def save(path: Path, text: str) -> None:
    """Write a file whole or not at all, its folder with it.

    Raises:
        OSError: it could not be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, text.encode())
