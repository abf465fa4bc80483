"""Where the log ends: what an append goes by, remembered from one to the next.

Rows are never taken out of the log, and each new one gets a larger number, whoever writes it: only those that
came since need to be looked at. At first these are the last of the table: a device's rows stand there in the
order of its own numbers, and only where none of them is near is the whole log looked through.
"""

from __future__ import annotations

import sqlite3

NEAR = 5_000  # rows; more may come from another device at once, and then the index, which holds all, is read
_LAST = "SELECT at, seq FROM event INDEXED BY event_order WHERE device = ? ORDER BY seq DESC, at DESC LIMIT 1"
_NEAR = (
    "SELECT at, seq FROM event WHERE rowid > (SELECT MAX(rowid) FROM event) - ? AND device = ?"
    " ORDER BY seq DESC, at DESC LIMIT 1"
)
_WHOLE = "SELECT COALESCE(MAX(rowid), 0), (SELECT MAX(at) FROM event) FROM event"
_SINCE = "SELECT rowid, at, device, seq FROM event WHERE rowid > ? ORDER BY rowid"


class LogEnd:
    """What is known of the end of a log.

    Attributes:
        at, seq: moment (ms UTC) and number of the device's last event; 0 before its first.
        latest: the moment of the last event in log order, of whatever device; 0 of an empty log.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._device = ""
        self._row = 0
        self.at = self.seq = self.latest = 0

    def look(self, device: str) -> None:
        """Know the log as it is; within a transaction that writes, before anything is written."""
        if device != self._device:
            self._device = device
            near = self._db.execute(_NEAR, (NEAR, device)).fetchone()
            self.at, self.seq = near or self._db.execute(_LAST, (device,)).fetchone() or (0, 0)
            row, latest = self._db.execute(_WHOLE).fetchone()
            self._row, self.latest = row, latest or 0
            return
        for row, at, of, seq in self._db.execute(_SINCE, (self._row,)).fetchall():
            self._row = row
            self.latest = max(self.latest, at)
            if of == device and (seq, at) > (self.seq, self.at):
                self.at, self.seq = at, seq

    def passed(self, count: int, at: int) -> None:
        """So many events of the device were committed since the last look, the last one at `at`."""
        self._row += count
        self.seq += count
        self.at = at
        self.latest = max(self.latest, at)
