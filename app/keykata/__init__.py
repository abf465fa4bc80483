"""KeyKata: a study dojo for the AWS Solutions Architect - Associate exam, in a terminal."""

__version__ = "0.1.0"
