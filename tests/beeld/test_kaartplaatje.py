"""The picture of the map that is taken along: the chosen region is marked in it and named beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.beeld import plaatje
from app.beeld.kaart import kaartbeeld, kaartgebieden, kaartkeus, kaartlegenda
from app.beeld.kaart.kaartvorm import Kaartcijfers
from app.beeld.plaatje import Plaatje
from app.lezen import data
from app.oordeel.kaart.kaartkeuze import Kaartkeuze
from app.schermen.kaart import pagina as kaart


@pytest.mark.parametrize(("niveau", "regio", "tegels"), [("arbeidsmarktregio", "RA0512", 1), ("wgo", "WGO05", 3)])
def test_the_chosen_region_is_outlined_and_said(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch, niveau: str, regio: str, tegels: int
) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(warehouse))
    merk = data.kenmerk()
    alle = data.waarnemingen(merk, "dekkingsgraad", True)
    keuze = Kaartkeuze(data.indicatoren(merk)["dekkingsgraad"], niveau, "", "", "TOTAAL", "2021", alle)
    rijen = keuze.on_map()
    regios = kaartgebieden.regions_of_level(merk, niveau, list(rijen.values()))
    beeld = kaartbeeld.picture(merk, Kaartcijfers(keuze.indicator, niveau, rijen, regios, keuze.rows(niveau)))

    def _svg(gekozen: str) -> tuple[Plaatje, str]:
        tekens = kaartlegenda.signs(beeld, keuze.indicator, regios.get(gekozen))
        om = replace(kaart._picture(merk, keuze, rijen, regios.get(gekozen)), tekens=tekens)
        spec = kaartkeus.chosen_spec(beeld, "light", gekozen)
        return om, plaatje.svg(om, spec, beeld.tabel, "Publicatie", "alt").decode()

    om, met = _svg(regio)
    assert f"Van {regios[regio].naam} is er nog geen echt cijfer." in om.onder
    assert f"gekozen regio: {regios[regio].naam}" in met
    zonder = _svg("NL01")[1]
    assert "gekozen regio" not in zonder
    assert zonder.count('stroke-opacity="0"') - met.count('stroke-opacity="0"') == tegels
    # What the page draws is left as it was.
    assert "strokeOpacity" not in str([laag.get("encoding") for laag in beeld.maak_spec("light")["layer"]])
