"""Remembering: the cards of an item, their FSRS state as a fold over the log, the due queue."""
