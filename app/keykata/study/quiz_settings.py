"""How the learner practises: the settings that stand first next time."""

from __future__ import annotations

import msgspec

from keykata.practice.form import Filter


class QuizSettings(msgspec.Struct, frozen=True):
    """What was practised last: which questions, how many, answers at the end or not, the limit (0: none)."""

    wanted: Filter = msgspec.field(default_factory=Filter)
    count: int = 10
    at_end: bool = False
    minutes: int = 0
    seconds_each: int = 0

    def as_dict(self) -> dict[str, object]:
        """What the log keeps of it."""
        how = {"at_end": self.at_end, "minutes": self.minutes, "seconds_each": self.seconds_each}
        return self.wanted.as_dict() | {"count": self.count, "how": how}


def read_settings(kept: object) -> QuizSettings | None:
    """The settings `as_dict` wrote; None for a session that was not chosen as a quiz."""
    if not isinstance(kept, dict) or not isinstance(how := kept.get("how"), dict):
        return None
    count, minutes, each = kept.get("count"), how.get("minutes"), how.get("seconds_each")
    if not (isinstance(count, int) and isinstance(minutes, int) and isinstance(each, int)):
        return None
    return QuizSettings(Filter.from_dict(kept), count, bool(how.get("at_end")), minutes, each)
