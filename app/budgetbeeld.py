"""Budget of the programme per pijler and WGO, and the rules it is held against, ready for the page Budget."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from app import charts, plannen, stijl, woorden, zinnen
from app.cellen import Verzonnen
from app.charts import Spec
from app.data import Kenmerk, Waarneming
from app.opmaak import PIJLER_WOORD, categorie_tekst, getal, hoofdletter, leesbaar, opsomming, waarde_tekst
from app.pijlers import short_name
from app.plannen import Regeltoets
from app.stijl import Thema
from pipelines.codelijsten import LAND, Regeloordeel, Regelsoort, round_half_up, to_decimal

REALISATIE = "soort=realisatie"
RICHTLIJN = "soort=richtlijn"
MINIMUM = "soort=minimum"
_TEKENS = {Regeloordeel.VOLDOET: "✓", Regeloordeel.VOLDOET_NIET: "✗", Regeloordeel.NIET_TE_BEPALEN: "?"}
OORDELEN: dict[str, str] = {oordeel: f"{teken} {oordeel.naam}" for oordeel, teken in _TEKENS.items()}
_INHOUDELIJK = "de drie inhoudelijke pijlers samen"


@dataclass(frozen=True, slots=True)
class Geld:
    """The money of one area in one year: in all, and as subsidy and co-financing, as far as known."""

    totaal: Waarneming | None
    subsidie: Waarneming | None
    cofinanciering: Waarneming | None

    @property
    def rijen(self) -> tuple[Waarneming, ...]:
        """The figures that exist."""
        return tuple(r for r in (self.totaal, self.subsidie, self.cofinanciering) if r is not None)


def rules(merk: Kenmerk, jaar: str) -> list[Regeltoets]:
    """Return the rules that were tested for one year: the country first, then WGO's; guidelines before demands."""
    alle = (t for t in plannen.regeltoetsen(merk) if str(t.jaar) == jaar)
    return sorted(alle, key=lambda t: (t.regio_code != LAND, t.regio_code, t.soort != "richtlijn", t.regel_id))


def years(*reeksen: Iterable[Waarneming]) -> list[str]:
    """Return the years with a budget figure, newest first."""
    return sorted({r.periode for reeks in reeksen for r in reeks if r.waarde is not None}, reverse=True)


def money(bedragen: Sequence[Waarneming], regio_code: str, jaar: str) -> Geld:
    """Return the amounts of one area in one year."""
    hier = [r for r in bedragen if r.regio_code == regio_code and r.periode == jaar and r.waarde is not None]

    def _one(categorie: str) -> Waarneming | None:
        return next((r for r in hier if r.categorie == categorie and r.uitsplitsing in ("", REALISATIE)), None)

    return Geld(_one(""), _one("subsidie"), _one("cofinanciering"))


def split(aandelen: Sequence[Waarneming], regio_code: str, jaar: str) -> list[Waarneming]:
    """Return the realised share per pijler of one area in one year, in the order of the programme."""
    hier = {
        r.categorie: r
        for r in aandelen
        if (r.regio_code, r.periode, r.uitsplitsing) == (regio_code, jaar, REALISATIE) and r.waarde is not None
    }
    return [hier[pijler] for pijler in PIJLER_WOORD if pijler in hier]


def areas(*reeksen: Iterable[Waarneming]) -> list[str]:
    """Return the country, and the WGO's that have a budget figure, in code order."""
    codes = {r.regio_code for reeks in reeksen for r in reeks if r.niveau == "wgo" and r.waarde is not None}
    return [LAND, *sorted(codes)]


def rounding_remark(verdeling: Sequence[Waarneming]) -> str:
    """Say to how much the shares as shown add up, where that is not 100%."""
    cijfers = zinnen.decimals_of(verdeling, "aandeel")
    som = sum((round_half_up(to_decimal(r.waarde or 0.0) * 100, cijfers) for r in verdeling), Decimal())
    return f"De aandelen zijn afgerond en tellen op tot {getal(som, cijfers)}%." if verdeling and som != 100 else ""


