"""Other programs' formats: bytes into items and findings, and back. Nothing here writes a file."""
