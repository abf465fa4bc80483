"""What is measured against: the least that Textual can do of the same kind, each a program of its own."""
