"""From the files of DUO to rows of a contract: students counted per region, with what is masked as a range."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipelines.afspraken.codelijsten import MEESTE_IN_MASKER
from pipelines.afspraken.contract import Tabel
from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_value
from pipelines.openbaar.duo.bestand import Bestand, find_heading, odd_years, plain_heading, year_headings
from pipelines.openbaar.duo.heel import (
    CODE,
    HOOG,
    JAAR,
    PLEK,
    absent_provinces,
    empty_regions,
    fallen_away,
    unlisted_codes,
)
from pipelines.openbaar.duo.koppelbestand import CROHO, JAARPLEK, Duokoppeling, Rubriek
from pipelines.openbaar.duo.opleidingen import classify
from pipelines.openbaar.duo.plaatsen import absent_regions, place_of
from pipelines.openbaar.koppelen.doelvelden import period_column, region_column
from pipelines.openbaar.koppelen.gemeenten import expected_regions, parents
from pipelines.openbaar.koppelen.omzetten import Omzetting
from pipelines.openbaar.tabellen.tabel import list_some

INDICATIE = "INDICATIEAVG"
# What DUO writes where it hides a small number, with the least and the most that it can be. That -1 is never 0 is
# written nowhere.
MASKERS: Mapping[str, tuple[int, int]] = {"<5": (1, MEESTE_IN_MASKER), "-1": (0, MEESTE_IN_MASKER)}
_VIER, _BIJ_VIER = str(MEESTE_IN_MASKER), (1, MEESTE_IN_MASKER)
BEREIK = "_tot"
_VEEL_VIEREN = 5
_TOTAAL = re.compile(r"(totaal|total|alle)\b", re.IGNORECASE)
_JAAR = re.compile(r"(20\d\d)(?:[-/](?:20)?\d\d)?")
_LAAG, _HOOG, _JAARKOLOM, _PLEK, _VAN, _TOT = "\0laag", HOOG, JAAR, PLEK, "\0van", "\0tot"
_BUITEN_JAREN = "cel van een opleiding buiten haar jaren"


@dataclass
class Geteld:
    """The rows of one file with year, place and both ends of each count, and what was left out and why."""

    frame: pd.DataFrame
    weg: Counter[str] = field(default_factory=Counter)
    # The places of all its rows, also of those that do not count.
    plekken: set[str] = field(default_factory=set)


def count(koppeling: Duokoppeling, bestanden: Mapping[int, Bestand], tabel: Tabel) -> Omzetting:
    """Return the rows that files of DUO give for a table of the contract.

    Every region of a level is there: where no row is of it there are no students, as DUO leaves out what is none. That
    holds only of a whole file, so what a whole one has and this one lacks is a doubt. A sum with masked cells has both
    its ends; a sum that is itself at most a mask stays hidden.

    Raises:
        AfgekeurdError: a column, category or place is not what the mapping says, or a count cannot be read.
    """
    delen = [_read(koppeling, jaar, bestand) for jaar, bestand in sorted(bestanden.items())]
    weg = sum((deel.weg for deel in delen), Counter())
    frame = pd.concat([deel.frame for deel in delen], ignore_index=True)
    if frame.empty:
        tekst = f"Van {sum(len(b.frame) for b in bestanden.values())} rijen blijft er geen over."
        raise AfgekeurdError([Melding(koppeling.plek, tekst, advies="Kijk met --proef wat er staat.")])
    tijd, regio = period_column(tabel), region_column(tabel)
    rubrieken = [kolom for kolom in frame if kolom not in (_LAAG, _HOOG, _JAARKOLOM, _PLEK, CODE)]
    sommen = _per_region(koppeling, frame, [_JAARKOLOM, *rubrieken], regio)
    rijen = pd.DataFrame(index=sommen.index)
    rijen[tijd] = sommen[_JAARKOLOM].map(lambda jaar: _period(int(jaar), koppeling.jaren.soort))
    rijen[regio] = sommen[regio]
    for kolom, waarde in koppeling.vast.items():
        rijen[kolom] = waarde
    rijen[rubrieken] = sommen[rubrieken]
    laag, hoog = sommen[_LAAG], sommen[_HOOG]
    klein = (hoog > laag) & (hoog <= MEESTE_IN_MASKER)
    rijen[koppeling.aantal_in] = laag.astype(str).mask(klein, "<5")
    if (hoog > laag).any():
        rijen[f"{koppeling.aantal_in}{BEREIK}"] = hoog.astype(str).where((hoog > laag) & ~klein, "")
    volgorde = [naam for naam in tabel.kolommen if naam in rijen]
    uitkomst = Omzetting(rijen[volgorde].reset_index(drop=True), weg)
    if aantal := int((frame[_HOOG] > frame[_LAAG]).sum()):
        woord = "cel is" if aantal == 1 else "cellen zijn"
        uitkomst.gaten.append(
            f"{aantal} {woord} door DUO gemaskeerd; sommen ermee hebben een onder- en een bovengrens."
        )
    if mist := absent_regions(koppeling, set(frame[_PLEK])):
        uitkomst.gaten.append(f"Zonder rij in het bestand, en dus onbekend: {list_some(mist)}.")
    if leeg := empty_regions(koppeling, frame):
        uitkomst.gaten.append(f"Nergens een student van zorg en welzijn, en dus 0: {list_some(leeg, 28)}.")
    plek = f"DUO {koppeling.pakket}"
    for deel in delen:
        uitkomst.twijfels += absent_provinces(koppeling, deel.plekken, plek)
    uitkomst.twijfels += fallen_away(koppeling, frame, plek)
    return uitkomst


def check_headings(koppeling: Duokoppeling, bestand: Bestand) -> None:
    """Check that a file has the columns of its mapping.

    Raises:
        AfgekeurdError: it has not; all that lack at once.
    """
    if fouten := list(_missing(koppeling, bestand)):
        raise AfgekeurdError(fouten)


def _missing(koppeling: Duokoppeling, bestand: Bestand) -> Iterator[Melding]:
    frame = bestand.frame
    nodig = [deel.uit for deel in koppeling.rubrieken]
    nodig += [koppeling.regio.kolom] if koppeling.regio.kolom else []
    nodig += [koppeling.opleiding.code] if koppeling.opleiding else []
    wijd = bool(koppeling.jaren.kop) and bool(year_headings(frame, koppeling.jaren.kop, JAARPLEK))
    nodig += [] if wijd else [koppeling.aantal] if koppeling.aantal else []
    nodig += [] if wijd or koppeling.jaren.uit_bestand else [koppeling.jaren.kolom]
    if wijd and (vreemd := odd_years(frame, koppeling.jaren.kop, JAARPLEK)):
        tekst = f"Deze koppen lijken van een jaar, maar worden zo niet gelezen: {list_some(vreemd)}."
        advies = f"Noem hun vorm bij jaren, kop in {koppeling.plek}, of vraag DUO wat het teken betekent."
        yield Melding(f"DUO {show_value(bestand.naam)}", tekst, advies=advies)
    for namen in nodig:
        if not namen:
            yield _moved(koppeling, bestand, "Kolom", koppeling.jaren.kop, list(frame.columns))
        elif find_heading(frame, namen) is None:
            yield _moved(koppeling, bestand, "Kolom", namen, list(frame.columns))


def _moved(koppeling: Duokoppeling, bestand: Bestand, wat: str, namen: tuple[str, ...], wel: list[str]) -> Melding:
    verwacht = " of ".join(f"'{show_value(naam)}'" for naam in namen)
    tekst = f"{wat} {verwacht} is er niet. Wel: {list_some(wel, 25)}."
    return Melding(f"DUO {show_value(bestand.naam)}", tekst, advies=f"Pas {koppeling.plek} aan.")


def _read(koppeling: Duokoppeling, jaar: int, bestand: Bestand) -> Geteld:
    """Return one file with a row per cell: what it is of, when, where, and how many at least and at most."""
    check_headings(koppeling, bestand)
    bron, weg = bestand.frame, Counter[str]()
    fouten: list[Melding] = []
    velden = pd.DataFrame(index=bron.index)
    mee = pd.Series(data=True, index=bron.index)
    for deel in koppeling.rubrieken:
        kolom = str(find_heading(bron, deel.uit))
        codes, hoort = _codes(koppeling, bestand, deel, bron[kolom], fouten)
        _leave_out(mee, hoort, f"andere {kolom.lower()}", weg)
        if deel.kolom:
            velden[deel.kolom] = codes
    if koppeling.opleiding:
        velden[["opleiding", _VAN, _TOT]] = classify(bron, koppeling.opleiding)
        if koppeling.opleiding.lijst == CROHO:
            velden[CODE] = unlisted_codes(koppeling, bron[str(find_heading(bron, koppeling.opleiding.code))])
        _leave_out(mee, velden["opleiding"] != "", "geen opleiding voor zorg en welzijn", weg)
    plek, fout = place_of(koppeling, bron, mee)
    fouten += [Melding(f"DUO {show_value(bestand.naam)}", tekst, advies=f"Pas {koppeling.plek} aan.") for tekst in fout]
    _leave_out(mee, plek != "", "plaats buiten de regio's", weg)
    velden[_PLEK] = plek
    fouten += _totals(koppeling, bestand, bron[mee])
    if fouten:
        raise AfgekeurdError(fouten)
    cellen = pd.concat(list(_per_year(koppeling, jaar, bestand, velden[mee])), ignore_index=True)
    if koppeling.opleiding:
        buiten = (cellen[_JAARKOLOM] < cellen[_VAN]) | (cellen[_JAARKOLOM] > cellen[_TOT])
        _leave_out(pd.Series(data=True, index=cellen.index), ~(buiten & (cellen[_HOOG] > 0)), _BUITEN_JAREN, weg)
        cellen = cellen[~buiten].drop(columns=[_VAN, _TOT])
    return Geteld(cellen, weg, set(plek))


def _totals(koppeling: Duokoppeling, bestand: Bestand, bron: pd.DataFrame) -> Iterator[Melding]:
    """Yield each column in which a row that counts says that it is a total: all of it would count twice."""
    for kolom in bron:
        if totaal := [tekst for tekst in bron[kolom].unique() if _TOTAAL.match(str(tekst))]:
            advies = f"Noem in {koppeling.plek} bij rubrieken, met alleen, welke rijen tellen."
            tekst = f"In {kolom} staat naast delen ook {list_some(totaal)}: zo telt alles dubbel."
            yield Melding(f"DUO {show_value(bestand.naam)}", tekst, advies=advies)


def _leave_out(mee: pd.Series, hoort: pd.Series, reden: str, weg: Counter[str]) -> None:
    """Keep of the rows those that belong, and count the others under this reason."""
    if aantal := int((mee & ~hoort).sum()):
        weg[reden] += aantal
    mee &= hoort


def _codes(
    koppeling: Duokoppeling, bestand: Bestand, deel: Rubriek, kolom: pd.Series, fouten: list[Melding]
) -> tuple[pd.Series, pd.Series]:
    """Return the code per row, and whether the row belongs; what no one mapped is a fault, unless the mapping says."""
    if not deel.alleen and not deel.categorieen:
        return kolom, pd.Series(data=True, index=kolom.index)
    aanwezig = dict.fromkeys(kolom.unique())
    namen = deel.alleen or tuple(deel.categorieen)
    gewenst = {naam.casefold(): deel.categorieen.get(naam, naam) for naam in namen}
    vertaling = {tekst: gewenst.get(tekst.casefold()) for tekst in aanwezig}
    if not any(vertaling.values()):
        fouten.append(_moved(koppeling, bestand, f"In {deel.uit[0]}:", namen, list(aanwezig)))
    nieuw = [tekst for tekst, code in vertaling.items() if code is None]
    if nieuw and deel.kolom and deel.rest == "fout":
        tekst = f"Nieuw in {deel.uit[0]}: {list_some(nieuw)}."
        advies = f"Noem ze bij categorieen in {koppeling.plek}, of zet daar rest: weglaten."
        fouten.append(Melding(f"DUO {show_value(bestand.naam)}", tekst, advies=advies))
    codes = kolom.map(vertaling)
    if deel.rest == "leeg":
        return codes.fillna(""), pd.Series(data=True, index=kolom.index)
    return codes.fillna(""), codes.notna()


def _per_year(koppeling: Duokoppeling, jaar: int, bestand: Bestand, velden: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the cells of each year, whether it stands in the headings, in a column or in the name of the file."""
    bron = bestand.frame.loc[velden.index]
    jaren = koppeling.jaren
    if jaren.kop and (koppen := year_headings(bron, jaren.kop, JAARPLEK)):
        for van, kolommen in koppen.items():
            yield _cells(koppeling, bestand, velden, kolommen, pd.Series(van, index=bron.index))
        return
    kolom = str(find_heading(bron, koppeling.aantal))
    jaarkolom = None if jaren.uit_bestand else bron[str(find_heading(bron, jaren.kolom))]
    yield _cells(koppeling, bestand, velden, [kolom],
                 pd.Series(jaar, index=bron.index) if jaarkolom is None else _years(bestand, jaarkolom))  # fmt: skip


