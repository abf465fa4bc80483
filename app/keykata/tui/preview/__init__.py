"""The live preview of a file that is being written."""
