"""What a mapping means for a table as it is now: which columns and codes, or everything that moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pipelines.afspraken.codelijsten import LAND
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value, suggest
from pipelines.openbaar.koppelen.gemeenten import GEMEENTE, VOORVOEGSELS, expected_regions
from pipelines.openbaar.koppelen.koppeling import Indeling, Koppeling, Meting
from pipelines.openbaar.tabellen.perioden import contract_period
from pipelines.openbaar.tabellen.tabel import (
    REGIO,
    TIJD,
    Categorie,
    Dimensie,
    Kenmerken,
    Maat,
    by_name,
    list_some,
    look_at,
    multiple_of,
    tidy,
)
from pipelines.openbaar.tabellen.tabellezer import Keuze

_TOTAAL = re.compile(r"totaal\b", re.IGNORECASE)
_LANGSTE_NAAM = 80
# What CBS says of a period, and whether its figures are provisional.
_STATUS = {"Definitief": "0", "NaderVoorlopig": "1", "Voorlopig": "1"}
# Of more codes than this the server is not asked one by one.
_MEESTE_GEVRAAGD = 20


@dataclass
class Deel:
    """What becomes of one dimension: the column it fills ('' is none), the code per code, and why others are left."""

    kolom: str
    codes: dict[str, str]
    weg: dict[str, str] = field(default_factory=dict)


@dataclass
class Vertaling:
    """What a mapping means for one table: a part per dimension, and the measure and factor per figure."""

    tijd: str
    regio: str
    delen: dict[str, Deel]
    maten: list[tuple[Meting, Maat, Decimal]]
    voorlopig: dict[str, str]
    keuze: Keuze
    # What is said of periods in words that are not known here.
    vreemd: list[str] = field(default_factory=list)


def translate(koppeling: Koppeling, kenmerken: Kenmerken) -> Vertaling:
    """Return what to read and how, from a table's own description.

    Raises:
        AfgekeurdError: a title, key, unit, category or region is not what the mapping says; all at once, each with
            the table, what was expected and what is there.
    """
    fouten: list[Melding] = []
    if koppeling.exacte_titel and tidy(koppeling.exacte_titel) != kenmerken.titel:
        fouten.append(_moved(koppeling, kenmerken, "exacte_titel", koppeling.exacte_titel, [kenmerken.titel]))
    if koppeling.tabel and koppeling.tabel.casefold() != kenmerken.tabel.casefold():
        fouten.append(_moved(koppeling, kenmerken, "tabel", koppeling.tabel, [kenmerken.tabel]))
    tijd = _one_kind(koppeling, kenmerken, TIJD, fouten)
    regio = _one_kind(koppeling, kenmerken, REGIO, fouten)
    delen: dict[str, Deel] = {}
    if tijd:
        delen[tijd.sleutel] = _periods(koppeling, tijd)
    if regio:
        delen[regio.sleutel] = _regions(koppeling, kenmerken, regio, fouten)
    delen |= _others(koppeling, kenmerken, fouten)
    maten = list(_measures(koppeling, kenmerken, fouten))
    if fouten:
        raise AfgekeurdError(fouten)
    gewenst = {
        dimensie.sleutel: _asked(dimensie, delen[dimensie.sleutel])
        for dimensie in kenmerken.dimensies
    }  # fmt: skip
    keuze = Keuze(list(dict.fromkeys(maat.sleutel for _, maat, _ in maten)), gewenst)
    voorlopig = {c.code: _provisional(c.status) for c in tijd.categorieen} if tijd else {}
    vreemd = sorted({c.status for c in tijd.categorieen} - {"", *_STATUS}) if tijd else []
    return Vertaling(
        tijd.sleutel if tijd else "", regio.sleutel if regio else "", delen, maten, voorlopig, keuze, vreemd
    )


def _asked(dimensie: Dimensie, deel: Deel) -> list[Categorie]:
    """Return the categories to ask the server for; none where all are wanted, or too many to name."""
    gewenst = [categorie for categorie in dimensie.categorieen if categorie.code in deel.codes]
    return gewenst if len(gewenst) <= _MEESTE_GEVRAAGD and len(gewenst) < len(dimensie.categorieen) else []


def _moved(koppeling: Koppeling, kenmerken: Kenmerken, wat: str, verwacht: str, wel: list[str]) -> Melding:
    # Of one there is nothing to guess.
    gok = suggest(verwacht, wel) if len(wel) > 1 else ""
    tekst = f"{wat} '{show_value(verwacht)}' is er niet. Wel: {list_some(wel)}.{gok}"
    advies = f"Pas {koppeling.plek} aan; zie hoe de tabel er nu uitziet met {look_at(kenmerken.plek)}."
    return Melding(kenmerken.plek, tekst, advies=advies)


def _other_key(
    koppeling: Koppeling, kenmerken: Kenmerken, wat: str, deel: Indeling | Meting, namen: list[tuple[str, str]]
) -> Melding:
    """Return that a dimension or measure (`namen`: key and title of each) is not there, or has another key by now."""
    nu = [sleutel for sleutel, titel in namen if deel.sleutel and deel.titel and titel == tidy(deel.titel)]
    if nu:
        tekst = f"{wat} '{show_value(deel.titel)}' heeft een andere sleutel: verwacht {deel.sleutel}, er staat {nu[0]}."
        advies = f"Is het dezelfde, zet dan sleutel: {nu[0]} in {koppeling.plek}; kijk met {look_at(kenmerken.plek)}."
        return Melding(kenmerken.plek, tekst, advies=advies)
    wel = [titel if deel.titel else sleutel for sleutel, titel in namen]
    return _moved(koppeling, kenmerken, wat, deel.titel or deel.sleutel, wel)


def _one_kind(koppeling: Koppeling, kenmerken: Kenmerken, soort: str, fouten: list[Melding]) -> Dimensie | None:
    """Return the one dimension of periods or regions; none of regions is right where the mapping names the region."""
    gevonden = [dimensie for dimensie in kenmerken.dimensies if dimensie.soort == soort]
    vast = soort == REGIO and bool(koppeling.regio.vast)
    if len(gevonden) == (0 if vast else 1):
        return gevonden[0] if gevonden else None
    woord = "perioden" if soort == TIJD else "regio's"
    verwacht = "geen" if vast else "één"
    tekst = f"Verwacht: {verwacht} dimensie met {woord}; er zijn er {len(gevonden)}"
    namen = list_some(dimensie.titel for dimensie in kenmerken.dimensies)
    advies = f"Pas 'regio' aan in {koppeling.plek}." if soort == REGIO else "Deze tabel is zo niet te koppelen."
    fouten.append(Melding(kenmerken.plek, f"{tekst} (dimensies: {namen}).", advies=advies))
    return None


def _periods(koppeling: Koppeling, tijd: Dimensie) -> Deel:
    deel = Deel("periode", {})
    for categorie in tijd.categorieen:
        periode = contract_period(categorie.code)
        if periode is not None and periode.soort in koppeling.perioden:
            deel.codes[categorie.code] = periode.code
        else:
            deel.weg[categorie.code] = "periode van een andere soort"
    return deel


def _regions(koppeling: Koppeling, kenmerken: Kenmerken, regio: Dimensie, fouten: list[Melding]) -> Deel:
    """Return the regions of the wanted levels; each of a level must be there, and no other of that level."""
    gebied, deel = koppeling.regio, Deel("regio_code", {})
    niveaus = [*gebied.niveaus, *gebied.ook, *([GEMEENTE] if gebied.uit_gemeenten else [])]
    soorten = {VOORVOEGSELS[niveau]: niveau for niveau in niveaus}
    weglaten = {tidy(naam) for naam in gebied.weglaten}
    for categorie in regio.categorieen:
        niveau = soorten.get(categorie.code[:2])
        if niveau is None:
            deel.weg[categorie.code] = "regio van een ander niveau"
        elif {categorie.code, categorie.titel} & weglaten:
            deel.weg[categorie.code] = "regio die het koppelbestand weglaat"
        else:
            deel.codes[categorie.code] = categorie.code
    for niveau in niveaus:
        verwacht = expected_regions(niveau)
        aanwezig = {code for code in deel.codes if code.startswith(VOORVOEGSELS[niveau])}
        if niveau in gebied.ook and not aanwezig:
            continue
        vreemd = sorted(aanwezig - verwacht)
        # Gemeenten come and go; which must be there is a matter of the year, so it is looked at with the figures.
        mist = sorted(verwacht - aanwezig) if niveau != GEMEENTE else []
        if mist:
            tekst = f"{niveau}: {len(verwacht) - len(mist)} van {len(verwacht)} in de tabel. Weg: {list_some(mist)}."
            fouten.append(
                Melding(kenmerken.plek, tekst, advies=f"Is dit bedoeld, pas dan 'regio' aan in {koppeling.plek}.")
            )
        if vreemd:
            namen = {c.code: f"{c.code} ({c.titel})" for c in regio.categorieen}
            tekst = f"Onbekende regio's ({niveau}): {list_some(namen[code] for code in vreemd)}."
            advies = f"Horen zij er niet bij, noem ze dan bij regio, weglaten in {koppeling.plek}."
            fouten.append(Melding(kenmerken.plek, tekst, advies=advies))
    return deel


def _others(koppeling: Koppeling, kenmerken: Kenmerken, fouten: list[Melding]) -> dict[str, Deel]:
    delen: dict[str, Deel] = {}
    gewoon = [dimensie for dimensie in kenmerken.dimensies if dimensie.soort not in (TIJD, REGIO)]
    for indeling in koppeling.dimensies:
        gevonden = [d for d in gewoon if _is_named(d.sleutel, d.titel, indeling)]
        if len(gevonden) == 1:
            delen[gevonden[0].sleutel] = _categories(koppeling, kenmerken, indeling, gevonden[0], fouten)
        else:
            namen = [(d.sleutel, d.titel) for d in gewoon]
            fouten.append(_other_key(koppeling, kenmerken, "Dimensie", indeling, namen))
    for dimensie in gewoon:
        if dimensie.sleutel not in delen and not fouten:
            tekst = f"Dimensie '{show_value(dimensie.titel)}' staat niet in het koppelbestand."
            advies = f"Kies bij 'dimensies' in {koppeling.plek} welke categorie telt (alleen), of welke kolom zij vult."
            fouten.append(Melding(kenmerken.plek, tekst, advies=advies))
    return delen


def _is_named(sleutel: str, titel: str, deel: Indeling | Meting) -> bool:
    """Return whether this is the one that is meant: by key and by title, where both are given."""
    return (not deel.sleutel or deel.sleutel == sleutel) and (not deel.titel or tidy(deel.titel) == titel)


def _is_meant(maat: Maat, meting: Meting) -> bool:
    """Return whether this is the measure that is meant; one without a name is known by its unit."""
    heeft_naam = meting.titel or meting.sleutel
    return _is_named(maat.sleutel, maat.titel, meting) and (bool(heeft_naam) or maat.eenheid == tidy(meting.eenheid))


def _categories(
    koppeling: Koppeling, kenmerken: Kenmerken, indeling: Indeling, dimensie: Dimensie, fouten: list[Melding]
) -> Deel:
    gewenst: Mapping[str, str] = {indeling.alleen: ""} if indeling.alleen else indeling.categorieen
    namen = by_name(dimensie.categorieen)
    deel = Deel(indeling.kolom, {})
    for naam, code in gewenst.items():
        gevonden = namen.get(naam.strip()) or namen.get(tidy(naam)) or []
        if len(gevonden) == 1:
            deel.codes[gevonden[0].code] = code
        elif gevonden:
            codes = list_some(categorie.code for categorie in gevonden)
            tekst = f"Twee categorieën van {dimensie.titel} heten '{show_value(naam)}': {codes}."
            fouten.append(Melding(kenmerken.plek, tekst, advies=f"Noem in {koppeling.plek} de code."))
        else:
            wat = f"Categorie van {dimensie.titel}"
            fouten.append(_moved(koppeling, kenmerken, wat, naam, [c.titel for c in dimensie.categorieen]))
    if indeling.overnemen:
        deel.codes = {categorie.code: _as_name(categorie.titel) or categorie.code for categorie in dimensie.categorieen}
    if indeling.totaal:
        deel.codes |= {c.code: "" for c in dimensie.categorieen if _TOTAAL.match(c.titel)}
    rest = [categorie for categorie in dimensie.categorieen if categorie.code not in deel.codes]
    if rest and indeling.kolom and indeling.rest == "fout":
        tekst = f"Nieuw in {dimensie.titel}: {list_some(f'{c.titel} ({c.code})' for c in rest)}."
        advies = f"Noem ze bij categorieen in {koppeling.plek}, of zet daar rest: weglaten."
        fouten.append(Melding(kenmerken.plek, tekst, advies=advies))
    deel.weg = {categorie.code: f"andere categorie van {dimensie.titel}" for categorie in rest}
    return deel


def _as_name(titel: str) -> str:
    """Return a title as a name that a contract takes: without the signs that mean something in a series."""
    return " ".join(re.sub(r"[^\w .,()/&'+-]", " ", titel.replace(";", ",")).split()).lstrip(" .,()/&'+-")[
        :_LANGSTE_NAAM
    ]


def _measures(
    koppeling: Koppeling, kenmerken: Kenmerken, fouten: list[Melding]
) -> Iterator[tuple[Meting, Maat, Decimal]]:
    for meting in koppeling.maten:
        pad = tuple(map(tidy, meting.pad))
        gevonden = [maat for maat in kenmerken.maten if _is_meant(maat, meting) and pad in ((), maat.pad)]
        naam = meting.titel or meting.sleutel or meting.eenheid
        if len(gevonden) > 1:
            dubbel = list_some(f"{maat.naam} ({maat.sleutel})" for maat in gevonden)
            tekst = f"{len(gevonden)} maten heten '{show_value(naam)}': {dubbel}."
            advies = f"Zet in {koppeling.plek} de kopjes erboven bij 'pad'."
            if naam == meting.eenheid:
                tekst, advies = f"{len(gevonden)} maten in '{naam}': {dubbel}.", f"Zet in {koppeling.plek} de 'titel'."
            fouten.append(Melding(kenmerken.plek, tekst, advies=advies))
        elif not gevonden and naam == meting.eenheid:
            wel = [f"{maat.naam} ({maat.eenheid})" for maat in kenmerken.maten]
            fouten.append(_moved(koppeling, kenmerken, "Een maat in", naam, wel))
        elif not gevonden:
            namen = [(m.sleutel, m.titel if pad in ((), m.pad) else m.naam) for m in kenmerken.maten]
            fouten.append(_other_key(koppeling, kenmerken, "Maat", meting, namen))
        elif tidy(meting.eenheid) != gevonden[0].eenheid:
            wat = f"Eenheid van {gevonden[0].naam}"
            fouten.append(_moved(koppeling, kenmerken, wat, meting.eenheid, [gevonden[0].eenheid]))
        else:
            yield meting, gevonden[0], (multiple_of(meting.eenheid) or Decimal(1)) * meting.maal


def _provisional(status: str) -> str:
    """Return 1 where a period's figures are provisional, 0 where they are final, '' where the table does not say."""
    return _STATUS.get(status, "1") if status else ""


def fixed_region(koppeling: Koppeling) -> str:
    """Return the region of a table without regions."""
    return koppeling.regio.vast or LAND
