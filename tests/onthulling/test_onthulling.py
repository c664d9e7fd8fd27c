"""Disclosure control at its thresholds: n - 1, n and n + 1, and what falls with a sensitive cell."""

from __future__ import annotations

import duckdb
import pytest
from onthulbed import CEL_SQL, GEHEIM, protect

from pipelines.afspraken.indicatoren import Indicator
from pipelines.afspraken.regio import load_regio
from pipelines.onthulling import onthulling


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
        ((10, 1000, 20, 100, 90, 5, 4, 3, 15, 100, 90), "beschikbaar"),
        ((991, 1000, 20, 100, 90), "onderdrukt"),
        ((990, 1000, 20, 100, 90, 15, 100, 90, 5, 4, 3), "beschikbaar"),
        ((0, 1000, 20, 100, 90), "onderdrukt"),
        ((1000, 1000, 20, 100, 90), "onderdrukt"),
        # A7, no percentage on fewer than 100 persons
        ((50, 99, 20, 10, 9), "onderdrukt"),
        ((50, 100, 20, 10, 9), "beschikbaar"),
        # A1, employers: 2, 3
        ((500, 1000, 2, 100, 90), "onderdrukt"),
        ((500, 1000, 3, 100, 90), "beschikbaar"),
        # A1, the largest holds more than half
        ((500, 1000, 20, 501, 90), "onderdrukt"),
        # A1, the two largest hold more than four fifths: 800, 801; on the sides others are the largest
        ((500, 1000, 20, 450, 350, 9, 250, 150, 11, 250, 150), "beschikbaar"),
        ((500, 1000, 20, 450, 351, 9, 250, 150, 11, 250, 150), "onderdrukt"),
        # A2: 480 of 1000 passes, but it is larger than the rest (400) and so 80 % of the numerator (600)
        ((600, 1000, 20, 480, 90), "onderdrukt"),
        ((400, 1000, 20, 480, 90), "onderdrukt"),
        # A2: of 300 that are no member the largest has 150 or 151
        ((700, 1000, 20, 200, 180, 12, 200, 180, 8, 150, 80), "beschikbaar"),
        ((700, 1000, 20, 200, 180, 12, 200, 180, 8, 151, 80), "onderdrukt"),
        # A2: the two largest of them have 240 or 241
        ((700, 1000, 20, 200, 180, 12, 200, 180, 8, 130, 110), "beschikbaar"),
        ((700, 1000, 20, 200, 180, 12, 200, 180, 8, 130, 111), "onderdrukt"),
        # A2: two of them are members
        ((700, 1000, 20, 200, 180, 3, 200, 180, 17, 50, 40), "beschikbaar"),
        ((700, 1000, 20, 200, 180, 2, 200, 180, 18, 50, 40), "onderdrukt"),
        # A shown 50 of which the only member has 52, two of whom also work elsewhere
        ((450, 500, 20, 90, 80, 15, 90, 80, 5, 52, 1), "onderdrukt"),
        # Members unknown: of 300 nobody can have more than half when the largest of all has 150
        ((700, 1000, 20, 150, 90), "beschikbaar"),
        ((700, 1000, 20, 151, 90), "onderdrukt"),
        # and no two more than four fifths when the largest two have 240
        ((700, 1000, 20, 150, 91), "onderdrukt"),
        # The largest is a member, for it does not fit in the rest: there the second counts, and a third as large
        ((700, 1000, 20, 310, 120), "beschikbaar"),
        ((700, 1000, 20, 310, 121), "onderdrukt"),
        # A count without denominator: the largest holds 500 or 501 of 1000
        ((1000, None, 20, 500, 90), "beschikbaar"),
        ((1000, None, 20, 501, 90), "onderdrukt"),
    ],
)
def test_primary_rules_at_their_threshold(cijfers, status):
    assert one_cell(*cijfers) == status


def test_p_rule_when_the_second_can_estimate_the_largest():
    """Without the largest (500) and the second (460) 40 persons are left, less than 10 % of 500."""
    assert one_cell(500, 1000, 20, 500, 460) == "onderdrukt"


# One hospital; it is a member, as are four fifths of the rest.
ZIEKENHUIS = (440, 440, 1, 440, None)
GEWOON = (800, 1000, 20, 150, 140, 15, 150, 140, 5, 60, 50)
REGIOS = ("RA0204", "RA0205", "RA0206")
KRUIS = {(r, b): GEWOON for r in REGIOS for b in ("ZKH", "VVT", "GGZ")}
EEN_ZIEKENHUIS = KRUIS | {("RA0204", "ZKH"): ZIEKENHUIS}


