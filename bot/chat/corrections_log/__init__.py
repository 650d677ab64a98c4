"""Corrections that were made: reading of them, undoing, publishing and wiping them."""
