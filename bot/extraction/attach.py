"""Which of a sentence's places and times belongs to a fact: by clause first, by nearness only then."""

from bot.extraction import tags as tg
from bot.extraction.clauses import lost_full_stop
from bot.extraction.definite_places import DEFINITE
from bot.extraction.known_places import KNOWN_NAME
from bot.extraction.lexicon import Lexicon
from bot.extraction.local_speakers import OF_SPEAKER
from bot.extraction.place_anchor import ATTACKS_OF
from bot.extraction.place_mention import PlaceMention, Role
from bot.extraction.slots import Link
from bot.extraction.tokens import Tokens
from bot.extraction.trigger_table import Slot
from bot.extraction.windows import TimeMention
from bot.extraction.words import word_set

_CLAUSE_BREAKS = word_set(
    """while but after before when as whereas although though ; : which where who because until since"""
)
_MOVING = frozenset(("displaced", "evacuated", "returned"))
_COUNTS = word_set(
    "registered recorded counted documented listed found logged tallied verified"
)  # "were registered on"
_BEGINNINGS = frozenset(("war_began", "since", "since_event", "since_start", "war_years"))
_TREATED = word_set("treated hospitalised hospitalized taken transferred brought buried evacuated flown")
_GREW = word_set("rose risen rises climbed climbs increased jumped grew grown raised")
_CAUSES = frozenset(("when", "after", "as"))
_STRUCK = word_set(
    """struck hit rocked shelled bombed pounded raided bombarded stormed attacked landed fell exploded detonated rammed
    slammed crashed targeted ambushed opened blew tore ripped collapsed strike strikes airstrike airstrikes raid raids
    attack attacks shelling bombing explosion blast ambush bombardment assault clashes fighting"""
)
FAR = -55.0
_REGION = 1
_VERB_REACH = 7  # "when a building in the Saran district was hit"
_CAUSE = 2.0  # what a clause of the cause costs
_A_WAR = 1_000  # a smaller figure is never a war's total


def choose_place(
    tokens: Tokens, link: Link, candidates: list[PlaceMention], *, known: bool = False
) -> PlaceMention | None:
    """The place of a fact, None where the sentence names none for it.

    Args:
        known: whether the report has told before where we are; a region named only in another clause is then no place.
    """
    best: PlaceMention | None = None
    best_score = FAR
    for place in candidates:
        if place.role is Role.TO and link.trigger.measure in _MOVING:
            continue  # where they went is the destination
        affiliation = _of_persons(tokens, link, place)
        if affiliation and known:
            continue
        if _of_part(tokens, link, place) or (known and _of_other_clause(tokens, link, place)):
            continue
        score = _place_score(tokens, link, place) - (10 if _contains_another(tokens, place, candidates) else 0)
        score -= 16 if affiliation else 0
        if score > best_score:
            best, best_score = place, score
    return best


def _extent(link: Link) -> tuple[int, int]:
    """The tokens of a fact, from its number to its verb; a part that shares the verb of its whole has only a number."""
    if link.rule == "breakdown":
        return link.mention.first, link.mention.np_past
    return min(link.mention.first, link.trigger.group), max(link.mention.np_past, link.trigger.past)


def _of_persons(tokens: Tokens, link: Link, place: PlaceMention) -> bool:
    """ "students from Larkport University", "being treated in Dunmere": where they are from or were taken."""
    if link.trigger.measure in _MOVING:
        return False
    past = max(link.mention.np_past, link.trigger.past)
    if not _TREATED.isdisjoint(tokens.low[past : place.first]):
        return True
    before = tokens.tag[place.first - 2] if place.first > 1 else 0
    return place.role is Role.FROM and bool(before & (tg.PERSON | tg.PERSON_SG))


def _of_other_clause(tokens: Tokens, link: Link, place: PlaceMention) -> bool:
    """ "…, as troops pressed an offensive in the north": a region that only another clause names."""
    past = max(link.mention.np_past, link.trigger.past)
    if place.level > _REGION or place.first < past:
        return False
    gap = range(past, place.first)
    return _breaks(tokens, past, place.first) > 0 and not any(_told_by_cause(tokens, k, place.first) for k in gap)


