"""Seedream Desktop: makes pictures with Seedream models and keeps them in a library of ordinary files."""

__version__ = "0.1.0"
