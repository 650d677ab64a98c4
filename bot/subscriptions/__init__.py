"""What a subscription is and when it is due. Pure: no Discord, no SQL, no clock; now is always an argument."""
