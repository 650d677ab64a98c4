"""Every answer that can come, and what is made of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.reasons import Reason, words
from bot.digests.verdict import (
    LONGEST_WAIT,
    Again,
    Answer,
    Broken,
    Delivered,
    Fate,
    Kind,
    Posted,
    Refused,
    Stopped,
    Verdict,
    judge,
)

NO, MAYBE = Posted.NO, Posted.MAYBE

TABLE: list[tuple[str, Answer, Verdict]] = [
    ("posted", Answer(200, message=7), Delivered(7)),
    ("posted, said otherwise", Answer(201, message=7), Delivered(7)),
    ("posted, the answer cut short", Answer(200), Again(2, MAYBE)),
    ("nobody answers the door", Answer(0, fate=Fate.NEVER_LEFT), Again(2, NO)),
    ("the line broke", Answer(0, fate=Fate.LOST), Again(2, MAYBE)),
    ("a redirect", Answer(302), Again(2, MAYBE)),
    ("our bug", Answer(400, 50035), Broken()),
    ("our bug without a code", Answer(400), Broken()),
    ("an empty message", Answer(400, 50006), Broken()),
    ("too large", Answer(413, 40005), Broken()),
    ("a method that is none", Answer(405), Broken()),
    ("a version of the API that is gone", Answer(410, 50041), Broken()),
    ("a code that nobody knows", Answer(422, 999_999), Broken()),
    ("the token is wrong", Answer(401), Stopped()),
    ("the token is wrong, with a code", Answer(401, 50014), Stopped()),
    ("the account has to be verified", Answer(403, 40002), Stopped()),
    ("the account may not", Answer(403, 40001), Stopped()),
    ("deleted", Answer(404, 10003), Refused(Reason.GONE)),
    ("no such server", Answer(404, 10004), Refused(Reason.LEFT)),
    ("hidden", Answer(403, 50001), Refused(Reason.HIDDEN)),
    ("read-only", Answer(403, 50013), Refused(Reason.READ_ONLY)),
    ("forbidden without a code", Answer(403), Refused(Reason.FORBIDDEN)),
    ("forbidden by a code that nobody knows", Answer(403, 999_999), Refused(Reason.FORBIDDEN)),
    ("not found without a code", Answer(404), Refused(Reason.FORBIDDEN)),
    ("an archived thread", Answer(400, 50083), Refused(Reason.ARCHIVED)),
    ("a locked thread", Answer(403, 160005), Refused(Reason.ARCHIVED)),
    ("a voice channel of old", Answer(400, 50008), Refused(Reason.UNFIT)),
    ("a forum", Answer(400, 50024), Refused(Reason.UNFIT)),
    ("AutoMod", Answer(400, 200000), Refused(Reason.BLOCKED)),
    ("AutoMod, the title", Answer(400, 200001), Refused(Reason.BLOCKED)),
    ("the filter of links", Answer(400, 240000), Refused(Reason.BLOCKED)),
    ("the filter of contents", Answer(403, 20009), Refused(Reason.BLOCKED)),
    ("too many", Answer(429, retry_after=3.2), Again(4, NO)),
    ("too many for all", Answer(429, retry_after=0.4), Again(1, NO)),
    ("too many, says the CDN", Answer(429, retry_after=60), Again(60, NO)),
    ("too many, no word when", Answer(429), Again(2, NO)),
    ("slow mode", Answer(429, 20016, retry_after=30), Again(30, NO)),
    ("slow mode as a bad request", Answer(400, 20016), Again(2, NO)),
    ("too much written in the channel", Answer(429, 20028, retry_after=5), Again(5, NO)),
    ("switched off for a while", Answer(403, 40004), Again(2, NO)),
    ("an error inside, as a 403", Answer(403, 40333), Again(2, NO)),
    ("overloaded", Answer(503, 130000), Again(2, NO)),
    ("an error", Answer(500), Again(2, MAYBE)),
    ("a bad gateway", Answer(502), Again(2, MAYBE)),
    ("unavailable", Answer(503), Again(2, MAYBE)),
    ("unavailable until then", Answer(503, retry_after=10), Again(10, MAYBE)),
    ("the gateway waited too long", Answer(504), Again(2, MAYBE)),
    ("the CDN knows no origin", Answer(521), Again(2, MAYBE)),
    ("the CDN waited too long", Answer(524), Again(2, MAYBE)),
    ("we were too slow", Answer(408), Again(2, NO)),
]


@pytest.mark.parametrize(("answer", "verdict"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_each_answer(answer: Answer, verdict: Verdict) -> None:
    assert judge(answer, 1) == verdict


REFUSALS = [row[1] for row in TABLE if isinstance(row[2], Refused)]


@pytest.mark.parametrize("answer", REFUSALS)
def test_an_unavailable_server_is_never_held_against_its_channels(answer: Answer) -> None:
    assert judge(replace(answer, server=Kind.UNAVAILABLE), 1) == Again(2, NO)


@pytest.mark.parametrize("answer", REFUSALS)
def test_a_server_that_sitrep_left_is_the_reason(answer: Answer) -> None:
    assert judge(replace(answer, server=Kind.LEFT), 1) == Refused(Reason.LEFT)


def test_the_waits_grow_to_a_bound() -> None:
    waits = [judge(Answer(503), attempts) for attempts in range(1, 12)]
    assert [again.after for again in waits if isinstance(again, Again)] == [2, 4, 8, 16, 32, 64, 128, 256, *[300] * 3]
    assert judge(Answer(503), 10_000) == Again(LONGEST_WAIT, MAYBE)


def test_a_proxy_that_asks_for_ever_gets_a_day() -> None:
    assert judge(Answer(429, retry_after=1e12), 1) == Again(86_400, NO)


@given(
    st.integers(100, 599),
    st.one_of(st.just(0), st.integers(0, 300_000)),
    st.one_of(st.none(), st.floats(0, 1e6)),
    st.sampled_from(Kind),
    st.integers(1, 50),
)
def test_whatever_comes_only_a_message_counts_as_delivered(
    status: int, code: int, retry_after: float | None, server: Kind, attempts: int
) -> None:
    verdict = judge(Answer(status, code, retry_after=retry_after, server=server), attempts)
    assert not isinstance(verdict, Delivered)
    if status >= 500 or status == 429:
        assert isinstance(verdict, Again), "nothing is ever paused for Discord's own trouble"
    if isinstance(verdict, Again):
        assert verdict.after >= 1


def test_every_reason_has_words() -> None:
    fallback = words("no such reason")
    assert [reason for reason in Reason if reason is not Reason.FORBIDDEN and words(reason) == fallback] == []