def _years(bestand: Bestand, kolom: pd.Series) -> pd.Series:
    gevonden = {tekst: _JAAR.fullmatch(tekst) for tekst in kolom.unique()}
    if fout := [tekst for tekst, raak in gevonden.items() if raak is None]:
        raise AfgekeurdError([Melding(f"DUO {show_value(bestand.naam)}", f"Dit is geen jaar: {list_some(fout)}.")])
    return kolom.map({tekst: int(raak[1]) for tekst, raak in gevonden.items() if raak})


def _cells(
    koppeling: Duokoppeling, bestand: Bestand, velden: pd.DataFrame, kolommen: list[str], jaren: pd.Series
) -> pd.DataFrame:
    laag, hoog = pd.Series(0, index=velden.index), pd.Series(0, index=velden.index)
    for kolom in kolommen:
        deel_laag, deel_hoog = _ends(koppeling, bestand, bestand.frame.loc[velden.index], kolom)
        laag, hoog = laag + deel_laag, hoog + deel_hoog
    return velden.assign(**{_LAAG: laag, _HOOG: hoog, _JAARKOLOM: jaren + koppeling.jaren.verschuif})


def _ends(koppeling: Duokoppeling, bestand: Bestand, bron: pd.DataFrame, kolom: str) -> tuple[pd.Series, pd.Series]:
    """Return the least and the most of each count; for a number that stands there both are the number."""
    leeg = {"": (0, 0)} if koppeling.leeg_is_nul else {}
    teksten = bron[kolom].unique()
    bekend = {**{tekst: MASKERS[kort] for tekst in teksten if (kort := "".join(tekst.split())) in MASKERS}, **leeg}
    if fout := [tekst for tekst in teksten if tekst not in bekend and not re.fullmatch(r"\d{1,9}", tekst)]:
        raise _not_a_count(koppeling, bestand, kolom, fout)
    einden = {tekst: bekend.get(tekst) or (int(tekst or 0), int(tekst or 0)) for tekst in teksten}
    laag, hoog = (
        bron[kolom].map({t: e[0] for t, e in einden.items()}),
        bron[kolom].map({t: e[1] for t, e in einden.items()}),
    )
    if indicatie := [naam for naam in bron if plain_heading(naam) == INDICATIE]:
        geheim = bron[indicatie].isin(["J", "j", "JA", "Ja", "ja"]).any(axis=1) & (bron[kolom] == _VIER)
        return laag.mask(geheim, _BIJ_VIER[0]), hoog.mask(geheim, _BIJ_VIER[1])
    if (bron[kolom] == _VIER).sum() >= _VEEL_VIEREN and not bron[kolom].isin(["1", "2", "3"]).any():
        tekst = f"In kolom {kolom} staat vaak een 4 en nooit 1, 2 of 3: een 4 kan hier een masker zijn."
        advies = f"DUO zegt dat met een kolom {INDICATIE}; haal het bestand waar die in staat."
        raise AfgekeurdError([Melding(f"DUO {show_value(bestand.naam)}", tekst, advies=advies)])
    return laag, hoog


