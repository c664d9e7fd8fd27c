"""The dossier of a werkgeversorganisatie: her regions beside each other, and nothing said twice."""

from __future__ import annotations

from pathlib import Path

from documentdelen import REGIO
from gesprekpublicatie import wgo_of

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


def test_what_no_signal_means_is_said_once(map_: Path) -> None:
    merk = data.kenmerk(map_ / data.BESTAND)
    for code in (REGIO, wgo_of(REGIO)):
        zinnen = [b.tekst for b in region_document(merk, code).blokken if isinstance(b, Alinea)]
        punten = [p for b in region_document(merk, code).blokken if isinstance(b, Lijstblok) for p in b.punten]
        assert not set(zinnen) & set(punten)
