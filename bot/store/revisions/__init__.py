"""What was written of each fact, in the order it was written, and what follows from it."""
