"""What is known of a region in one table: then, now and the change, beside Nederland, regions like it and its aims."""

from __future__ import annotations

from collections.abc import Sequence

from app.beeld import cijferrijen
from app.beeld.tekening import lijntje
from app.lezen import data
from app.lezen.rijen import Kenmerk, Regio
from app.oordeel import benaming, bijschriften, zinnen
from app.oordeel.overzicht import regiokern
from app.oordeel.overzicht.regiokern import Regiokern
from app.oordeel.programma import ambities
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.opmaak import hoofdletter

_LIJN = "Verloop"


def show(merk: Kenmerk, regio: Regio, kernen: Sequence[Regiokern]) -> None:
    """Show a row per figure; what nobody fills, such as regions like this one, has no column."""
    getoond = [kern for kern in kernen if kern.rij is not None]
    if not getoond:
        return
    rijen = [_row(merk, regio, kern) for kern in getoond]
    kolommen = [naam for naam in rijen[0] if any(str(rij[naam]) for rij in rijen)]
    op_kaart = [r for kern in getoond for r in kern.rijen]
    onderdelen.show_table(
        Tabelvak(
            f"wat er bekend is over {regio.naam}",
            kolommen,
            [[rij[naam] for naam in kolommen] for rij in rijen],
            getallen=[i for i, naam in enumerate(kolommen) if naam in (regio.naam, "Nederland")],
            open_=True,
        ),
        Download(
            f"kerncijfers_{regio.regio_code}",
            cijferrijen.CSV_KOLOMMEN,
            lambda: cijferrijen.csv_rows(op_kaart),
            vak="kerncijfers",
        ),
    )
    onderdelen.status_notes(kern.rij for kern in getoond if kern.rij is not None)


def _row(merk: Kenmerk, regio: Regio, kern: Regiokern) -> dict[str, object]:
    rij, eenheid = kern.rij, kern.indicator.eenheid
    breuken = data.trendbreuken(merk)
    _, stap = zinnen.latest_change(kern.reeks, breuken, data.verschillen(merk))
    # One side of a balance says nothing by itself.
    stap = None if kern.indicator.balans else stap
    return {
        "Cijfer": benaming.label(kern.indicator, rij) if rij is not None else kern.indicator.titel,
        _LIJN: lijntje.of_series(kern.reeks, breuken),
        "Toen": f"{kern.text(stap.van)} ({zinnen.moment_text(stap.van)})" if stap else "",
        hoofdletter(regio.naam): hoofdletter(kern.text(rij)) if rij is not None else "",
        "Periode": bijschriften.when(rij) if rij is not None else "",
        "Verandering": zinnen.step_text(stap, eenheid) or "gelijk" if stap else "",
        "Nederland": _national(kern),
        "Regio's zoals deze": regiokern.range_text(kern),
        "Ambitie": _aim(merk, regio, kern),
        "Opmerking": bijschriften.series_remark(rij) if rij is not None else "",
    }


def _national(kern: Regiokern) -> str:
    if kern.land is None:
        return ""
    cijfer = kern.text(kern.land)
    return cijfer if kern.land_naam == "Nederland" else f"{cijfer}: {kern.land_naam}"


def _aim(merk: Kenmerk, regio: Regio, kern: Regiokern) -> str:
    """Return what the region aims at with this figure, and when."""
    eigen = [d for d in data.doelen(merk) if (d.indicator_id, d.regio_code) ==
             (kern.indicator.indicator_id, regio.regio_code)]  # fmt: skip
    return "; ".join(f"{ambities.value_text(d.doelwaarde, kern.indicator)} in {d.doeljaar}" for d in eigen)
