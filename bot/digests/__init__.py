"""Digests: what changed since a channel last heard, and how it gets there."""
