"""What answers ask for: facts as they are shown now, or as of an earlier time."""
