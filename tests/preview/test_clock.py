from datetime import UTC, datetime, timedelta

from bot.preview.clock import PresentClock

NOON = datetime(2027, 5, 4, 12, tzinfo=UTC)


class Wall:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


def test_it_tells_the_present() -> None:
    wall = Wall()
    clock = PresentClock(wall)
    assert clock.now() == NOON
    wall.at += timedelta(hours=3)
    assert clock.now() == NOON + timedelta(hours=3)


def test_a_wall_clock_set_back_holds_it_still() -> None:
    wall = Wall()
    clock = PresentClock(wall)
    clock.now()
    wall.at -= timedelta(minutes=5)
    assert clock.now() == NOON
    wall.at += timedelta(minutes=6)
    assert clock.now() == NOON + timedelta(minutes=1)


def test_advancing_reaches_the_instant_and_is_not_ahead_for_good() -> None:
    wall = Wall()
    clock = PresentClock(wall)
    clock.advance(60)
    assert clock.now() == NOON + timedelta(minutes=1)
    wall.at += timedelta(seconds=30)
    assert clock.now() == NOON + timedelta(minutes=1)
    wall.at += timedelta(seconds=40)
    assert clock.now() == NOON + timedelta(seconds=70)
