"""Which figures of the country were revised since the publication before, by more than passes unnoticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.lezen.rijen import Indicator
from app.lezen.verschil.publicatieverschil import Cijferwijziging
from app.oordeel.zinnen import unit_of_part
from pipelines.afspraken.codelijsten import TOTAAL, Herkomst
from pipelines.afspraken.schrift.perioden import parse_periode
from pipelines.afspraken.schrift.uitsplitsing import PROGNOSE, parts

# A share moves by a percentage point, any other figure by two in a hundred.
DREMPEL_AANDEEL = 0.01
DREMPEL_DEEL = 0.02
_GENOEMD = 3
# A hundredth is not one in the machine: 0.68 - 0.67 is a little more than 0.01.
_KLEIN = 1e-9


def revised(wijzigingen: Iterable[Cijferwijziging], catalogus: Mapping[str, Indicator]) -> tuple[Cijferwijziging, ...]:
    """Return the real figures of all branches together that changed by more than the threshold, the newest first."""
    herzien = [w for w in wijzigingen if w.indicator_id in catalogus and _is_revised(w, catalogus[w.indicator_id])]
    return tuple(sorted(herzien, key=lambda w: _end(w.periode), reverse=True))


def _is_revised(w: Cijferwijziging, indicator: Indicator) -> bool:
    if w.soort != "waarde" or w.branche_code != TOTAAL or w.herkomst_nieuw == Herkomst.SYNTHETISCH:
        return False
    if w.waarde_oud is None or w.waarde_nieuw is None or PROGNOSE in parts(w.uitsplitsing):
        return False
    verschil = abs(w.waarde_nieuw - w.waarde_oud)
    if unit_of_part(indicator.eenheid, w.categorie) == "aandeel":
        return verschil > DREMPEL_AANDEEL + _KLEIN
    return verschil > DREMPEL_DEEL * abs(w.waarde_oud) + _KLEIN


def arrived(wijzigingen: Iterable[Cijferwijziging], catalogus: Mapping[str, Indicator]) -> list[tuple[str, str]]:
    """Return per indicator the newest period of which a real figure came, the newest first: its id and the period.

    A forecast is no news of what is.
    """
    nieuw: dict[str, str] = {}
    for w in wijzigingen:
        is_cijfer = w.waarde_nieuw is not None and w.herkomst_nieuw != Herkomst.SYNTHETISCH
        if w.soort != "nieuw" or not is_cijfer or w.branche_code != TOTAAL or w.categorie:
            continue
        if w.indicator_id in catalogus and PROGNOSE not in parts(w.uitsplitsing):
            nieuw[w.indicator_id] = max(nieuw.get(w.indicator_id, ""), w.periode, key=_end)
    return sorted(
        ((naam, _period(p)) for naam, p in nieuw.items()), key=lambda paar: _end(nieuw[paar[0]]), reverse=True
    )


def sentence(
    herzien: Sequence[Cijferwijziging], sinds: str, catalogus: Mapping[str, Indicator], waar: str = "Nederland"
) -> str:
    """Return in words how many figures were revised, of what and by what cause; empty for none."""
    if not herzien:
        return ""
    # Each once: of one indicator and period more than one series or answer may be revised.
    namen = list(dict.fromkeys(f"{catalogus[w.indicator_id].titel} ({_period(w.periode)})" for w in herzien))
    aantal = "is 1 cijfer" if len(herzien) == 1 else f"zijn {len(herzien)} cijfers"
    rest = " en meer" if len(namen) > _GENOEMD else ""
    return (
        f"Sinds {sinds} {aantal} van {waar} herzien met meer dan 1 procentpunt of 2%: "
        f"{', '.join(namen[:_GENOEMD])}{rest}.{_causes(herzien)}"
    )


def _causes(herzien: Sequence[Cijferwijziging]) -> str:
    """Return by what the figures are others, with how many by each where there are more causes than one."""
    oorzaken = Counter(w.oorzaak for w in herzien if w.oorzaak)
    if len(oorzaken) < 2:
        return f" Oorzaak: {next(iter(oorzaken))}." if oorzaken else ""
    return f" Oorzaak: {', '.join(f'{naam} ({aantal})' for naam, aantal in oorzaken.most_common())}."


def _end(code: str) -> date:
    periode = parse_periode(code)
    return periode.eind if periode else date.min


def _period(code: str) -> str:
    periode = parse_periode(code)
    return periode.naam if periode else code