def add_margins(kruis: dict) -> dict:
    """Return the cells of a table with its totals; everybody has one job, and an employer is in one cell."""
    tabel = dict(kruis)
    for rand in {("NL01", "TOTAAL"), *((r, "TOTAAL") for r, _ in kruis), *(("NL01", b) for _, b in kruis)}:
        delen = [c for (r, b), c in kruis.items() if rand[0] in ("NL01", r) and rand[1] in ("TOTAAL", b)]
        teller, noemer, werkgevers = (sum(d[i] for d in delen) if delen[0][i] else None for i in range(3))
        groten = sorted((g for d in delen for g in d[3:5] if g), reverse=True)[:2]
        kanten = (15, 150, 140, 5, 60, 50) if groten else ()
        tabel[rand] = (teller, noemer, werkgevers, *(groten or (None, None)), *kanten)
    return tabel


def shown(*jaren: dict) -> set[tuple[str, ...]]:
    """Return which cells are shown; of more than one year with the year."""
    cellen = [(r, b, f"{2019 + i}", *c) for i, jaar in enumerate(jaren) for (r, b), c in jaar.items()]
    zichtbaar = {sleutel for sleutel, status in protect(*cellen).items() if status == "beschikbaar"}
    return {(r, b) for r, b, _ in zichtbaar} if len(jaren) == 1 else zichtbaar


def hidden(tabel: dict) -> set[tuple[str, str]]:
    return set(tabel) - shown(tabel)


def test_a_safe_table_is_shown_whole():
    assert not hidden(add_margins(KRUIS))


def test_unknown_employers_hide_a_cross_table_but_not_its_margins():
    kruis = {(r, b): (500, 1000, None, None, None) for r in REGIOS for b in ("ZKH", "VVT")}
    assert hidden(add_margins(kruis)) == set(kruis)


def test_one_sensitive_cell_takes_three_more_with_it_and_no_margin():
    """Two regions × two branches: with one cell less, a row or a column would give the hospital."""
    weg = hidden(add_margins(EEN_ZIEKENHUIS))
    assert len(weg) == 4
    assert ("RA0204", "ZKH") in weg
    assert [len({cel[as_] for cel in weg}) for as_ in (0, 1)] == [2, 2]
    assert not any(regio == "NL01" or branche == "TOTAAL" for regio, branche in weg)


def test_two_hospitals_do_not_protect_each_other():
    """Each knows its own figure, and would know that of the other: the column needs a third cell."""
    weg = hidden(add_margins(EEN_ZIEKENHUIS | {("RA0205", "ZKH"): ZIEKENHUIS}))
    assert sum(branche == "ZKH" for _, branche in weg) == 3


def test_a_partner_too_small_to_hide_behind_is_not_enough():
    """RA0205 × ZKH has few members: they give the 440 of the hospital no room of 44, so RA0206 goes too."""
    klein = (9, 1000, 20, 90, 80, 3, 4, 3, 17, 90, 80)
    weg = hidden(add_margins(EEN_ZIEKENHUIS | {("RA0205", "ZKH"): klein}))
    assert {("RA0204", "ZKH"), ("RA0205", "ZKH"), ("RA0206", "ZKH")} <= weg


def test_what_the_supplier_hides_is_protected_as_well():
    """Its figure is not in the delivery, but the totals are: alone in its row it could be computed."""
    weg = hidden(add_margins(KRUIS) | {("RA0204", "ZKH"): (None,) * 5})
    assert len(weg) == 4
    assert ("RA0204", "ZKH") in weg


def test_region_and_wgo_of_one_region_are_one_cell():
    """Flevoland is RA0410 and WGO04: one shown would give the other."""
    kruis = EEN_ZIEKENHUIS | {("RA0410", b): GEWOON for b in ("VVT", "GGZ")} | {("RA0410", "ZKH"): ZIEKENHUIS}
    tabel = add_margins(kruis)
    tabel |= {("WGO04", b): cel for (r, b), cel in tabel.items() if r == "RA0410"}
    weg = hidden(tabel)
    assert {b for r, b in weg if r == "WGO04"} == {b for r, b in weg if r == "RA0410"}
    assert ("WGO04", "ZKH") in weg


def test_a_place_sensitive_in_one_year_is_hidden_in_all_with_the_same_pattern():
    """A5: what is shown in 2020 only would tell what changed since 2019."""
    zichtbaar = shown(add_margins(EEN_ZIEKENHUIS), add_margins(KRUIS))
    per_jaar = [{(r, b) for r, b, periode in zichtbaar if periode == jaar} for jaar in ("2019", "2020")]
    assert per_jaar[0] == per_jaar[1]
    assert ("RA0204", "ZKH") not in per_jaar[0]


