"""Sitrep: sourced figures on a conflict, on Discord."""

__version__ = "0.1.0"
