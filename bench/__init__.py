"""Speed and memory, each beside a floor in the same run. `python -m bench` prints the table."""
