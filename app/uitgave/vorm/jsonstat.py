"""JSON-stat 2.0: a table as a cube, as StatLine and Eurostat give theirs; what is not there is left out, with why.

The dimensions are the series (answer and breakdown, and of a region the indicator too), region, branche, period and
which number of a figure it is. A cube has a place for each combination, most of them empty: values stand by place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod

from app.taal.cellen import VOORBEELD, Verzonnen
from app.taal.opmaak import categorie_tekst, hoofdletter, uitsplitsing_tekst
from app.uitgave.tabel import Cijfertabel
from app.uitgave.velden import NAMEN, Rij
from pipelines.afspraken.codelijsten import Herkomst, Status
from pipelines.afspraken.schrift.perioden import parse_periode

VERSIE = "2.0"
# The numbers of a figure, in this order; of a table in which none has one of them, it is left out.
MATEN = ("waarde", "waarde_tot", "onder", "boven", "teller", "noemer", "n")
DIMENSIES = ("reeks", "regio", "branche", "periode", "maat")
# What JSON-stat says of a cell is one word; ours, and whether the source may still change it.
VOORLOPIG = "voorlopig"
GEEN = "-"
_PLEK = {naam: NAMEN.index(naam) for naam in NAMEN}


def cube(tabel: Cijfertabel) -> dict[str, object]:
    """Return the table as one dataset of JSON-stat: figures by place, and of each that is not plain its status."""
    reeksen = {_series(rij): _series_label(rij, tabel) for rij in tabel.rijen}
    regios = {_of(rij, "regio_code"): _of(rij, "regio") or _of(rij, "regio_code") for rij in tabel.rijen}
    branches = {_of(rij, "branche_code"): _of(rij, "branche") or _of(rij, "branche_code") for rij in tabel.rijen}
    perioden = {p: _period_label(p) for p in _in_time(tabel.rijen)}
    maten = [m for m in MATEN if m == MATEN[0] or any(rij[_PLEK[m]] is not None for rij in tabel.rijen)]
    assen: Sequence[dict[str, str]] = (reeksen, regios, branches, perioden, dict.fromkeys(maten, ""))
    waarden, statussen = _cells(tabel, assen, maten)
    return {
        "version": VERSIE,
        "class": "dataset",
        "label": tabel.titel,
        "source": "Regiomonitor Zorg en Welzijn",
        "updated": f"{tabel.gemaakt_op.isoformat(timespec='seconds')}Z",
        "note": [tabel.omschrijving, tabel.citaat, *tabel.opmerkingen],
        "id": list(DIMENSIES),
        "size": [len(as_) for as_ in assen],
        "role": {"time": ["periode"], "geo": ["regio"], "metric": ["maat"]},
        "dimension": {
            naam: _dimension(naam, as_) for naam, as_ in zip(DIMENSIES, assen, strict=True)
        },
        "value": waarden,
        "status": statussen,
        "extension": {
            "publicatie_id": tabel.publicatie_id,
            "status": {"label": {s.value: s.naam or "getoond" for s in Status} | {VOORLOPIG: "kan nog veranderen"}},
        },
    }  # fmt: skip


def _cells(
    tabel: Cijfertabel, assen: Sequence[dict[str, str]], maten: Sequence[str]
) -> tuple[dict[str, float], dict[str, str]]:
    plekken = [{code: i for i, code in enumerate(as_)} for as_ in assen]
    stappen = [prod(len(as_) for as_ in assen[i + 1 :]) for i in range(len(assen))]
    waarden: dict[str, float] = {}
    statussen: dict[str, str] = {}
    for rij in tabel.rijen:
        codes = (_series(rij), _of(rij, "regio_code"), _of(rij, "branche_code"), _of(rij, "periode"))
        begin = sum(plek[code] * stap for plek, code, stap in zip(plekken, codes, stappen, strict=False))
        for i, maat in enumerate(maten):
            if (getal := rij[_PLEK[maat]]) is not None:
                waarden[str(begin + i)] = getal  # type: ignore[assignment]
        status = _of(rij, "status")
        if status != Status.BESCHIKBAAR or rij[_PLEK["voorlopig"]]:
            statussen[str(begin)] = VOORLOPIG if status == Status.BESCHIKBAAR else status
    return waarden, statussen


def _dimension(naam: str, as_: dict[str, str]) -> dict[str, object]:
    categorie: dict[str, object] = {"index": list(as_)}
    if namen := {code: tekst for code, tekst in as_.items() if tekst}:
        categorie["label"] = namen
    return {"label": hoofdletter(naam), "category": categorie}


def _of(rij: Rij, naam: str) -> str:
    return str(rij[_PLEK[naam]] or "")


def _series(rij: Rij) -> str:
    """Return the code of the series of a figure: indicator, answer and breakdown, and that it is made up."""
    code = "|".join(_of(rij, naam) or GEEN for naam in ("indicator_id", "categorie", "uitsplitsing"))
    return f"{code}|{Herkomst.SYNTHETISCH}" if _is_made_up(rij) else code


def _is_made_up(rij: Rij) -> bool:
    return isinstance(rij[_PLEK["herkomst"]], Verzonnen)


def _series_label(rij: Rij, tabel: Cijfertabel) -> str:
    delen = (
        "" if _of(rij, "indicator_id") == tabel.naam else _of(rij, "indicator"),
        categorie_tekst(_of(rij, "categorie")) if _of(rij, "categorie") else "",
        uitsplitsing_tekst(_of(rij, "uitsplitsing")),
        _of(rij, "eenheid"),
        f"{VOORBEELD} (verzonnen)" if _is_made_up(rij) else "",
    )
    return ", ".join(filter(None, delen))


def _in_time(rijen: Iterable[Rij]) -> list[str]:
    """Return the periods in the order of time; of two that begin on the same day the shorter one first."""
    dagen = {_of(rij, "periode"): (rij[_PLEK["periode_begin"]], rij[_PLEK["periode_eind"]]) for rij in rijen}
    return sorted(dagen, key=lambda periode: (str(dagen[periode][0]), str(dagen[periode][1]), periode))


def _period_label(code: str) -> str:
    gelezen = parse_periode(code)
    return gelezen.naam if gelezen else code
