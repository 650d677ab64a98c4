"""Seed files: what is known at the start, in files that people read and edit. `docs/seeds.md` describes them."""
