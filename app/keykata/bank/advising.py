"""What a check gives advice by, beyond the files themselves."""

from __future__ import annotations

from dataclasses import dataclass

from keykata.bank.registry import NO_SERVICES, Registry


@dataclass(frozen=True, slots=True)
class Advice:
    """Asks a reading for advice on wording and on the bank as a whole.

    Attributes:
        services: the names of services; a bank may add its own.
        month: the present month (YYYY-MM), "" to say nothing about the age of facts.
        stale: months after which facts are to be looked up again.
    """

    services: Registry = NO_SERVICES
    month: str = ""
    stale: int = 12
