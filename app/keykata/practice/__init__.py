"""Answering: forms, the attempt's state machine, marking, scoring."""
