"""What the ids of components and modals begin with: whose they are, and of which version.

Everything a component needs to know stands in its id or in the database, so that it works after any restart. Raise
the number of a prefix when what follows it changes its meaning: old components then say that they are old.
"""

import re

QUESTION = "s1:"
CORRECTION = "c1:"
CORRECTIONS_LOG = "c2:"
DIGEST = "d1:"
DIGEST_DESK = "d2:"
SETTING = "g1:"
OURS = (QUESTION, CORRECTION, CORRECTIONS_LOG, DIGEST, DIGEST_DESK, SETTING)

LONGEST = 100
"""Most characters that Discord takes for the id of a component or modal."""


def of(prefix: str) -> str:
    """The pattern of the ids that begin with `prefix`; `text` is what follows."""
    return re.escape(prefix) + r"(?P<text>(?s:.*))"


NOT_OURS = rf"(?!{'|'.join(map(re.escape, OURS))})(?P<text>(?s:.*))"
"""The pattern of all other ids."""
