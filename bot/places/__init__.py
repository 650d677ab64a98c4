"""The gazetteer: what lies in what, and names in every spelling. Pure: no Discord, no SQL, no clock."""
