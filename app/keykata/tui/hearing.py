"""What is typed, read without breaking: a terminal may send bytes that are no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver

    _Base = LinuxDriver
else:
    _Base = object


class _Forgiving(_Base):
    """A driver whose reader goes on after bytes that are no UTF-8; Textual's ends the app."""

    def run_input_thread(self) -> None:
        """Read until the app ends; what came together with broken bytes is dropped."""
        while True:
            try:
                return super().run_input_thread()
            except UnicodeDecodeError:
                continue


def forgiving(driver: type[Driver]) -> type[Driver]:
    """The same driver, not ended by broken bytes; one that reads in another way is left as it is."""
    reads = hasattr(driver, "run_input_thread")
    return type(driver.__name__, (_Forgiving, driver), {}) if reads else driver
