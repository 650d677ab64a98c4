"""Report text → draft facts, each with its span and the trace of the rules that read it. Pure: no clock, no network."""
