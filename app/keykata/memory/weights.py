"""Weights of FSRS-6 as the log tells them: what is taken, and what is passed over."""

from __future__ import annotations

from math import isfinite

from keykata.memory.engine import WEIGHTS

SETTING = "weights"  # the name of the setting; its value is null, or an object with `weights`
_NEAR = 1e-6  # the engine's single precision may put a bound a little beyond itself
_LOW = (*[0.001] * 4, 1.0, *[0.001] * 3, 0.0, 0.0, *[0.001] * 4, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1)
_HIGH = (
    *[100.0] * 4,
    *(10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8),
)


def fitted_weights(value: object) -> tuple[float, ...] | None:
    """The weights in the value of the setting; None for the published defaults.

    Whatever the log says, cards must fold: what is not 21 numbers within FSRS-6's bounds counts as none.
    Bounds: https://github.com/open-spaced-repetition/py-fsrs/blob/main/fsrs/scheduler.py
    """
    found = value.get("weights") if isinstance(value, dict) else None
    if not isinstance(found, list) or len(found) != WEIGHTS:
        return None
    numbers = tuple(float(w) for w in found if isinstance(w, int | float) and not isinstance(w, bool))
    fit = len(numbers) == WEIGHTS and all(
        isfinite(weight) and low - _NEAR <= weight <= high + _NEAR
        for weight, low, high in zip(numbers, _LOW, _HIGH, strict=True)
    )
    return numbers if fit else None
