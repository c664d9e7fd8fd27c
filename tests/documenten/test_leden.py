"""The dossier of a werkgeversorganisatie: her regions beside each other, and nothing said twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
from documentdelen import REGIO
from gesprekpublicatie import REGIOS, figure, wgo_of, write_test_bed

from app.documenten import leden
from app.documenten.blokken import Alinea, Kop, Lijstblok, Tabelblok
from app.documenten.regio import region_document
from app.lezen import data


def test_a_wgo_has_the_real_figures_of_her_regions_in_one_table_and_a_region_has_none(map_: Path) -> None:
    merk = data.kenmerk(map_ / data.BESTAND)
    van_wgo, van_regio = (region_document(merk, code).blokken for code in (wgo_of(REGIO), REGIO))
    assert Kop("De regio's") in van_wgo
    assert Kop("De regio's") not in van_regio
    tabel = next(
        b for b in van_wgo if isinstance(b, Tabelblok) and b.bijschrift == "Het nieuwste cijfer van elke regio"
    )
    rij = next(rij for rij in tabel.rijen if rij[0] == "Dekkingsgraad")
    plek = tabel.kolommen.index(data.regios(merk)[REGIO].naam)
    assert rij[plek].startswith("61%")
    # Made up in this publication.
    assert not any(rij[0].startswith("Ziekteverzuim") for rij in tabel.rijen)


def test_no_sheet_is_left_with_closing_words_alone(map_: Path) -> None:
    merk = data.kenmerk(map_ / data.BESTAND)
    for code in (REGIO, wgo_of(REGIO)):
        blokken = region_document(merk, code).blokken
        na_bronnen = blokken[blokken.index(Kop("Bronnen")) + 1 :]
        assert "CC BY 4.0" in na_bronnen[0].tekst
        assert not isinstance(na_bronnen[-1], Alinea)


def test_what_no_signal_means_is_said_once(map_: Path) -> None:
    merk = data.kenmerk(map_ / data.BESTAND)
    for code in (REGIO, wgo_of(REGIO)):
        zinnen = [b.tekst for b in region_document(merk, code).blokken if isinstance(b, Alinea)]
        punten = [p for b in region_document(merk, code).blokken if isinstance(b, Lijstblok) for p in b.punten]
        assert not set(zinnen) & set(punten)


def _cells(tmp_path: Path, *, met_land: bool = False) -> tuple[dict[str, str], str]:
    """Return the dekkingsgraad of four regions of one WGO, of which three have no value, and what is said below."""
    verborgen, weinig, zonder = REGIOS[1:4]
    anders = {
        verborgen: {"figuren": [figure("dekkingsgraad", verborgen, "2021", None, status="onderdrukt")]},
        weinig: {"figuren": [figure("dekkingsgraad", weinig, "2021", None, status="te_weinig", n=4)]},
        zonder: {"zonder": [("dekkingsgraad", zonder, jaar) for jaar in ("2020", "2021")]},
    }
    pad = tmp_path / data.BESTAND
    write_test_bed(pad, anders)
    with duckdb.connect(str(pad)) as con:
        con.execute("update regio_lid set ouder_code = ? where kind_code in (select unnest(?))",
                    [wgo_of(REGIOS[0]), list(REGIOS[:4])])  # fmt: skip
    merk = data.kenmerk(pad)
    gevonden = leden.of_wgo(merk, data.regios(merk)[wgo_of(REGIOS[0])])
    if met_land:
        gevonden = replace(gevonden, heel=frozenset({"Dekkingsgraad", "Wat hier niet staat"}))
    _, tabel, onder = leden.blocks(gevonden)
    rij = next(rij for rij in tabel.rijen if rij[0] == "Dekkingsgraad")
    return dict(zip(REGIOS[:4], rij[1:], strict=True)), onder.tekst


def test_a_region_that_is_hidden_has_too_few_or_lacks_a_figure_says_which(tmp_path: Path) -> None:
    cellen, onder = _cells(tmp_path)
    assert cellen[REGIOS[0]] == "64% (2021)"
    assert cellen[REGIOS[1]] == "niet getoond (2021)"
    assert cellen[REGIOS[2]] == "4 antwoorden op deze vraag; minstens 10 nodig (2021)"
    assert cellen[REGIOS[3]] == "geen cijfer"
    assert "Niet getoond: het cijfer zou iets over één werkgever" in onder
    assert "N.v.t." not in onder


def test_where_the_others_are_the_whole_country_a_region_has_nothing_to_count(tmp_path: Path) -> None:
    cellen, onder = _cells(tmp_path, met_land=True)
    assert cellen[REGIOS[3]] == "n.v.t."
    assert cellen[REGIOS[1]] == "niet getoond (2021)"
    assert "N.v.t.: hier valt niets te tellen" in onder
