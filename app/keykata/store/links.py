"""Which id goes on under which other one: what the moves in the log add up to."""

from __future__ import annotations

from collections.abc import Iterable


def resolve(moves: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The present id of every id that was moved away.

    A move counts only while its old id still holds its progress, so that two devices noticing one rename
    move it once; a rename that is taken back brings everything home.

    Args:
        moves: (old, new) in log order, withdrawn ones left out.
    """
    present: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for old, new in moves:
        if old == new or present.get(old, old) != old:
            continue
        target = present.get(new, new)
        group = members.pop(old, [old])
        if target == old:
            target = new
        else:
            group = [*members.pop(target, [target]), *group]
        members[target] = group
        present.update(dict.fromkeys(group, target))
    return {name: target for name, target in present.items() if name != target}
