"""The exam clock: suspend, crash, reboot, a clock set back, warnings."""

from __future__ import annotations

from keykata.practice.clock import (
    ClockState,
    Readings,
    deadline,
    expired,
    left,
    resumed,
    save_due,
    spent,
    stopped,
    tick,
    warnings_due,
)

LIMIT = 130 * 60.0
NOON = 1_800_000_000_000


def readings(seconds: float, *, slept: float = 0.0, wall: float | None = None) -> Readings:
    """The clocks so many seconds after noon, of which the machine slept some."""
    at = seconds if wall is None else wall
    return Readings(wall=NOON + round(at * 1000), monotonic=500 + seconds - slept, boottime=900 + seconds)


def started(*, strict: bool = False) -> ClockState:
    return tick(ClockState(limit=LIMIT, strict=strict), readings(0))


def test_time_runs_while_the_screen_is_open() -> None:
    state = tick(tick(started(), readings(60)), readings(90))
    assert (state.used, left(state)) == (90, LIMIT - 90)


def test_sleep_pauses_the_clock_but_not_a_strict_one() -> None:
    awake = readings(3600, slept=3000)
    assert tick(started(), awake).used == 600
    assert tick(started(strict=True), awake).used == 3600


def test_a_closed_screen_pauses_the_clock_but_not_a_strict_one() -> None:
    for strict, used in ((False, 70), (True, 3610)):
        saved = stopped(started(strict=strict), readings(60))
        state = tick(resumed(saved, readings(3600)), readings(3610))
        assert state.used == used


def test_a_crash_gives_back_what_was_not_saved_but_not_a_strict_one() -> None:
    for strict, used in ((False, 60), (True, 64)):
        kept = ClockState(limit=LIMIT, strict=strict, used=60, wall=readings(60).wall)
        assert resumed(kept, readings(64)).used == used


def test_after_a_reboot_only_the_wall_clock_counts() -> None:
    saved = stopped(started(strict=True), readings(60))
    booted = Readings(wall=NOON + 120_000, monotonic=1.0, boottime=1.0)
    state = resumed(saved, booted)
    assert state.used == 120
    assert tick(state, Readings(NOON + 130_000, 11.0, 11.0)).used == 130


def test_a_clock_set_back_adds_nothing_and_is_noted() -> None:
    saved = stopped(started(strict=True), readings(60))
    state = resumed(saved, readings(3600, wall=-3600))
    assert (state.used, state.set_back) == (60, True)
    assert tick(state, readings(3610, wall=-3590)).set_back


def test_a_wall_clock_that_jumps_while_it_runs_changes_nothing() -> None:
    state = tick(started(strict=True), readings(60, wall=90_000))
    assert (state.used, state.set_back) == (60, False)


def test_the_deadline_is_told_before_and_after_it() -> None:
    assert deadline(tick(started(), readings(100))) == NOON + 130 * 60_000
    saved = stopped(started(strict=True), readings(60))
    late = resumed(saved, readings(100_000))
    assert deadline(late) == NOON + 130 * 60_000
    assert (left(late), expired(late), spent(late)) == (0, True, LIMIT)


def test_without_a_limit_nothing_runs_out() -> None:
    state = tick(tick(ClockState(limit=0), readings(0)), readings(99_999))
    assert (left(state), deadline(state), expired(state), spent(state)) == (None, None, False, 99_999)
    assert warnings_due(None, left(state)) == ()


def test_time_is_saved_every_five_seconds() -> None:
    assert not save_due(ClockState(limit=LIMIT, used=64.9), saved=60)
    assert save_due(ClockState(limit=LIMIT, used=65), saved=60)


def test_each_warning_comes_once_when_its_minute_is_crossed() -> None:
    assert warnings_due(1800.5, 1799.5) == (30,)
    assert warnings_due(1799.5, 1798.5) == ()
    assert warnings_due(1800, 1799) == ()  # a quiz of thirty minutes does not begin with a warning
    assert warnings_due(1801, 250) == (30, 10, 5)
    assert warnings_due(61, 60) == (1,)
