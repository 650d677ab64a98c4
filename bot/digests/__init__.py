"""Posts that nobody asked for at that moment: what changed, to whom, and that it arrives once."""
