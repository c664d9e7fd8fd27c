"""The answer to what a reader types in the search field: groups of links, never empty-handed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.beeld.fragmenten import Verwijzer
from app.lezen import data
from app.lezen.onderwerp import regiogegevens
from app.lezen.onderwerp.voorbeeld import is_usual
from app.lezen.rijen import Kenmerk
from app.oordeel.benaming import in_sentence
from app.raam.keuze.landelijk import none_per_region
from app.raam.zoeken import index, rang
from app.raam.zoeken.rang import SOORTEN, Vondst
from app.taal.opmaak import getal

LANGSTE = 80
_PER_SOORT = 6
_PAREN = 4
# More sentences than this nobody hears out.
_ZINNEN = 2


def answer(merk: Kenmerk, vraag: str, wijzer: Verwijzer) -> dict[str, Any]:
    """Return the groups to show for a question with, in words, how much there is or what was looked for instead."""
    vraag = vraag.strip()[:LANGSTE]
    if not rang.asked(vraag):
        begin = rang.in_groups(index.starters(merk))
        return _said("Typ een onderwerp, een regio of een begrip.", [_group(s, v, wijzer) for s, v in begin])
    alle, woorden = index.places(merk), index.synonyms()
    gevonden = rang.find(alle, vraag, woorden)
    uitleg = " ".join(dict.fromkeys(woorden[w].uitleg for w in rang.asked(vraag) if w in woorden and woorden[w].uitleg))
    groepen = [_group(soort, vondsten, wijzer) for soort, vondsten in rang.in_groups(gevonden)]
    alle_paren = [] if any(v.soort == rang.CIJFER for v in gevonden) else rang.find_combined(alle, vraag, woorden)
    voorbeeld = wijzer.voorbeeld == "1" or (not wijzer.voorbeeld and is_usual(merk))
    paren = [paar for paar in alle_paren if _is_there(merk, *paar, voorbeeld)]
    if alle_paren and not paren:
        return _apart(merk, alle_paren, voorbeeld, wijzer)
    if paren:
        rijen = [_pair(c, r, wijzer) for c, r in paren[:_PAREN]]
        groepen.insert(0, {"kop": "Cijfer in een regio", "rijen": rijen, "meer": _more(len(paren) - _PAREN)})
    if groepen:
        aantal = len(gevonden) + len(paren)
        return _said(f"{uitleg} {getal(aantal)} {'treffer' if aantal == 1 else 'treffers'}.".strip(), groepen)
    lijkt = rang.nearest(alle, vraag)
    begin = rang.in_groups(lijkt or index.starters(merk))
    over = "Dit komt het dichtst in de buurt." if lijkt else "Kijk eens bij een van deze."
    return _said(f"Niets gevonden. {over}", [_group(soort, vondsten, wijzer) for soort, vondsten in begin])


def _is_there(merk: Kenmerk, cijfer: Vondst, regio: Vondst, voorbeeld: bool) -> bool:
    """Whether the page of a figure has it of this region, or of the one WGO or region that stands in for it."""
    code, dag = dict(regio.keuze)["regio"], data.publicatie(merk).gemaakt_op.date()
    leden = regiogegevens.members(merk, code, dag)
    kan = {code, data.wgo_van_regio(merk, dag).get(code, code), *(leden if len(leden) == 1 else ())}
    gebieden = regiogegevens.areas_per_indicator(merk, voorbeeld).get(dict(cijfer.keuze)["indicator"], frozenset())
    return not kan.isdisjoint(gebieden)


def _apart(merk: Kenmerk, paren: Sequence[tuple[Vondst, Vondst]], voorbeeld: bool, wijzer: Verwijzer) -> dict[str, Any]:
    """Say of which figures the region has none, and lead to the figures and to the region, each on its own."""
    cijfers, regios = (list(dict.fromkeys(kant)) for kant in zip(*paren, strict=True))
    zinnen = [
        none_per_region(merk, dict(c.keuze)["indicator"], voorbeeld)
        or f"Van {in_sentence(c.titel)} is er geen cijfer van {regios[0].titel}."
        for c in cijfers
    ]
    groepen = [_group(soort, vondsten, wijzer) for soort, vondsten in ((rang.CIJFER, cijfers), (rang.REGIO, regios))]
    return _said(" ".join(zinnen[:_ZINNEN]), groepen)


def _said(melding: str, groepen: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"melding": melding, "groepen": list(groepen)}


def _group(soort: str, vondsten: Sequence[Vondst], wijzer: Verwijzer) -> dict[str, Any]:
    rijen = [_row(v, wijzer) for v in vondsten[:_PER_SOORT]]
    return {"kop": SOORTEN[soort], "rijen": rijen, "meer": _more(len(vondsten) - _PER_SOORT)}


def _more(rest: int) -> str:
    return f"En nog {getal(rest)}: typ meer om te kiezen." if rest > 0 else ""


def _row(vondst: Vondst, wijzer: Verwijzer) -> dict[str, str]:
    adres = wijzer.address(vondst.pagina, **dict(vondst.keuze)).removesuffix("?")
    return {"titel": vondst.titel, "onder": vondst.onder, "adres": adres}


def _pair(cijfer: Vondst, regio: Vondst, wijzer: Verwijzer) -> dict[str, str]:
    keuze = {"regio": dict(regio.keuze)["regio"], "indicator": dict(cijfer.keuze)["indicator"]}
    adres = wijzer.address(cijfer.pagina, **keuze)
    return {"titel": f"{cijfer.titel} in {regio.titel}", "onder": cijfer.onder, "adres": adres}
