"""Subscribing to digests in chat: what was typed, where it may be posted, what is shown to confirm."""
