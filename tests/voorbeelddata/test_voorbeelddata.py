"""The voorbeelddata of pfzw_dekking: same bytes everywhere, true to Tabel 1.1, and hard inside but safe outside."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from pipelines.voorbeelddata import pfzw_dekking

BRON = Path(__file__).parents[2] / "data" / "raw" / "pfzw_dekking"
REFERENTIE = Path(__file__).parents[2] / "pipelines" / "referentie"
PERIODEN = ("2019", "2021")

# Nulmeting SRS 2021, tabel 1.1; written out here again so that a slip in the script does not confirm itself.
TABEL_1_1 = {
    "2019": "TOTAAL 66, GHZ 81, GGZ 82, HAG 11, JZ 56, KO 7, SW 23, VVT 78, ZKH 69",
    "2021": "TOTAAL 68, GHZ 84, GGZ 85, HAG 10, JZ 58, KO 9, REV 87, SW 46, VVT 81, ZKH 67",
}
EEN_REGIO = {"WGO04": "RA0410", "WGO07": "RA0717", "WGO09": "RA0919", "WGO11": "RA1121", "WGO12": "RA1222"}


class Cel(NamedTuple):
    leden: int
    totaal: int
    werkgevers: int
    grootste: int
    tweede: int | None

    @property
    def anderen(self) -> int:
        return self.totaal - self.leden


Cellen = dict[tuple[str, str], Cel]


def read_cellen(periode: str) -> Cellen:
    with (BRON / f"voorbeeld-{periode}" / "dekking.csv").open(encoding="utf-8", newline="") as stroom:
        return {
            (rij["regio_code"], rij["branche_code"]): Cel(
                int(rij["medewerkers_aangesloten"]),
                int(rij["medewerkers_totaal"]),
                int(rij["werkgevers"]),
                int(rij["grootste_werkgever"]),
                int(rij["tweede_werkgever"]) if rij["tweede_werkgever"] else None,
            )
            for rij in csv.DictReader(stroom)
        }


@pytest.fixture(params=PERIODEN)
def periode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def cellen(periode: str) -> Cellen:
    return read_cellen(periode)


def branches_of(cellen: Cellen) -> set[str]:
    return {branche for _, branche in cellen}


def regios_per_wgo(peildatum: str) -> dict[str, list[str]]:
    leden = defaultdict(list)
    with (REFERENTIE / "wgo_geldigheid.csv").open(encoding="utf-8", newline="") as stroom:
        for rij in csv.DictReader(stroom):
            if rij["geldig_van"] <= peildatum <= (rij["geldig_tot"] or "9999"):
                leden[rij["wgo_code"]].append(rij["ra_code"])
    return dict(leden)


def unions(periode: str, cellen: Cellen) -> list[tuple[tuple[str, str], list[tuple[str, str]]]]:
    """Every cell that joins others: with the cells it joins, over regions and over branches."""
    wgos = regios_per_wgo(pfzw_dekking.PEILDATUM[periode])
    regios = [regio for deel in wgos.values() for regio in deel]
    gebieden = wgos | {"NL01": regios}
    paren = [((g, b), [(r, b) for r in delen]) for g, delen in gebieden.items() for b in branches_of(cellen)]
    paren += [(("NL01", b), [(w, b) for w in wgos]) for b in branches_of(cellen)]
    losse = sorted(branches_of(cellen) - {"TOTAAL"})
    paren += [((g, "TOTAAL"), [(g, b) for b in losse]) for g in [*gebieden, *regios]]
    return paren


def dominates(deel: int, werkgevers: list[int]) -> bool:
    """Rules A1 for employers that make up (a part of) deel: the largest over 50 %, two over 80 %, p % at 10."""
    eerste, tweede = (*werkgevers, 0, 0)[:2]
    return eerste > 0.5 * deel or eerste + tweede > 0.8 * deel or deel - eerste - tweede < 0.1 * eerste


def is_sensitive(cel: Cel) -> bool:
    """A1 for members, others and all. Who is a member is not delivered, so an employer counts wherever it fits."""
    if min(cel.leden, cel.anderen, cel.totaal) < 10 or cel.werkgevers < 3:
        return True
    groot = [n for n in (cel.grootste, cel.tweede) if n is not None]
    if dominates(cel.totaal, groot):
        return True
    for deel in (cel.leden, cel.anderen):
        passend = [n for n in groot if n <= deel]
        # Where only the second fits, a third as large may stand beside it.
        passend = passend * 2 if len(passend) == 1 else passend
        if passend and dominates(deel, passend if sum(passend) <= deel else passend[:1]):
            return True
    return False


def is_margin(sleutel: tuple[str, str]) -> bool:
    return sleutel[0] == "NL01" or sleutel[1] == "TOTAAL"


def half_up(teller: int, noemer: int) -> int:
    return int((Decimal(100 * teller) / noemer).quantize(Decimal(1), ROUND_HALF_UP))


def test_a_new_run_gives_the_committed_bytes(tmp_path: Path) -> None:
    pfzw_dekking.main(["--raw", str(tmp_path)])
    gemaakt = sorted(p.relative_to(tmp_path / "pfzw_dekking") for p in tmp_path.rglob("*") if p.is_file())
    assert [str(p) for p in gemaakt] == [
        f"voorbeeld-{periode}/{naam}" for periode in PERIODEN for naam in ("dekking.csv", "levering.yml")
    ]
    for pad in gemaakt:
        assert (tmp_path / "pfzw_dekking" / pad).read_bytes() == (BRON / pad).read_bytes()
        assert b"\r" not in (BRON / pad).read_bytes()


def test_herkomst_is_synthetisch_and_the_note_says_invented(periode: str) -> None:
    levering = yaml.safe_load((BRON / f"voorbeeld-{periode}" / "levering.yml").read_text(encoding="utf-8"))
    assert levering["herkomst"] == "synthetisch"
    assert levering["leverancier"] == "Regiomonitor (voorbeelddata)"
    assert levering["periode"] == periode
    assert "verzonnen" in levering["opmerking"]


def test_national_percentages_are_those_of_tabel_1_1_rounded_half_up(periode: str, cellen: Cellen) -> None:
    verwacht = {b: int(p) for b, p in (deel.split() for deel in TABEL_1_1[periode].split(", "))}
    assert {b: half_up(cellen["NL01", b].leden, cellen["NL01", b].totaal) for b in verwacht} == verwacht


def test_revalidatie_is_a_branche_only_from_2021_and_in_the_hospitals_before() -> None:
    oud, nieuw = read_cellen("2019"), read_cellen("2021")
    assert "REV" not in branches_of(oud)
    assert "REV" in branches_of(nieuw)
    samen = nieuw["NL01", "ZKH"].werkgevers + nieuw["NL01", "REV"].werkgevers
    assert oud["NL01", "ZKH"].werkgevers == samen


def test_every_level_and_branche_is_delivered_and_no_wgo_that_is_gone(periode: str, cellen: Cellen) -> None:
    wgos = regios_per_wgo(pfzw_dekking.PEILDATUM[periode])
    regios = {regio for deel in wgos.values() for regio in deel}
    assert (len(wgos), len(regios)) == (13, 28)
    assert "WGO07" in wgos
    assert "WGO08" not in wgos
    assert set(cellen) == {(g, b) for g in {"NL01", *wgos, *regios} for b in branches_of(cellen)}
    assert branches_of(cellen) == {deel.split()[0] for deel in TABEL_1_1[periode].split(", ")}


def test_unique_persons_a_union_is_never_above_the_sum_nor_below_a_part(periode: str, cellen: Cellen) -> None:
    for geheel, delen in unions(periode, cellen):
        for telling in ("leden", "anderen", "totaal", "werkgevers"):
            waarden = [getattr(cellen[deel], telling) for deel in delen]
            assert max(waarden) <= getattr(cellen[geheel], telling) <= sum(waarden), (geheel, telling)


def test_unique_persons_a_total_is_strictly_below_the_sum(periode: str, cellen: Cellen) -> None:
    for geheel, delen in unions(periode, cellen):
        # Revalidatie of a WGO is a handful of employers, where nobody need have two jobs.
        if len(delen) > 1 and not (geheel[1] == "REV" and geheel[0] != "NL01"):
            assert cellen[geheel].totaal < sum(cellen[deel].totaal for deel in delen), geheel


def test_a_wgo_of_one_region_is_that_region(cellen: Cellen) -> None:
    for wgo, regio in EEN_REGIO.items():
        for branche in branches_of(cellen):
            assert cellen[wgo, branche] == cellen[regio, branche]


def test_employers_fit_in_their_cell_and_the_largest_grows_with_the_union(periode: str, cellen: Cellen) -> None:
    for cel in cellen.values():
        assert 1 <= (cel.tweede or 1) <= cel.grootste <= cel.totaal
        assert (cel.tweede is None) == (cel.werkgevers == 1)
        # An employer is a member or not, so with all its persons on one side.
        assert cel.grootste <= max(cel.leden, cel.anderen)
    for geheel, delen in unions(periode, cellen):
        assert cellen[geheel].grootste >= max(cellen[deel].grootste for deel in delen)
        assert (cellen[geheel].tweede or 0) >= max(cellen[deel].tweede or 0 for deel in delen)


def test_one_employer_is_a_member_or_not_so_its_cell_is_0_or_100_percent(cellen: Cellen) -> None:
    for cel in cellen.values():
        if cel.werkgevers == 1:
            assert cel.leden in (0, cel.totaal)
            assert cel.grootste == cel.totaal


def test_some_regions_have_one_hospital_and_some_two_with_one_above_half() -> None:
    ziekenhuizen = [cel for (g, b), cel in read_cellen("2021").items() if b == "ZKH" and g.startswith("RA")]
    alleen = [cel for cel in ziekenhuizen if cel.werkgevers == 1]
    assert {cel.leden == 0 for cel in alleen} == {True, False}
    assert [cel for cel in ziekenhuizen if cel.werkgevers == 2 and cel.grootste > cel.totaal / 2]


def test_revalidatie_has_small_empty_and_full_cells() -> None:
    revalidatie = [cel for (g, b), cel in read_cellen("2021").items() if b == "REV" and g.startswith("RA")]
    assert sum(cel.werkgevers <= 2 for cel in revalidatie) >= 14
    assert [cel for cel in revalidatie if cel.totaal < 10]
    assert [cel for cel in revalidatie if 0 < cel.leden < 10 < cel.totaal]
    assert [cel for cel in revalidatie if cel.leden == 0]
    assert [cel for cel in revalidatie if cel.leden == cel.totaal]


def test_margins_are_safe_wherever_the_largest_employers_may_stand(cellen: Cellen) -> None:
    assert [sleutel for sleutel, cel in cellen.items() if is_margin(sleutel) and is_sensitive(cel)] == []


def test_inside_there_are_primary_cells_at_both_levels_and_safe_ones_too(cellen: Cellen) -> None:
    for niveau in ("RA", "WGO"):
        binnen = [is_sensitive(cel) for (g, b), cel in cellen.items() if g.startswith(niveau) and b != "TOTAAL"]
        assert 10 < sum(binnen) < len(binnen) / 1.5


def test_the_two_largest_revalidatie_employers_can_only_be_members() -> None:
    landelijk = read_cellen("2021")["NL01", "REV"]
    assert landelijk.tweede is not None
    assert landelijk.tweede > landelijk.anderen


def test_regions_differ_and_change_slowly() -> None:
    oud, nieuw = read_cellen("2019"), read_cellen("2021")
    aandelen = {g: nieuw[g, "TOTAAL"].leden / nieuw[g, "TOTAAL"].totaal for g, b in nieuw if b == "TOTAAL"}
    wgos = [aandeel for gebied, aandeel in aandelen.items() if gebied.startswith("WGO")]
    assert max(wgos) - min(wgos) > 0.1
    for gebied, aandeel in aandelen.items():
        vorig = oud[gebied, "TOTAAL"]
        assert abs(aandeel - vorig.leden / vorig.totaal) < 0.05
        assert abs(nieuw[gebied, "TOTAAL"].totaal / vorig.totaal - 1) < 0.1
