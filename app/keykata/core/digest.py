"""Canonical JSON, its hash, and orders drawn from a seed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeVar

T = TypeVar("T")


def canonical_json(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, and UTF-8: the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256_hex(data: bytes) -> str:
    """SHA-256 in hex digits."""
    return hashlib.sha256(data).hexdigest()


def seeded_key(seed: int, purpose: str, name: str) -> bytes:
    """A sort key that depends on (seed, purpose, name) only, so that adding a name moves no other."""
    return hashlib.sha256(f"{seed}\x1f{purpose}\x1f{name}".encode()).digest()


def seeded_order(values: Iterable[T], seed: int, purpose: str, name: Callable[[T], str]) -> list[T]:
    """The values in the order drawn from a seed: that of their `seeded_key`."""
    begun = _sha256_of_short(f"{seed}\x1f{purpose}\x1f".encode()).copy
    held = list(values)
    keys = []
    for named in map(name, held):
        whole = begun()
        whole.update(named.encode())
        keys.append(whole.digest())
    return [held[place] for place in sorted(range(len(held)), key=keys.__getitem__)]


def _sha256_of_short(data: bytes) -> hashlib._Hash:
    """SHA-256, by Python's own code where it can be had: of a name it takes half the time of OpenSSL's."""
    try:
        begun: hashlib._Hash = import_module("_sha256").sha256(data)
    except ImportError:  # another Python: its module may have another name
        begun = hashlib.sha256(data)
    return begun


def seeded_unit(purpose: str, name: str) -> float:
    """A number in [0, 1) that depends on (purpose, name) only."""
    whole = _begun(purpose).copy()
    whole.update(name.encode())
    return int.from_bytes(whole.digest()[:7], "big") / (1 << 56)


@lru_cache(maxsize=8)
def _begun(purpose: str) -> hashlib._Hash:
    """The hash of what comes before a name; only copies of it go on."""
    return _sha256_of_short(f"{purpose}\x1f".encode())
