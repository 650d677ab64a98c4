"""The lists that answers read: derived from the revisions, whole again after every change."""
