"""Sizes that hold for every format that is text."""

MB = 1024 * 1024
MOST_BYTES = 8 * MB  # of one file
MOST_ROWS = 100_000  # of a file of rows
MOST_LINES = 200_000  # of one file: what is said of each line would else outgrow the file
MOST_OPTIONS = 100  # of a question, before it is taken for no question
