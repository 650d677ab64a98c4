"""Corrections by people: drafts, what was made of them, what is proposed for everyone, and their log."""
