"""What is kept of servers and people, and when it is forgotten."""
