"""Sizes that hold for every format that is text."""

MB = 1024 * 1024
MOST_BYTES = 8 * MB  # of one file
MOST_ROWS = 100_000  # of a file of rows
