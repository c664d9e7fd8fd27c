"""In which order regions stand: as the reader chooses, and by value only as far as they can be told apart.

Three things tell regions apart: a test of a survey, funnel limits of shares from counts, or a full and exact count. In
a group that none of them tells apart the order is that of the regions themselves. Nowhere is a rank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.lezen.rijen import Verschil, Waarneming
from app.oordeel import verschillen
from app.oordeel.echt import has_examples
from app.oordeel.vergelijken import trechter
from app.oordeel.vergelijken.kaartverschil import Regioverschil
from app.taal.opmaak import NIVEAU_ENKEL, NIVEAU_WOORD, hoofdletter, telling
from pipelines.afspraken.codelijsten import Status, Toetsoordeel

LIGGING, NAAM, WAARDE = "ligging", "naam", "waarde"
VOLGORDEN = {LIGGING: "Ligging", NAAM: "Naam", WAARDE: "Waarde"}
_EXACT = ("exact", "afgerond", "")
_TOETS: Mapping[str, str] = {
    Toetsoordeel.HOGER: f"Hoger dan {verschillen.REST}",
    Toetsoordeel.GEEN_VERSCHIL: f"Geen aantoonbaar verschil met {verschillen.REST}",
    Toetsoordeel.LAGER: f"Lager dan {verschillen.REST}",
}
# What a group is called whose regions are all higher, or all lower, than regions usually are.
HOOG = (_TOETS[Toetsoordeel.HOGER], hoofdletter(trechter.BOVEN))
LAAG = (_TOETS[Toetsoordeel.LAGER], hoofdletter(trechter.ONDER))
ONBEKEND = "Niet met zekerheid uit elkaar te houden"
ZONDER = "Zonder cijfer"
# As many regions without a figure are named; more of them are counted.
_ENKELE = 3
_NAMEN = {status.value: status.naam for status in Status}
# What a change is called by its sign; one that is shown as nought went neither way.
_KANTEN = {"Hoger": 1, "Gelijk zoals getoond": 0, "Lager": -1}


@dataclass(frozen=True)
class Rijgroep:
    """Regions in the order in which they stand, under what holds for all of them; no words where each stands alone."""

    kop: str
    codes: tuple[str, ...]


def orders(rijen: Mapping[str, Waarneming]) -> list[str]:
    """Return the orders there are to choose from; what is made up is not put in order of its value."""
    return [volgorde for volgorde in VOLGORDEN if volgorde != WAARDE or not has_examples(rijen.values())]


def arrange(volgorde: str, namen: Mapping[str, str], by_value: Callable[[], Sequence[Rijgroep]]) -> list[Rijgroep]:
    """Return the regions of `namen`, which has them by place, in the chosen order."""
    if volgorde == NAAM:
        return [Rijgroep("", tuple(sorted(namen, key=lambda code: namen[code].casefold())))]
    if volgorde == LIGGING:
        return [Rijgroep("", tuple(namen))]
    groepen = [*by_value()]
    met = {code for groep in groepen for code in groep.codes}
    groepen.append(Rijgroep(ZONDER, tuple(code for code in namen if code not in met)))
    return [groep for groep in groepen if groep.codes]


def with_silent_counted(groepen: Sequence[Rijgroep], stil: Mapping[str, str], niveau: str) -> list[Rijgroep]:
    """Return the groups without regions that have nothing to say: those of one status in one line of words at the end.

    `stil` has the status of each region that has no figure because there is none; a few of them stay where they are.
    """
    aantallen = {soort: aantal for soort, aantal in Counter(stil.values()).items() if aantal > _ENKELE}
    over = [
        replace(groep, codes=tuple(code for code in groep.codes if stil.get(code) not in aantallen))
        for groep in groepen
    ]
    slot = [
        Rijgroep(f"{telling(n, NIVEAU_ENKEL[niveau], NIVEAU_WOORD[niveau])}: {_NAMEN[soort]}", ())
        for soort, n in aantallen.items()
    ]
    return [*(groep for groep in over if groep.codes), *slot]


def of_figures(
    codes: Iterable[str], rijen: Mapping[str, Waarneming], eenheid: str, toetsen: Sequence[Verschil]
) -> list[Rijgroep]:
    """Return the regions with a figure in groups from high to low; within one the order is that of `codes`.

    Raises:
        ValueError: a figure is made up; of those there is no order by value.
    """
    if has_examples(rijen.values()):
        raise ValueError("voorbeelddata op volgorde van waarde")
    gevuld = {code: rijen[code] for code in codes if code in rijen and rijen[code].waarde is not None}
    return _by_value(gevuld, eenheid, toetsen)


def of_differences(codes: Iterable[str], verschillen: Mapping[str, Regioverschil]) -> list[Rijgroep]:
    """Return the regions with a difference from high to low: of samples only above, at and below nought."""
    met = {code: v for code in codes if (v := verschillen.get(code)) is not None and v.waarde is not None}
    if any(r.is_steekproef for v in met.values() for r in (v.van, v.tot) if r is not None):
        tekens = {code: ((v.waarde or 0) > 0) - ((v.waarde or 0) < 0) for code, v in met.items()}
        return [Rijgroep(kop, tuple(c for c in met if tekens[c] == teken)) for kop, teken in _KANTEN.items()]
    return [Rijgroep("", tuple(sorted(met, key=lambda code: -(met[code].waarde or 0))))]


def _by_value(rijen: Mapping[str, Waarneming], eenheid: str, toetsen: Sequence[Verschil]) -> list[Rijgroep]:
    if any(r.is_steekproef for r in rijen.values()):
        oordeel = {code: _verdict(rij, toetsen) for code, rij in rijen.items()}
        groepen = [Rijgroep(kop, tuple(c for c in rijen if oordeel[c] == kop)) for kop in _TOETS.values()]
        return [*groepen, Rijgroep(ONBEKEND, tuple(c for c in rijen if not oordeel[c]))]
    buiten = trechter.judge(rijen, eenheid)
    if buiten is not None:
        usual = "Binnen wat regio's gewoonlijk verschillen"
        koppen = {trechter.BOVEN: hoofdletter(trechter.BOVEN), "": usual, trechter.ONDER: hoofdletter(trechter.ONDER)}
        return [Rijgroep(kop, tuple(c for c in rijen if buiten.get(c, "") == kant)) for kant, kop in koppen.items()]
    if all(_is_full(r) for r in rijen.values()):
        return [Rijgroep("", tuple(sorted(rijen, key=lambda code: -(rijen[code].waarde or 0))))]
    return [Rijgroep(ONBEKEND, tuple(rijen))]


def _verdict(rij: Waarneming, toetsen: Sequence[Verschil]) -> str:
    gevonden = (v for v in verschillen.of_figure(toetsen, rij) if v.soort == "regio_rest")
    return next((_TOETS.get(v.oordeel, "") for v in gevonden), "")


def _is_full(rij: Waarneming) -> bool:
    """Whether a figure is a final count or what was worked out from counts, with nothing rough about it."""
    return not rij.is_voorlopig and not rij.is_prognose and rij.waarde_tot is None and rij.precisie in _EXACT
