"""Sharing: one log on several computers, by merging homes and through a synced folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from keykata.core.disk import real
from keykata.core.errors import UnreadableError, UsageError
from keykata.core.tilde import in_full
from keykata.study.rooms import Rooms
from keykata.study.taking import Merged

if TYPE_CHECKING:
    from keykata.study.merging import Watch

SYNC = "sync"


class Sharing:
    """The part of the dojo that exchanges with other computers."""

    rooms: Rooms

    def merge(self, other: Path, watch: Watch | None = None) -> Merged:
        """Fold another home's log into this one.

        Args:
            other: a home's folder, its database, an exported log, or a folder of logs.
            watch: hears how much of how much is done; False breaks off between two batches.

        Raises:
            UsageError: it is this home itself. UnreadableError: there is nothing that can be read.
            UnwritableError: this home cannot be written.
        """
        from keykata.study.merging import carry_on, merge

        return merge(self.rooms.ledger.store, other, watch or carry_on)

    def log_chunks(self) -> Iterator[bytes]:
        """The whole log as a file of lines, a stretch at a time."""
        from keykata.study.sending import log_chunks

        return log_chunks(self.rooms.ledger.store)

    def save_log(self, path: Path) -> int:
        """Write the whole log into a new file; how many entries it holds.

        Raises:
            UnwritableError: it is there already, or cannot be written.
        """
        from keykata.study.sending import save_log

        return save_log(self.rooms.ledger.store, path)

    def sync_setting(self) -> str | None:
        """The synced folder of this computer, None without one.

        Raises:
            UnreadableError: the home's configuration is no TOML.
        """
        from keykata.study.config_file import read_config

        value = read_config(self._home_folder).get(SYNC)
        return value if isinstance(value, str) and value else None

    def set_look(self, name: str) -> None:
        """Keep a theme for the starts to come, on this computer.

        Raises:
            UnreadableError: the home's configuration is no TOML. UnwritableError: it cannot be written.
        """
        from keykata.study.config_file import LOOK, write_config

        write_config(self._home_folder, LOOK, name)

    def shares(self) -> bool:
        """Whether this computer exchanges through a folder, as far as its configuration can be read."""
        with suppress(UnreadableError):
            return self.sync_setting() is not None
        return False

    def set_sync_folder(self, folder: str | None) -> None:
        """Exchange through a folder from now on, or through none.

        Raises:
            UsageError: it is no folder, or the home itself. UnwritableError: the home cannot be written.
        """
        from keykata.study.config_file import write_config

        if folder is not None:
            path = real(in_full(Path(folder)))
            if not path.is_dir():
                raise UsageError(
                    f"{folder} is no folder.", hint="Make it first, where your sync program looks."
                )
            if path == real(self._home_folder):
                raise UsageError("That is the home itself.", hint="Name a folder of its own.")
            folder = str(path)
        write_config(self._home_folder, SYNC, folder)

    def sync(self, watch: Watch | None = None) -> Merged:
        """Write what is new to the synced folder and take in what others wrote there.

        It opens a connection of its own, so that it may run in any thread.

        Raises:
            UsageError: no folder is set. UnreadableError: the folder is not there.
            UnwritableError: this home or the folder cannot be written. BusyError: try again.
        """
        from keykata.study.merging import carry_on
        from keykata.study.syncing import sync

        folder = self.sync_setting()
        if folder is None:
            raise UsageError("No folder is set.", hint="keykata config sync FOLDER sets one.")
        store = self.rooms.ledger.store
        with closing(store.again()) as own:
            merged = sync(own, Path(folder), watch or carry_on)
            store.device = own.device
        return merged

    @property
    def _home_folder(self) -> Path:
        return self.rooms.ledger.store.path.parent
