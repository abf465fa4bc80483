"""ULIDs: 26 characters that sort by time (https://github.com/ulid/spec)."""

from __future__ import annotations

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)


def ulid(at: int, entropy: bytes) -> str:
    """A ULID from milliseconds UTC and ten bytes of entropy.

    Raises:
        ValueError: the moment does not fit in 48 bits or the entropy is not ten bytes.
    """
    if not 0 <= at < 1 << 48 or len(entropy) != 10:
        raise ValueError("a ULID takes 48 bits of milliseconds and ten bytes of entropy")
    number = (at << 80) | int.from_bytes(entropy, "big")
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10)])
