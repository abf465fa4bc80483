"""For every test: no property fails for being slow on a busy machine; speed has measurements of its own."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("checks", deadline=None)
settings.load_profile("checks")