def test_a_place_is_released_after_two_safe_years_but_not_its_old_years():
    jaren = [add_margins(kruis) for kruis in (EEN_ZIEKENHUIS, KRUIS, KRUIS)]
    assert {periode for r, b, periode in shown(*jaren) if (r, b) == ("RA0204", "ZKH")} == {"2020", "2021"}


def per_wgo(*jaren: dict[str, tuple]) -> list[tuple]:
    """Return the cells of three WGO's with their country, of hospitals (given) and of an ordinary branche."""
    cellen = []
    for jaar, ziekenhuizen in zip(("2021", "2022"), jaren, strict=True):
        kruis = {(wgo, "ZKH"): cel for wgo, cel in ziekenhuizen.items()} | {(w, "VVT"): GEWOON for w in ziekenhuizen}
        cellen += [(r, b, jaar, *cel) for (r, b), cel in add_margins(kruis).items()]
    return cellen


def test_what_one_area_was_before_it_joined_another_is_not_the_growth_of_that_other():
    """WGO07 has one hospital, of 440; it joins WGO06 in July 2022, which then has 440 more.

    With WGO01 and WGO02 to hide behind, WGO06 could be shown in both years if those were two tables.
    """
    groot = (8000, 10000, 200, 1500, 1400, 150, 1500, 1400, 50, 600, 500)
    samen = (8440, 10440, 201, 1500, 1400, 151, 1500, 1400, 50, 600, 500)
    voor = {"WGO01": GEWOON, "WGO02": GEWOON, "WGO06": groot, "WGO07": ZIEKENHUIS}
    status = protect(*per_wgo(voor, {"WGO01": GEWOON, "WGO02": GEWOON, "WGO06": samen}))
    assert {status["WGO06", "ZKH", jaar] for jaar in ("2021", "2022")} == {"onderdrukt"}
    assert status["NL01", "ZKH", "2021"] == "beschikbaar"
    # Twice as large as what it is made of: who subtracts is far off, and what would hide WGO06 costs more.
    gegroeid = tuple(2 * cijfer for cijfer in samen)
    status = protect(*per_wgo(voor, {"WGO01": GEWOON, "WGO02": GEWOON, "WGO06": gegroeid}))
    assert {status["WGO06", "ZKH", jaar] for jaar in ("2021", "2022")} == {"beschikbaar"}


def test_where_published_shares_leave_no_choice_nothing_is_shown():
    """Of every branche the national share is known: with two counts hidden, two equations would give both."""
    kruis = {("NL01", b): GEWOON for b in ("VVT", "GGZ")} | {("NL01", "REV"): ZIEKENHUIS}
    land = kruis | {("NL01", "TOTAAL"): (2040, 2440, 41, 440, 150)}
    cellen = [(r, b, "2021", *cijfers) for (r, b), cijfers in land.items()]
    assert set(protect(*cellen, gepubliceerd=tuple(land)).values()) == {"onderdrukt"}
    assert protect(*cellen)["NL01", "TOTAAL", "2021"] == "beschikbaar"


def test_public_statistics_are_not_suppressed():
    openbaar = Indicator("d", "D", "D?", "aandeel", "hoger", bron="x.y")
    assert protect(("RA0101", "ZKH", "2021", 1, 9, 1, 9, 0), indicator=openbaar) == {
        ("RA0101", "ZKH", "2021"): "beschikbaar"
    }


def test_what_would_bring_a_cell_back_is_said_and_does():
    """Of 300 that are no member one may have 200, for all that is delivered; that it has 100 would show the cell."""
    con = duckdb.connect()
    con.execute(CEL_SQL)
    con.execute(onthulling.MACRO)
    load_regio(con)
    con.execute(
        "insert into cel by name select 'd' as indicator_id, '' as uitsplitsing, 'NL01' as regio_code, "
        "'land' as niveau, 'ZKH' as branche_code, '2021' as periode, 'levering' as herkomst, 'l' as levering_id, "
        "700 as teller, 1000 as noemer, 20 as werkgevers, 200 as grootste_werkgever, 90 as tweede_werkgever, "
        "'beschikbaar' as status"
    )
    onthulling.suppress(con, {"d": GEHEIM})
    gezegd = con.execute("select kolom, afwijkend, melding from onthulling_verslag where kolom is not null").fetchall()
    assert [(kolom, aantal) for kolom, aantal, _ in gezegd] == [("werkgevers_niet_leden", 1)]
    assert "Lever werkgevers_niet_leden, grootste_niet_lid, tweede_niet_lid mee" in gezegd[0][2]
    assert one_cell(700, 1000, 20, 200, 90, 15, 200, 90, 5, 100, 80) == "beschikbaar"
