"""What operators see from outside: figures for Prometheus, and whether all is well. No Discord, no SQL."""