def _of_part(tokens: Tokens, link: Link, place: PlaceMention) -> bool:
    """ "tens of thousands dead, including 15,000 in Larkport": the place of the part is not that of the whole."""
    past = max(link.mention.np_past, link.trigger.past)
    includes = [k for k in range(past, place.first) if tokens.tag[k] & tg.INCLUDE]
    inside = range(includes[0] if includes else place.first, place.first - 1)
    ends = tg.PREPOSITION | tg.CONJUNCTION
    parted = any(tokens.low[k] == "," and tokens.tag[k + 1] & ends for k in inside)
    return bool(includes) and tokens.low[includes[0] - 1] == "," and not parted


def _place_score(tokens: Tokens, link: Link, place: PlaceMention) -> float:
    first, past = _extent(link)
    score = 6.0 * place.level
    if place.first >= past:
        gap = (past, place.first)
        score += 6
    elif place.past <= first:
        gap = (place.past, first)
        score += 3
    else:
        gap = (0, 0)
        score += 8 if link.mention.first < place.first else 2  # "killed in Bidi and one in Saran"
    score -= 0.25 * (gap[1] - gap[0])
    breaks = _breaks(tokens, *gap)
    if breaks == 1 and place.first >= past and any(_told_by_cause(tokens, k, place.first) for k in range(*gap)):
        score -= _CAUSE
    else:
        score -= 16 * breaks
    if place.first > 1 and tokens.low[place.first - 1] == "of" and tokens.low[place.first - 2] in ATTACKS_OF:
        score -= 6  # "angry at the fall of Larkport"
    if place.rule in (KNOWN_NAME, DEFINITE):
        score -= 8 if place.rule == KNOWN_NAME else 4
    if place.rule == OF_SPEAKER:
        score -= 30
    if place.role is Role.NEAR_OTHER:
        score -= 22
    if place.role is Role.TO and link.trigger.measure in _MOVING:
        score -= 20
    if place.role is Role.FROM and link.trigger.measure in _MOVING:
        score += 8
    return score


def _contains_another(tokens: Tokens, place: PlaceMention, candidates: list[PlaceMention]) -> bool:
    """ "the Ghouta suburbs of Damascus": the name after "of" or "in" only says where the narrower place lies."""
    for other in candidates:
        owner = place.past <= other.first <= place.past + 2 and tokens.low[place.past - 1].endswith(("'s", "’s"))
        between = range(place.past, other.first)
        if owner and not any(tokens.tag[k] & (tg.NP_STOP | tg.VERB) for k in between):
            return True  # "Larkport's Old Quarter", "the republic's capital Larkport"
        if place.level <= other.level and other.past < place.first and place.first - other.past <= 5:
            between = range(other.past, place.first)
            small = tg.DETERMINER | tg.PLACE_NOUN | tg.CAPITAL
            if any(tokens.low[k] in ("of", "in") for k in between) and all(
                tokens.tag[k] & small or tokens.low[k] in ("of", "in", ",") or tokens.low[k].endswith("ern")
                for k in between
            ):
                return True
    return False


def _told_by_cause(tokens: Tokens, start: int, stop: int) -> bool:
    """ "were killed when a rocket hit the village of Saran": the clause tells what happened, and so where."""
    return tokens.low[start] in _CAUSES and not _STRUCK.isdisjoint(tokens.low[start + 1 : stop + _VERB_REACH])


def _breaks(tokens: Tokens, start: int, stop: int) -> int:
    return sum(
        lost_full_stop(tokens, k)
        or (tokens.low[k] == "that" and k > 0 and not tokens.tag[k - 1] & tg.SPEECH)
        or (
            tokens.low[k] in _CLAUSE_BREAKS
            and not (tokens.low[k] == "as" and k + 1 < len(tokens.low) and tokens.low[k + 1] in ("many", "well"))
        )
        for k in range(start, stop)
    )


