"""What channels subscribed to, what is due, what was sent, and where it stands."""
