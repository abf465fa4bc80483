"""A row of the table: what was measured, its floor, its bar."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes:
        what: in words. value: measured, in `unit`. floor: what it is held against, in the same unit; None for
            an absolute bar. bar: the largest allowed ratio to the floor, or the largest allowed value.
        beside: taken in the same run to read the value by, in the same unit; the bar does not look at it.
        beside_what: what that is.
    """

    what: str
    value: float
    unit: str
    bar: float
    floor: float | None = None
    beside: float | None = None
    beside_what: str = ""

    @property
    def measured(self) -> float:
        """The ratio, or the value itself."""
        return self.value / self.floor if self.floor else self.value

    @property
    def holds(self) -> bool:
        """Whether the bar holds."""
        return self.measured <= self.bar

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self) | {"measured": round(self.measured, 4), "holds": self.holds}

    def line(self) -> str:
        """For people."""
        floor = f" / {self.floor:.3g} {self.unit}" if self.floor else ""
        times = " x" if self.floor else f" {self.unit}"
        told = f"{self.measured:.3g}{times} (bar {self.bar:g}{times})"
        state = "holds" if self.holds else "FAILS"
        beside = f"; {self.beside_what} {self.beside:.3g} {self.unit}" if self.beside is not None else ""
        return f"{state}  {self.what}: {told}  [{self.value:.3g} {self.unit}{floor}{beside}]"