def title(naam: str, jaar: str, verdeling: Sequence[Waarneming]) -> str:
    """State where most of the budget goes."""
    if not verdeling:
        return f"{naam}, {jaar}: hoe het budget is verdeeld, is niet bekend"
    top = max(verdeling, key=lambda r: r.waarde or 0)
    woord = short_name(top.categorie).lower()
    voorbeeld = " (voorbeelddata)" if any(r.is_voorbeeld for r in verdeling) else ""
    return f"{naam}: {zinnen.figure(top, 'aandeel')} van het budget gaat naar de pijler {woord}, in {jaar}{voorbeeld}"


def rule_title(toetsen: Sequence[Regeltoets]) -> str:
    """State how many rules are met, not met, and cannot be judged."""
    regels = "regel" if len(toetsen) == 1 else "regels"
    if all(t.oordeel == Regeloordeel.NIET_TE_BEPALEN for t in toetsen):
        return f"Of {len(toetsen)} {regels} van het programma gevolgd zijn, is nog niet te bepalen"
    delen = []
    for oordeel in Regeloordeel:
        aantal = sum(t.oordeel == oordeel for t in toetsen)
        is_zijn = ("is " if aantal == 1 else "zijn ") if oordeel is Regeloordeel.NIET_TE_BEPALEN else ""
        delen += [f"{aantal} {is_zijn}{oordeel.naam if aantal == 1 else oordeel.meervoud}"] if aantal else []
    return f"Van {len(toetsen)} {regels}: {opsomming(delen)}"


