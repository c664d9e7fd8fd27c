"""Whether voorbeelddata add up to what was published: computed as the monitor does, before they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.afspraken.contract import load_bronnen
from pipelines.afspraken.indicatoren import INDICATORS_YML, load_indicatoren
from pipelines.laden.laden import load_werk
from pipelines.levering.leveringen import Levering
from pipelines.levering.toets.valideren import Keuring
from pipelines.publicatie.aansluiten.aansluiting import judge, judge_range, published_decimals
from pipelines.rekenen.compileren import compile_indicatoren
from pipelines.voorbeelddata.marges import figures

# Per source and table its columns and rows.
Tabellen = Mapping[str, Mapping[str, tuple[str, Sequence[tuple[int | str, ...]]]]]


def check_margins(tabellen: Tabellen) -> int:
    """Return how many published figures were compared with a sum of these rows.

    Raises:
        ValueError: sums differ from what was published; all of them at once.
    """
    bronnen = {naam: bron for naam, bron in load_bronnen().items() if naam in tabellen}
    alle = load_indicatoren(INDICATORS_YML, load_bronnen())
    indicatoren = {i.indicator_id: i for i in alle.values() if str(i.bron).split(".")[0] in bronnen}
    with duckdb.connect() as con:
        load_werk(con, [_as_delivery(bron, deel) for bron, deel in tabellen.items()], bronnen, indicatoren)
        compile_indicatoren(con, indicatoren, bronnen)
        cellen = con.execute(
            """
            select indicator_id, uitsplitsing, regio_code, branche_code, periode, coalesce(teller, waarde),
                   case when teller is not null then noemer end
            from cel where status = 'beschikbaar'
            """
        ).fetchall()
    naast = [(tuple(cel[:5]), *cel[5:]) for cel in cellen if tuple(cel[:5]) in figures()]
    fout = [sleutel for sleutel, teller, noemer in naast
            if not _agrees(figures()[sleutel], indicatoren[str(sleutel[0])].eenheid, teller, noemer)]  # fmt: skip
    if fout:
        namen = "; ".join(", ".join(filter(None, sleutel)) for sleutel in sorted(fout))
        raise ValueError(f"de voorbeelddata tellen niet op tot wat is gepubliceerd: {namen}")
    return len(naast)


def _agrees(rij: Mapping[str, str], eenheid: str, teller: float, noemer: float | None) -> bool:
    gepubliceerd = Decimal(rij["waarde"])
    berekend = Fraction(str(teller)) / (Fraction(str(noemer)) if noemer else 1)
    if rij["precisie"] == "bereik":
        hoogst = Decimal(rij["waarde_tot"]) if rij["waarde_tot"] else None
        return judge_range(gepubliceerd, hoogst, berekend)[1] != "wijkt_af"
    decimalen = published_decimals(gepubliceerd, eenheid, rij["precisie"])
    return judge(gepubliceerd, berekend, decimalen, rij["precisie"]) != "wijkt_af"


def _as_delivery(bron: str, tabellen: Mapping[str, tuple[str, Sequence[tuple[int | str, ...]]]]) -> Keuring:
    """Return rows as a delivery that passed its checks; what is not written is empty."""
    kolommen = load_bronnen()[bron].tabellen
    frames = {}
    for tabel, (koppen, rijen) in tabellen.items():
        frame = pd.DataFrame(rijen, columns=koppen.split(",")).astype("str").replace({"": None})
        frames[tabel] = frame.reindex(columns=list(kolommen[tabel].kolommen)).astype("str")
    paden = {tabel: (Path(f"{tabel}.csv"),) for tabel in tabellen}
    levering = Levering(
        map=Path("voorbeeld"), bron=bron, bestanden=paden, leverancier="", periode="2022",
        ontvangen=date(2024, 1, 15), herkomst="synthetisch",
    )  # fmt: skip
    return Keuring(levering, frames)
