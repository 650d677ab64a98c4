"""What the lexicon knows of a word, as bits of one whole number, so that a stage asks with a single `&`."""

PERSON = 1 << 0  # a noun for persons, in the plural or collective
PERSON_SG = 1 << 1  # a noun for one person
THING = 1 << 2  # a noun that is counted and is no person
BE = 1 << 3
HAVE = 1 << 4
MODAL = 1 << 5
DETERMINER = 1 << 6
PRONOUN = 1 << 7
PREPOSITION = 1 << 8
CONJUNCTION = 1 << 9
SUBORDINATOR = 1 << 10
RELATIVE = 1 << 11
ADVERB = 1 << 12
NEGATION = 1 << 13
WEEKDAY = 1 << 14
MONTH = 1 << 15
TIME = 1 << 16
VERB = 1 << 17
INCLUDE = 1 << 18
HOUSEHOLD = 1 << 19
CAPITAL = 1 << 20  # written with a capital
DIGIT = 1 << 21  # begins with a digit
PUNCTUATION = 1 << 22
SPEECH = 1 << 23  # a verb of saying
SPEAKER = 1 << 24  # a noun for somebody who is quoted: officials, police, the agency
QUANTITY = 1 << 25  # a quantity may begin here
POSSESSIVE = 1 << 26
SPEAKER_ADJECTIVE = 1 << 27  # "local", "medical", "senior": stands before a speaker
PLACE_NOUN = 1 << 28
HEDGE_WORD = 1 << 29

# Where a noun phrase certainly ends.
NP_STOP = (
    BE
    | HAVE
    | MODAL
    | DETERMINER
    | PRONOUN
    | PREPOSITION
    | CONJUNCTION
    | SUBORDINATOR
    | RELATIVE
    | PUNCTUATION
    | WEEKDAY
    | TIME
    | NEGATION
    | INCLUDE
)
