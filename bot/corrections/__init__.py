"""Corrections, as rules: what a person may type, who may do what, and which revision a server sees.

Pure: no Discord, no SQL, no clock. Records are kept by `bot.store.correcting.corrections`.
"""
