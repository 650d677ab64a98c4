"""What people type, as it comes: understood and shown back, or refused with the reason, and never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.corrections.errors import CorrectionError, Field, Typed
from bot.corrections.fields import EVIDENCE_LIMIT, REASON_LIMIT, VALUE_LIMIT
from bot.corrections.proposal import Change, Proposal, apply, changes, read_proposal
from bot.errors import SitrepError
from bot.facts.fact import BY_HAND, Fact, Locator, TraceStep
from bot.facts.grammar import parse_quantity, to_words
from bot.facts.quantity import UNKNOWN
from bot.facts.vocabulary import CorrectionKind, Kind, Measure, Population
from bot.facts.window import parse_window

FACT = Fact(
    id="r1/4.1",
    kind=Kind.FIGURE,
    measure=Measure.KILLED,
    population=Population.CIVILIANS,
    quantity=parse_quantity("about 310"),
    window=parse_window("2016-11-15/2016-12-03"),
    place="east",
    locator=Locator("r1", 4, 1),
    trace=(TraceStep("quantity", "number"), TraceStep("place", "gazetteer")),
)
SHARE = replace(FACT, quantity=parse_quantity("about 60 percent"), of="the districts")
EVENT = replace(FACT, kind=Kind.EVENT, measure=None, population=None, quantity=None, summary="A road was cut")
PLACES = {"east", "west"}
GOOD = Typed(
    value="at least 320", kind="source", reason="the monitor's page now says 320", evidence="https://example.org/a"
)


def read(typed: Typed = GOOD, fact: Fact = FACT, **changed: str) -> Proposal:
    return read_proposal(replace(typed, **changed), fact, PLACES)


def refused(typed: Typed = GOOD, fact: Fact = FACT, **changed: str) -> CorrectionError:
    with pytest.raises(CorrectionError) as refusal:
        read(typed, fact, **changed)
    assert refusal.value.typed == replace(typed, **changed), "what was typed is kept"
    assert isinstance(refusal.value, SitrepError)
    assert refusal.value.what
    return refusal.value


def test_a_correction_and_what_it_changes() -> None:
    proposal = read()
    assert (proposal.kind, proposal.reason, proposal.evidence, proposal.notes) == (
        CorrectionKind.SOURCE,
        "the monitor's page now says 320",
        "https://example.org/a",
        (),
    )
    after = apply(FACT, proposal)
    assert changes(FACT, after) == (Change(Field.VALUE, "about 310", "at least 320"),)
    assert after == replace(
        FACT, quantity=parse_quantity("at least 320"), trace=(FACT.trace[1], TraceStep("quantity", BY_HAND))
    )


def test_window_and_place_where_they_change() -> None:
    proposal = read(value="", window="since 20 Nov 2016", place=" west ", evidence="", kind="reading")
    after = apply(FACT, proposal)
    assert (after.quantity, str(after.window), after.place) == (FACT.quantity, "2016-11-20/..", "west")
    names = {"east": "East Aleppo", "west": "West Aleppo"}
    assert changes(FACT, after, place_name=names.__getitem__, window_words=lambda window: f"[{window}]") == (
        Change(Field.WINDOW, "[2016-11-15/2016-12-03]", "[2016-11-20/..]"),
        Change(Field.PLACE, "East Aleppo", "West Aleppo"),
    )


@pytest.mark.parametrize(
    "words", ["about 70", "unknown", "20 to 30", "tens of thousands", "0", "none", "No fewer than 5"]
)
def test_values_in_peoples_words(words: str) -> None:
    assert read(value=words).quantity == parse_quantity(words)


def test_unknown_is_a_value_and_not_zero() -> None:
    after = apply(FACT, read(value="unknown"))
    assert after.quantity == UNKNOWN
    assert changes(FACT, after) == (Change(Field.VALUE, "about 310", "unknown"),)
    assert read(fact=SHARE, value="unknown").quantity == UNKNOWN
    assert read(fact=after, value="60 percent").quantity == parse_quantity("60 percent")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("many", "neither a number nor a share"),
        ("320 people", "'people' is left over"),
        ("30 to 20", "from the smaller to the larger"),
        ("300 percent", "at most 100 percent"),
        ("60 percent", "is a count, not a share"),
        ("9" * 30, "number"),
        ("-5", "neither a number"),
        ("1" * (VALUE_LIMIT + 1), f"at most {VALUE_LIMIT} fit"),
    ],
)
def test_values_that_cannot_be_read(words: str, why: str) -> None:
    error = refused(value=words)
    assert error.field is Field.VALUE
    assert why in error.what
    assert "fit" in why or error.example in error.remedy != ""


def test_a_share_stays_a_share_and_what_has_no_number_gets_none() -> None:
    assert "is a share" in refused(fact=SHARE, value="400").what
    assert "has no number" in refused(fact=EVENT, value="3").what
    moved = apply(EVENT, read(fact=EVENT, value="", place="west", kind="reading"))
    assert changes(EVENT, moved) == (Change(Field.PLACE, "east", "west"),)


@pytest.mark.parametrize("kind", ["", "initial", "undo", "READING", "mistake"])
def test_kinds_nobody_may_choose(kind: str) -> None:
    assert refused(kind=kind).field is Field.KIND


@pytest.mark.parametrize("kind", ["reading", "source", "later_report"])
def test_a_correction_changes_something(kind: str) -> None:
    error = refused(value="around 310", window="15 Nov – 3 Dec 2016", place="east", kind=kind)
    assert (error.field, "Nothing would change" in error.what) == (Field.VALUE, True)
    assert refused(value="", kind=kind).field is Field.VALUE


def test_a_clarification_leaves_the_number_and_becomes_the_note() -> None:
    proposal = read(value="", kind="clarification", reason="counts both banks", evidence="")
    after = apply(FACT, proposal)
    assert after == replace(FACT, note="counts both banks")
    assert changes(FACT, after) == (Change(Field.NOTE, "none", "counts both banks"),)
    assert refused(kind="clarification").field is Field.KIND
    assert read(kind="clarification", value="about 310", evidence="").quantity is None, "the same number is no change"


def test_a_retraction_withdraws_the_figure_as_it_is() -> None:
    proposal = read(value="", kind="retraction", evidence="")
    assert apply(FACT, proposal) == FACT
    assert changes(FACT, None) == (Change(Field.VALUE, "about 310", "withdrawn"),)
    assert changes(None, FACT) == (Change(Field.VALUE, "withdrawn", "about 310"),)
    assert changes(None, EVENT) == (Change(Field.VALUE, "withdrawn", "A road was cut"),)
    assert changes(FACT, FACT) == changes(None, None) == ()
    assert refused(kind="retraction").field is Field.KIND


@pytest.mark.parametrize("reason", ["", "  ", "?!", "ok", "\u202e\u2066", "\u200b\u200b\u200b\u200b"])
def test_a_reason_is_required(reason: str) -> None:
    error = refused(reason=reason)
    assert (error.field, "needs its reason" in error.what) == (Field.REASON, True)


@pytest.mark.parametrize(
    "reason",
    [
        "ask <@123456> about it",
        "ask <@!123456> about it",
        "see <#123456>",
        "role <@&123456>",
        "hey @everyone look",
        "hey @here look",
        "hey @every\u200bone look",
        "at <t:1480723200:R> it was",
        "nice <:emoji:123456>",
        "**shouted** it",
        "__underlined__ it",
        "||hidden|| in it",
        "~~struck~~ out",
        "see `code` there",
        "see [the bank](https://example.org/phish)",
        "an *important* one",
        "an _important_ one",
        "# Heading of it",
        "> quoted words",
        "> > quoted words",
        "see ftp://example.org/file",
        "open discord://-/channels/1",
    ],
)
def test_mentions_markup_and_other_links_are_refused(reason: str) -> None:
    error = refused(reason=reason)
    assert error.field is Field.REASON
    assert "@every" not in error.example


@pytest.mark.parametrize(
    "reason",
    [
        "the monitor's page now says 320",
        "5 * 3 is not 20, and 4*2*1 is 8",
        "file a_b_c, see https://example.org/a_b",
        "write to press@example.org",
        "300 < 310, 5 > 3",
        "الشيخ سعيد: الرقم الصحيح ٣٢٠",
        "می‌گوید ۳۲۰ نفر",
        "about ~70",
    ],
)
def test_plain_words_of_any_script_are_kept(reason: str) -> None:
    proposal = read(reason=reason)
    assert (proposal.reason, proposal.notes) == (reason, ())


def test_invisible_characters_are_taken_out_and_that_is_said() -> None:
    proposal = read(reason="a \u202egnorw\u202c word\u0000,\nand\ta\u200b line")
    assert proposal.reason == "a gnorw word, and a line"
    assert proposal.notes == ("Invisible characters were taken out of the reason.",)
    assert read(reason="two\nlines of it").notes == ()


def test_lengths_are_limited_with_the_reason() -> None:
    assert f"at most {REASON_LIMIT} fit" in refused(reason="a" * (REASON_LIMIT + 1)).what
    assert read(reason="a" * REASON_LIMIT)
    assert f"at most {EVIDENCE_LIMIT} fit" in refused(evidence="https://example.org/" + "a" * EVIDENCE_LIMIT).what
    assert refused(window="1" * 1000).field is Field.WINDOW
    assert refused(place="1" * 1000).field is Field.PLACE


def test_a_place_nobody_knows() -> None:
    error = refused(place="atlantis")
    assert (error.field, "atlantis" in error.what) == (Field.PLACE, True)


def test_a_changed_number_needs_its_evidence() -> None:
    error = refused(evidence=" ")
    assert (error.field, "needs a link" in error.what) == (Field.EVIDENCE, True)
    assert read(value="", window="2016-12", evidence="").evidence is None


@given(st.builds(Typed, **dict.fromkeys(("value", "window", "place", "kind", "reason", "evidence"), st.text())))
def test_whatever_is_typed_is_read_or_refused(typed: Typed) -> None:
    for kind in (typed.kind, *(kind.value for kind in CorrectionKind)):
        try:
            proposal = read(replace(typed, kind=kind))
        except CorrectionError:
            assert refused(replace(typed, kind=kind)).what
        else:
            assert apply(FACT, proposal).id == FACT.id
            assert proposal.reason.encode()


@given(st.text(max_size=300))
def test_a_reason_that_was_taken_is_taken_again_as_it_is(text: str) -> None:
    try:
        once = read(reason=text)
    except CorrectionError:
        return
    again = read(reason=once.reason)
    assert (again.reason, again.notes) == (once.reason, ())


@given(
    st.integers(0, 10**9), st.sampled_from(["{}", "about {}", "at least {}", "up to {}", "nearly {}", "more than {}"])
)
def test_what_is_shown_back_is_what_was_meant(number: int, hedge: str) -> None:
    words = hedge.format(number)
    if parse_quantity(words) == FACT.quantity:
        return
    [change] = changes(FACT, apply(FACT, read(value=words)))
    assert change.after == to_words(parse_quantity(words))