def _not_a_count(koppeling: Duokoppeling, bestand: Bestand, kolom: str, fout: list[str]) -> AfgekeurdError:
    tekst = f"In kolom {kolom} staat iets anders dan een aantal: {list_some(t or '(leeg)' for t in fout)}."
    leeg = f"Is leeg nul, zet dan leeg_is_nul: ja in {koppeling.plek}."
    advies = f"Verwacht: 0, 12, <5 of -1. {leeg if '' in fout else 'Blijft het zo, meld het dan DUO.'}"
    return AfgekeurdError([Melding(f"DUO {show_value(bestand.naam)}", tekst, advies=advies)])


def _per_region(koppeling: Duokoppeling, frame: pd.DataFrame, sleutels: list[str], regio: str) -> pd.DataFrame:
    """Return the sums per region of each level; every region has each combination that there is, if need be with 0."""
    soorten = frame[sleutels].drop_duplicates()
    delen: list[pd.DataFrame] = []
    for niveau in koppeling.regio.niveaus or ("",):
        # Without levels a place is a region already.
        plek = frame[_PLEK].map(parents(niveau)) if niveau else frame[_PLEK]
        som = frame.assign(**{regio: plek}).groupby([*sleutels, regio], sort=False)[[_LAAG, _HOOG]].sum()
        alle = sorted(expected_regions(niveau)) if niveau else sorted(plek.unique())
        raster = soorten.merge(pd.DataFrame({regio: alle}), how="cross")
        delen.append(raster.merge(som.reset_index(), how="left", on=[*sleutels, regio]))
    sommen = pd.concat(delen, ignore_index=True)
    sommen[[_LAAG, _HOOG]] = sommen[[_LAAG, _HOOG]].fillna(0).astype("int64")
    return sommen.sort_values([*sleutels, regio], kind="stable").reset_index(drop=True)


def _period(jaar: int, soort: str) -> str:
    return f"{jaar}/{(jaar + 1) % 100:02}" if soort == "schooljaar" else str(jaar)
