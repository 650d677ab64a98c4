"""What the ids of components and modals begin with: whose they are, and of which version.

Everything a component needs to know stands in its id or in the database, so that it works after any restart. Raise
the number of a prefix when what follows it changes its meaning: old components then say that they are old.
"""

QUESTION = "s1:"
CORRECTION = "c1:"
CORRECTIONS_LOG = "c2:"
DIGEST_DESK = "d2:"
SETTING = "g1:"

LONGEST = 100
"""Most characters that Discord takes for the id of a component or modal."""
