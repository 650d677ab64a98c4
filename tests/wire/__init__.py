"""Tests over the real wire: the bot as its own process against a Discord stand-in on loopback."""
