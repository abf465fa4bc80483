"""Measuring KeyKata: every figure is a ratio to a floor taken in the same run, or a time beside its bar."""
