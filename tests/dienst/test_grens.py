"""How often one may ask: who asked too much is not forgotten for as long as it matters, whatever addresses come."""

from __future__ import annotations

import pytest

from app.dienst.opendata.grens import Grens


@pytest.mark.parametrize(
    ("een", "ander", "samen"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True), ("2001:db8::1", "2001:db8:0:1::1", False),
        ("10.0.0.1", "::ffff:10.0.0.1", True), ("10.0.0.1", "10.0.0.2", False), ("jo@x.nl", "an@x.nl", False),
    ],
)  # fmt: skip
def test_a_network_of_ipv6_is_one_and_an_address_of_ipv4(een: str, ander: str, samen: bool) -> None:
    grens = Grens(1, 1, lambda: 0.0)
    assert grens.take(een) == 0
    assert bool(grens.take(ander)) is samen


def test_who_asked_too_much_is_not_forgotten_by_asking_from_elsewhere() -> None:
    nu = [0.0]
    grens = Grens(2, 0.5, lambda: nu[0], hoogstens=4)
    assert [grens.take("10.0.0.1") for _ in range(3)] == [0, 0, 2]
    van_elders = [grens.take(f"10.0.1.{nummer}") for nummer in range(9)]
    # Three have a bucket of their own, and the others one together.
    assert van_elders == [0, 0, 0, 0, 0, 2, 2, 2, 2]
    assert grens.take("10.0.0.1") == 2
    nu[0] = 10.0
    # All are full again, and forgotten.
    assert [grens.take(f"10.0.2.{nummer}") for nummer in range(4)] == [0] * 4


def test_what_went_well_is_given_back_and_no_more_than_that() -> None:
    grens = Grens(2, 0.01, lambda: 0.0)
    for _ in range(9):
        assert grens.take("a") == 0
        grens.give_back("a")
    for _ in range(9):
        grens.give_back("a")
    assert [bool(grens.take("a")) for _ in range(3)] == [False, False, True]
    assert grens.wait("a")
    assert not grens.wait("b")
