"""Sitrep without Discord: the real bot behind a local page that looks and behaves like a Discord channel."""
