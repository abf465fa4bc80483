"""Faults at random moments: what was acknowledged is in the log, or the run fails."""
