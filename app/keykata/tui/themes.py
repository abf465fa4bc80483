"""The looks: dark, light, high contrast. One accent, green for right, red for wrong, amber for warnings."""

from __future__ import annotations

from typing import TypeVar

from textual.app import App
from textual.theme import Theme

R = TypeVar("R")

DARK = Theme(
    name="keykata-dark",
    primary="#7fb4ca",
    accent="#7fb4ca",
    foreground="#d5d8da",
    background="#12161a",
    surface="#12161a",
    panel="#1b2127",
    success="#8fbf7f",
    error="#e27878",
    warning="#d9a75f",
    dark=True,
    variables={"dim": "#87919a"},
)
LIGHT = Theme(
    name="keykata-light",
    primary="#00618a",
    accent="#00618a",
    foreground="#1f2428",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#efece5",
    success="#256b2b",
    error="#a8201f",
    warning="#8a5600",
    dark=False,
    variables={"dim": "#626a70"},
)
CONTRAST = Theme(
    name="keykata-high-contrast",
    primary="#ffff00",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#00ff66",
    error="#ff8080",
    warning="#ffb000",
    dark=True,
    text_alpha=1.0,
    variables={"dim": "#d0d0d0"},
)
THEMES = (DARK, LIGHT, CONTRAST)
NAMES = {"keykata-dark": "dark", "keykata-light": "light", "keykata-high-contrast": "high contrast"}
_BY_NAME = {theme.name: theme for theme in THEMES}


class InLook(App[R]):
    """An app in one of the looks from its first paint on."""

    def __init__(self, look: str = "") -> None:
        """In a look by its name; in the dark one for any other name."""
        # before Textual makes its colours: chosen later, every style would be read in once more
        self.set_reactive(App.theme, look if look in NAMES else DARK.name)
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by its name; Textual asks with every line it paints, and copies all it knows each time."""
        return _BY_NAME.get(theme_name) or super().get_theme(theme_name)
