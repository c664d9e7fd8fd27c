"""One fact in two tables: what is hidden in one is hidden in all that count the same persons."""

from __future__ import annotations

from werk import deliver, figures, shipped

KOP = (
    "periode,peildatum,regio_code,branche_code,medewerkers_aangesloten,medewerkers_totaal,werkgevers,"
    "grootste_werkgever,tweede_werkgever,werkgevers_leden,grootste_lid,tweede_lid,werkgevers_niet_leden,"
    "grootste_niet_lid,tweede_niet_lid"
)
GEWOON = "8000,10000,200,500,400,150,500,400,50,100,90"
BRANCHES = ("GGZ", "GHZ", "VVT", "ZKH")


def shown(perioden: tuple[str, ...], rev: str, werknemers_rev: int) -> dict[str, set[tuple[str, str]]]:
    """Return per indicator the (branche, periode) of the country that are shown, of PFZW's two tables.

    Revalidatie has these figures and this many employees; every other branche is ordinary and safe.
    """
    bronnen, indicatoren = shipped("pfzw_dekking", "werknemers")
    cellen = dict.fromkeys(BRANCHES, GEWOON) | {"REV": rev}
    totaal = "35000,45000,900,900,500,700,500,400,200,900,90"
    dekking = [f"2021,2022-06-30,NL01,{branche},{cel}" for branche, cel in {**cellen, "TOTAAL": totaal}.items()]
    aantallen = dict.fromkeys(BRANCHES, 10000) | {"REV": werknemers_rev, "TOTAAL": 40000 + werknemers_rev}
    banen = [f"{p},NL01,{b},pfzw,{n},{n * 25}" for p in perioden for b, n in aantallen.items()]
    kop = "periode,regio_code,branche_code,telling,werknemers,contracturen"
    leveringen = [
        deliver(bronnen["pfzw_dekking"], {"dekking": "\n".join([KOP, *dekking]) + "\n"}, "l1"),
        deliver(bronnen["werknemers"], {"werknemers": "\n".join([kop, *banen]) + "\n"}, "l2"),
    ]
    vraag = "select indicator_id, branche_code, periode from getoonde_cel where status = 'beschikbaar'"
    uit: dict[str, set[tuple[str, str]]] = {naam: set() for naam in indicatoren}
    for naam, branche, periode in figures(leveringen, bronnen, indicatoren, vraag):
        uit[naam].add((branche, periode))
    return uit


def test_a_branche_hidden_for_its_employers_is_hidden_where_its_employees_are_counted():
    """One employer has 900 of the 1,000 of revalidatie; the total would give it if it were hidden alone."""
    een_werkgever = "850,1000,20,900,50,12,50,40,8,900,20"
    uit = shown(("2021", "2023KW01"), een_werkgever, 1000)
    dekking = {branche for branche, _ in uit["dekkingsgraad"]}
    assert "REV" not in dekking
    assert len(dekking) == len(BRANCHES)
    for naam in ("aantal_werknemers", "contractomvang"):
        assert uit[naam] == {(branche, periode) for branche in dekking for periode in ("2021", "2023KW01")}


def test_a_count_that_is_small_in_one_table_is_hidden_in_the_other():
    """The delivered table of employees has 6 in revalidatie: a few months later, or another way of counting."""
    uit = shown(("2021",), "80,110,20,9,8,15,9,8,5,6,5", 6)
    assert ("REV", "2021") not in uit["dekkingsgraad"]
    assert ("REV", "2021") not in uit["aantal_werknemers"]


def test_where_nothing_is_secret_all_of_it_is_shown():
    uit = shown(("2021",), GEWOON, 10000)
    assert [len(uit[naam]) for naam in ("dekkingsgraad", "aantal_werknemers", "contractomvang")] == [6, 6, 6]
