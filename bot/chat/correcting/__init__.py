"""Making a correction: from a figure to the form, from the form to what it would change, from there to a revision."""
