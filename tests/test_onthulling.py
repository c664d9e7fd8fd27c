"""Disclosure control at its thresholds: n - 1, n and n + 1, and what falls with a sensitive cell."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines import onthulling
from pipelines.indicatoren import Indicator

GEHEIM = Indicator("d", "D", "D?", "aandeel", "hoger", bron="x.y", vertrouwelijk="personen_en_werkgevers")
CEL_SQL = (Path(onthulling.__file__).with_name("cel.sql")).read_text(encoding="utf-8")


def protect(*cellen: tuple, indicator: Indicator = GEHEIM) -> dict[tuple[str, str, str], str]:
    """Return the status per (regio, branche, periode) of cells given as
    (regio, branche, periode, teller, noemer, werkgevers, grootste, tweede)."""
    con = duckdb.connect()
    con.execute(CEL_SQL)
    con.execute(onthulling.MACRO)
    for regio, branche, periode, *cijfers in cellen:
        niveau = "land" if regio == "NL01" else "arbeidsmarktregio"
        con.execute(
            "insert into cel by name select 'd' as indicator_id, '' as uitsplitsing, ? as regio_code, ? as niveau, "
            "? as branche_code, ? as periode, '' as schatting, 'levering' as herkomst, 'l' as levering_id, "
            "? as teller, ? as noemer, ? as werkgevers, ? as grootste_werkgever, ? as tweede_werkgever, "
            "'beschikbaar' as status",
            [regio, niveau, branche, periode, *cijfers],
        )
    onthulling.suppress(con, {indicator.indicator_id: indicator})
    rijen = con.execute("select regio_code, branche_code, periode, status, teller, noemer from cel").fetchall()
    assert all(teller is None and noemer is None for *_, status, teller, noemer in rijen if status == "onderdrukt")
    return {(r, b, p): status for r, b, p, status, *_ in rijen}


def one_cell(*cijfers: float | None) -> str:
    """Return the status of one region × branche cell."""
    return protect(("RA0101", "ZKH", "2021", *cijfers))["RA0101", "ZKH", "2021"]


VEILIG = (500, 1000, 20, 100, 90)


@pytest.mark.parametrize(
    ("cijfers", "status"),
    [
        (VEILIG, "beschikbaar"),
        # A1, small counts: numerator 9, 10; the rest 9, 10; zero is sensitive too
        ((9, 1000, 20, 100, 90), "onderdrukt"),
        ((10, 1000, 20, 100, 90), "beschikbaar"),
        ((991, 1000, 20, 100, 90), "onderdrukt"),
        ((990, 1000, 20, 100, 90), "beschikbaar"),
        ((0, 1000, 20, 100, 90), "onderdrukt"),
        ((1000, 1000, 20, 100, 90), "onderdrukt"),
        # A7, no percentage on fewer than 100 persons
        ((50, 99, 20, 10, 9), "onderdrukt"),
        ((50, 100, 20, 10, 9), "beschikbaar"),
        # A1, employers: 2, 3
        ((500, 1000, 2, 100, 90), "onderdrukt"),
        ((500, 1000, 3, 100, 90), "beschikbaar"),
        # A1, the largest holds more than half: 500, 501
        ((500, 1000, 20, 500, 90), "beschikbaar"),
        ((500, 1000, 20, 501, 90), "onderdrukt"),
        # A1, the two largest hold more than four fifths: 800, 801
        ((500, 1000, 20, 450, 350), "beschikbaar"),
        ((500, 1000, 20, 450, 351), "onderdrukt"),
        # A2: 480 of 1000 passes, but it is larger than the rest (400) and so 80 % of the numerator (600)
        ((600, 1000, 20, 480, 90), "onderdrukt"),
        ((400, 1000, 20, 480, 90), "onderdrukt"),
    ],
)
def test_primary_rules_at_their_threshold(cijfers, status):
    assert one_cell(*cijfers) == status


def test_p_rule_when_the_second_can_estimate_the_largest():
    """Without the largest (500) and the second (460) 40 persons are left, less than 10 % of 500."""
    assert one_cell(500, 1000, 20, 500, 460) == "onderdrukt"


def test_unknown_employers_hide_a_cross_table_but_not_a_margin():
    status = protect(
        ("RA0101", "ZKH", "2021", 500, 1000, None, None, None),
        ("RA0101", "TOTAAL", "2021", 5000, 9000, None, None, None),
    )
    assert status == {("RA0101", "ZKH", "2021"): "onderdrukt", ("RA0101", "TOTAAL", "2021"): "beschikbaar"}


GEVOELIG = (500, 1000, 1, 1000, None)
TABEL = {
    ("RA0101", "ZKH"): VEILIG,
    ("RA0102", "ZKH"): VEILIG,
    ("RA0101", "TOTAAL"): VEILIG,
    ("RA0102", "TOTAAL"): VEILIG,
    ("NL01", "ZKH"): VEILIG,
    ("NL01", "TOTAAL"): VEILIG,
}


def shown(tabel: dict) -> set[tuple[str, str]]:
    """Return which cells of one period are shown."""
    status = protect(*((regio, branche, "2021", *cijfers) for (regio, branche), cijfers in tabel.items()))
    return {(regio, branche) for (regio, branche, _), waarde in status.items() if waarde == "beschikbaar"}


def test_a_safe_table_is_shown_whole():
    assert shown(TABEL) == set(TABEL)


def test_one_sensitive_cell_leaves_only_the_margins():
    """RA0102 × ZKH is safe itself, but NL01 × ZKH minus it would give the hospital of RA0101."""
    assert shown(TABEL | {("RA0101", "ZKH"): GEVOELIG}) == {
        ("RA0101", "TOTAAL"), ("RA0102", "TOTAAL"), ("NL01", "ZKH"), ("NL01", "TOTAAL"),
    }  # fmt: skip


def test_a_sensitive_region_hides_all_regions_and_what_adds_up_to_them():
    assert shown(TABEL | {("RA0101", "TOTAAL"): GEVOELIG}) == {("NL01", "ZKH"), ("NL01", "TOTAAL")}


def test_a_sensitive_branche_hides_all_branches():
    zichtbaar = shown(TABEL | {("NL01", "ZKH"): GEVOELIG})
    assert zichtbaar == {("RA0101", "TOTAAL"), ("RA0102", "TOTAAL"), ("NL01", "TOTAAL")}


def test_a_sensitive_total_hides_everything():
    assert shown(TABEL | {("NL01", "TOTAAL"): GEVOELIG}) == set()


def test_a_cell_sensitive_in_one_year_is_hidden_in_all():
    """A5: what is shown in 2021 only would tell that something changed since 2019."""
    status = protect(("RA0101", "ZKH", "2019", *GEVOELIG), ("RA0101", "ZKH", "2021", *VEILIG))
    assert set(status.values()) == {"onderdrukt"}


def test_public_statistics_are_not_suppressed():
    openbaar = Indicator("d", "D", "D?", "aandeel", "hoger", bron="x.y")
    assert protect(("RA0101", "ZKH", "2021", 1, 9, 1, 9, 0), indicator=openbaar) == {
        ("RA0101", "ZKH", "2021"): "beschikbaar"
    }