def rule_rows(toetsen: Sequence[Regeltoets], namen: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return one row per rule and area, with its outcome and the sum that it rests on."""
    return [
        (
            rule_name(t),
            namen.get(t.regio_code, t.regio_code),
            f"minstens {_share(t.norm)}" if t.soort == Regelsoort.EIS else _share(t.norm),
            _share(t.uitkomst),
            OORDELEN.get(t.oordeel, t.oordeel),
            _basis(t),
        )
        for t in toetsen
    ]


def _basis(toets: Regeltoets) -> str:
    tekst = hoofdletter(f"{toets.som}. " if toets.som else "") + toets.toelichting.replace(f"{toets.titel}. ", "", 1)
    return Verzonnen(tekst) if toets.is_voorbeeld else tekst


def rule_name(toets: Regeltoets) -> str:
    """Return what a rule asks; of a publication that has no titles yet its id in words."""
    return toets.titel or hoofdletter(leesbaar(toets.regel_id))


def _share(waarde: float | None) -> str:
    """Write a share with as many decimals as it takes to see on which side of a norm it lies, two at most."""
    if waarde is None:
        return ""
    procent = round_half_up(to_decimal(waarde) * 100, 2).normalize()
    return waarde_tekst(waarde, "aandeel", max(0, -int(procent.as_tuple().exponent)))


def norm_rows(
    aandelen: Sequence[Waarneming], cofinanciering: Sequence[Waarneming], jaar: str
) -> list[tuple[Waarneming, tuple[str, ...]]]:
    """Return the published guideline and minimums of one year: what it is about, of what, how much."""
    soorten = ((RICHTLIJN, "richtlijn"), (MINIMUM, "minstens"))
    rijen: list[tuple[Waarneming, tuple[str, ...]]] = []
    for reeks, wat in ((aandelen, ""), (cofinanciering, "Cofinanciering van ")):
        for uitsplitsing, soort in soorten:
            for r in reeks:
                if (r.uitsplitsing, r.periode, r.regio_code) == (uitsplitsing, jaar, LAND) and r.waarde is not None:
                    waarover = _INHOUDELIJK if r.categorie == "inhoudelijk" else categorie_tekst(r.categorie)
                    waarde = f"{soort} {zinnen.figure(r, 'aandeel')}"
                    waarvan, plek = woorden.plainly(r.populatie), woorden.place_text(r.vindplaats)
                    rijen.append((r, (hoofdletter(wat + waarover), waarde, waarvan, plek)))
    return sorted(rijen, key=lambda paar: (paar[0].indicator_id != "budget_aandeel", _norm_order(paar[0].categorie)))


def _norm_order(categorie: str) -> int:
    """Return the place of a norm: pijlers in the order of the programme, then the parts of the basis."""
    volgorde = ["basis", "inhoudelijk", *list(PIJLER_WOORD)[1:], "informatie", "communicatie", "netwerkbeheer"]
    return volgorde.index(categorie) if categorie in volgorde else len(volgorde)


@functools.cache
def split_spec(thema: Thema, aantal: int) -> Spec:
    """Return one bar per pijler, from 0%, in the colour of the pijler and with its share behind it."""
    palet = stijl.PALETTEN[thema]
    y = alt.Y(
        "rij:N",
        sort=[short_name(pijler) for pijler in PIJLER_WOORD],
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelColor=palet.inkt, labelFontSize=13, labelLimit=150,
                      description="Pijlers, onder elkaar"),
    )  # fmt: skip
    x = alt.X(
        "waarde:Q",
        title=None,
        scale=alt.Scale(domainMin=0, nice=True),
        axis=alt.Axis(format="%", tickCount=4, domain=False, ticks=False, description="Aandeel van het budget"),
    )
    balken = alt.Chart().transform_filter("datum.laag == 'balk'").encode(x=x, y=y)
    balk = balken.mark_bar(height=18, cornerRadiusEnd=2, opacity=1).encode(
        fill=alt.Fill(
            "pijler:N",
            scale=alt.Scale(domain=list(palet.pijlers), range=list(palet.pijlers.values())),
            legend=None,
        ),
        tooltip=[alt.Tooltip("rij:N", title="Pijler"), alt.Tooltip("tekst:N", title="Aandeel")],
    )
    woord = balken.mark_text(align="left", dx=6, fontSize=13, fontWeight="bold", fill=palet.inkt, aria=False).encode(
        text="tekst:N"
    )
    stempel = charts.stamp(palet, x="width", y="height", align="right").transform_filter("datum.laag == 'stempel'")
    kaart = alt.layer(balk, woord, stempel).properties(height=34 * aantal, width="container")
    spec = charts.finish(kaart, thema)
    for laag in spec["layer"][:2]:
        # Room at the right for the share behind the longest bar.
        laag["encoding"]["x"]["scale"] = {"domainMin": 0, "nice": True, "range": [0, {"expr": "width - 44"}]}
    return spec


def bar_rows(verdeling: Sequence[Waarneming]) -> list[dict[str, object]]:
    """Return the rows of the chart."""
    rows: list[dict[str, object]] = [
        {"laag": "balk", "rij": short_name(r.categorie), "waarde": r.waarde,
         "pijler": r.categorie, "tekst": zinnen.figure(r, "aandeel")}
        for r in verdeling
    ]  # fmt: skip
    return rows + ([{"laag": "stempel"}] if any(r.is_voorbeeld for r in verdeling) else [])


def area_rows(
    bedragen: Sequence[Waarneming],
    aandelen: Sequence[Waarneming],
    codes: Sequence[str],
    namen: Mapping[str, str],
    jaar: str,
) -> list[tuple[str, ...]]:
    """Return one row per WGO: its money, and its share per pijler."""
    rijen = []
    for code in codes:
        geld, verdeling = money(bedragen, code, jaar), {r.categorie: r for r in split(aandelen, code, jaar)}
        bedrag = [zinnen.figure(r, "euro") if r is not None else "geen cijfer"
                  for r in (geld.totaal, geld.subsidie, geld.cofinanciering)]  # fmt: skip
        delen = [zinnen.figure(verdeling[p], "aandeel") if p in verdeling else "geen cijfer" for p in PIJLER_WOORD]
        rijen.append((namen.get(code, code), *bedrag, *delen))
    return rijen