def choose_time(tokens: Tokens, link: Link, candidates: list[TimeMention]) -> TimeMention | None:
    """The time of a fact. Times that only tell when somebody spoke are left out."""
    best: TimeMention | None = None
    best_score = FAR
    first, past = _extent(link)
    for time in candidates:
        at = token_at(tokens, time.start)
        if time.rule not in _BEGINNINGS and tells_when_said(tokens, at):
            continue
        if time.rule == "war_years" and link.mention.quantity.size < _A_WAR:
            continue  # "the biggest blow in the five-year war" is no window of the blow
        score = 0.0
        if at >= past:
            gap = (past, at)
            score += 4
        else:
            gap = (min(token_at(tokens, time.end), first), first)
        score -= 0.25 * (gap[1] - gap[0]) + 14 * (_breaks(tokens, *gap) + _new_clauses(tokens, *gap))
        if time.rule in ("month", "year", "event_year", "war_years") and link.trigger.entry.slot is not Slot.TOLL:
            score -= 3
        toll = link.trigger.entry.slot is Slot.TOLL and time.rule in ("weekday", "date", "today")
        if toll and not _GREW.isdisjoint(tokens.low[link.trigger.first : at]):
            continue  # "the toll rose to 54 on Monday": when it was counted
        if time.rule == "now" and link.trigger.measure in ("killed", "injured"):
            continue  # "the toll is now": when it was counted
        if at < first and "after" in tokens.low[token_at(tokens, time.end) : first]:
            continue  # "searched on Friday after raids had killed nine"
        if time.rule in ("now", "dawn"):
            score -= 4
        if time.rule in ("in_n", "n_of_fighting"):
            score -= 12  # "in four days": how long, and only for want of a day the time
        if score > best_score:
            best, best_score = time, score
    if best is not None and best.rule in ("so_far", "since_start"):
        began = (t for t in candidates if t.rule in ("war_began", "since", "since_event") and t.window is not None)
        return next(began, best)  # "the offensive launched on Sunday has so far killed"
    return best


def tells_own_day(tokens: Tokens, at: int, lexicon: Lexicon) -> bool:
    """ "The attack took place on 17 March": the words of time at token `at` are the day of what was told before."""
    low = tokens.low
    if low[0] not in ("the", "this", "that") or len(low) < _SHORTEST or low[1] not in lexicon.deeds | _INCIDENTS:
        return False
    return any(word in _HAPPENED or word in _STRUCK for word in low[2:at])


_SHORTEST = 4
_INCIDENTS = word_set("incident massacre killings deaths clashes clash fighting violence crash")
_HAPPENED = word_set("happened occurred took came")


def is_dateline(tokens: Tokens, time: TimeMention) -> bool:
    """ "KYIV, July 10 (Reuters) -", "Thursday 17 May 2018 12:40 UTC - ": when it was written, not when it happened."""
    if time.rule != "date":
        return False
    first, past = token_at(tokens, time.start), token_at(tokens, time.end)
    before = all(tokens.tag[k] & (tg.CAPITAL | tg.PUNCTUATION | tg.DIGIT) for k in range(first))
    return before and past < len(tokens.low) and (tokens.low[past] != "," and not tokens.raw[past][0].islower())


def _new_clauses(tokens: Tokens, start: int, stop: int) -> int:
    """ ", and a bombing in October left 30 dead": clauses joined with a comma and "and"."""
    return sum(tokens.low[k] == "," and tokens.low[k + 1] == "and" for k in range(start, stop - 1))


def token_at(tokens: Tokens, start: int) -> int:
    """The first token that begins at or after character `start`."""
    low, high = 0, len(tokens.start)
    while low < high:
        middle = (low + high) // 2
        if tokens.start[middle] < start:
            low = middle + 1
        else:
            high = middle
    return low


def tells_when_said(tokens: Tokens, at: int) -> bool:
    """ "police said on Friday", "told AFP Tuesday": the time of the words, not of what happened."""
    k = at - 1
    steps = 0
    while k >= 0 and steps < 4:
        if tokens.tag[k] & tg.SPEECH:
            # "were registered on Friday" tells when they came
            return not (tokens.low[k] in _COUNTS and k > 0 and bool(tokens.tag[k - 1] & tg.BE))
        if tokens.low[k] in ("told", "statement", "published", "released", "issued"):
            return True
        told = tg.CAPITAL | tg.SPEAKER
        if not (tokens.tag[k] & told or tokens.low[k] in ("on", "late", "early", "in", "a", "the", "reporters", "by")):
            return False
        k -= 1
        steps += 1
    return False
