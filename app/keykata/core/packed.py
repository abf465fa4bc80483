"""What is kept packed, unpacked within bounds: a few kilobytes can say gigabytes."""

from __future__ import annotations

import zlib

from keykata.core.errors import UnreadableError

MOST_UNPACKED = 64 << 20  # bytes of a paper; that of a whole exam takes about 0.2 MB


def unpack(packed: object) -> bytes:
    """The bytes that were packed by zlib.

    Raises:
        UnreadableError: they are damaged, cut, or more than `MOST_UNPACKED`, which are never made.
    """
    if not isinstance(packed, bytes):
        raise UnreadableError("It is damaged.")
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, MOST_UNPACKED)
        more = unpacking.decompress(unpacking.unconsumed_tail, 1)
    except zlib.error as error:
        raise UnreadableError("It is damaged.") from error
    if more:
        raise UnreadableError(f"It unpacks to more than {MOST_UNPACKED >> 20} MB and is not read.")
    if not unpacking.eof:
        raise UnreadableError("It is damaged.")
    return text
