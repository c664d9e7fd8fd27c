"""A moment is one of the Netherlands, whatever zone the server has, and one that the clock has once."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from app.taal.moment import day_and_clock, moment_text, read_moment


def test_a_moment_of_a_publication_is_that_of_the_clock_here_also_past_midnight() -> None:
    assert day_and_clock(datetime(2026, 11, 30, 13, 5)) == "30 november 2026, 14:05"
    assert day_and_clock(datetime(2026, 6, 30, 22, 30, 9), met_seconden=True) == "1 juli 2026, 00:30:09"


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Europe/Amsterdam"])
def test_a_moment_is_that_of_the_netherlands_wherever_the_server_stands(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elders:
        elders.setenv("TZ", zone)
        time.tzset()
        winter, zomer = read_moment("31-12-2026 06:00"), read_moment(" 01-07-2026 06:00")
        teksten = moment_text(winter), moment_text(zomer)
    time.tzset()
    assert (winter, zomer) == (datetime(2026, 12, 31, 5, tzinfo=UTC), datetime(2026, 7, 1, 4, tzinfo=UTC))
    assert teksten == ("31-12-2026 06:00 (Nederlandse tijd)", "01-07-2026 06:00 (Nederlandse tijd)")


@pytest.mark.parametrize(
    ("tekst", "gezegd"),
    [
        ("28-03-2027 02:30", "bestaat niet"), ("31-10-2027 02:30", "twee keer"), ("morgen", "Schrijf het moment als"),
        ("", "Schrijf het moment als"), ("01-01-0001 00:00", "Schrijf het moment als"),
        ("31-02-2027 06:00", "Schrijf het moment als"),
    ],
)  # fmt: skip
def test_a_moment_that_the_clock_has_twice_or_never_is_refused_in_words(tekst: str, gezegd: str) -> None:
    with pytest.raises(ValueError, match=gezegd):
        read_moment(tekst)


def test_the_hours_beside_the_change_are_what_they_are() -> None:
    assert read_moment("28-03-2027 03:00") == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert read_moment("31-10-2027 03:00") == datetime(2027, 10, 31, 2, tzinfo=UTC)
