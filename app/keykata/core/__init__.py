"""Ids, errors, the clock and small pure helpers: the standard library only."""
