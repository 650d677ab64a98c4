"""What a fact is. Pure: no Discord, no SQL, no clock."""
