"""Numbers, periods and words the Dutch way; rounding is half up, in decimal arithmetic."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from app.taal import cellen
from app.taal.cellen import Cijfertekst
from app.taal.inert import make_inert
from pipelines.afspraken.codelijsten import KLEIN, Herkomst, Niveau, Pijler, Status, round_half_up, to_decimal
from pipelines.afspraken.schrift.uitsplitsing import parts

MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
STATUS_WOORD: dict[str, str] = {status: status.naam for status in Status}
STATUS_UITLEG: dict[str, str] = {status: status.uitleg for status in reversed(Status) if status.uitleg}
HERKOMST_WOORD: dict[str, str] = {herkomst: herkomst.naam for herkomst in Herkomst}
RICHTING_WOORD = {"hoger": "hoger is beter", "lager": "lager is beter"}
NIVEAU_WOORD: dict[str, str] = {niveau: niveau.meervoud for niveau in Niveau}
NIVEAU_ENKEL: dict[str, str] = {niveau: niveau.naam for niveau in Niveau}
# Where no other regions are near, an arbeidsmarktregio is what a reader calls a region.
NIVEAU_KORT = NIVEAU_ENKEL | {Niveau.ARBEIDSMARKTREGIO: "regio"}
NIVEAU_KORT_MEER = NIVEAU_WOORD | {Niveau.ARBEIDSMARKTREGIO: "regio's"}
PIJLER_WOORD: dict[str, str] = {p: f"{p.naam}: {p.uitleg}" if p.uitleg else p.naam for p in Pijler}
EENHEID_WOORD = {
    "aandeel": "procent",
    "personen": "personen",
    "vacatures": "vacatures",
    "euro": "euro",
    "cijfer": "cijfer van 1 tot 10",
    "aantal": "aantal",
    "per_1000": "per 1.000",
    "uren": "uur per week",
    "procent": "procent",
}
_NAAM_WAARDE = {
    "azw_breed": "zorg en welzijn breed",
    "azw_smal": "zorg en welzijn smal (zonder kinderopvang)",
    "sbi_q": "bedrijfstak gezondheids- en welzijnszorg",
    "kzv": "verzuimcijfers van het CBS",
    "vernet": "verzuimcijfers van Vernet",
    "nea": "enquête onder werknemers (NEA)",
    "cbs_breed": "CBS, zorg en welzijn breed",
    "cbs_smal": "CBS, zorg en welzijn smal",
    "pfzw": "deelnemers bij pensioenfonds PFZW",
    "mbo_hbo_wo": "mbo, hbo en wo samen",
    "referentie": "zonder nieuw beleid",
    "hbo": "hbo",
    "mbo": "mbo",
    "wo": "wo",
    "verpleegkundige_hbo": "verpleegkundige (hbo)",
    "verpleegkundige_mbo": "verpleegkundige (mbo)",
    "verzorgende_ig": "verzorgende ig (mbo)",
    "pedagogisch_werk_mbo": "pedagogisch werk (mbo)",
    "jaarresultaat": "jaarresultaat",
    "bol": "bol (school)",
    "bbl": "bbl (werken en leren)",
    "mbo2": "mbo niveau 2",
    "mbo3": "mbo niveau 3",
    "mbo4": "mbo niveau 4",
    "uwv": "UWV-arbeidsmarktregio's",
    "zorgkantoor": "zorgkantoorregio's",
    "werkgevers": "aandeel van de werkgevers",
    "vacatures": "aandeel van de vacatures",
    "nieuwe_studenten": "nieuwe studenten (telling van CBS)",
    "eerstejaars": "eerstejaars (telling van DUO)",
    "ingeschrevenen": "alle ingeschrevenen",
    "instroom_opleiding": "nieuw in de opleiding (telling van DUO)",
    "ingeschrevenen_azw": "alle ingeschrevenen (telling van AZW)",
    "ingeschrevenen_sectorkamer": "alle ingeschrevenen van de sectorkamer zorg, welzijn en sport",
    "studie": "waar de opleiding staat",
    "woon": "waar de student woont",
    "gezondheidszorg": "richting gezondheidszorg",
    "helpende_zorg_en_welzijn": "helpende zorg en welzijn (mbo)",
    "seizoen": "gecorrigeerd voor het seizoen",
    "banen": "banen, geen personen",
    "stagefonds_voltijd": "voltijdplekken van het Stagefonds",
    "sbi_861": "ziekenhuizen volgens SBI 86.1",
    "sbi93_n": "gezondheids- en welzijnszorg volgens SBI 93",
    "hr": "hr",
    "tm_5": "5 of lager",
    "<50": "minder dan 50",
    "50-249": "50 tot en met 249",
    "250-1000": "250 tot en met 1.000",
    ">1000": "meer dan 1.000",
    "behoud_inzetbaarheid": "behoud en duurzame inzetbaarheid",
    "samenwerking_netwerken": "samenwerking en netwerken",
    "innovatie_technologie": "innovatie en technologie",
    "flexibel_opleiden": "flexibel opleiden",
    "zij_instroom": "zij-instroom",
    "samenwerken_werven": "samenwerken en werven",
    "trekken_verbinden": "trekken en verbinden",
    "adviseren_ondersteunen": "adviseren en ondersteunen",
    "alleen_informatie": "alleen informatie ontvangen",
}
_NAAM_SLEUTEL = {
    "brug": "schatting uit",
    "prognose": "prognose van",
    "functie": "functie:",
    "grootteklasse": "werkgever met aantal fte",
    "betrokkenheid": "betrokkenheid:",
    "soort": "soort:",
    "niveau": "",
    "per": "per",
    "studie": "studie",
    "vraag": "vraag:",
}
_CATEGORIE = {
    "cijfer_tm_4": "cijfer 4 of lager",
    "cijfer_tm_5": "cijfer 5 of lager",
    "cijfer_9_10": "cijfer 9 of 10",
    "uur_tot_12": "minder dan 12 uur per week",
    "uur_12_20": "12 tot 20 uur per week",
    "uur_20_35": "20 tot 35 uur per week",
    "uur_35_41": "35 tot 41 uur per week",
    "uur_vanaf_41": "41 uur per week of meer",
    "budget_eur": "budget in euro",
    "zzp": "zzp",
}


def getal(waarde: float | Decimal, decimalen: int = 0) -> Cijfertekst:
    """Write a number with a point for thousands and a comma for decimals: 12.345 or 7,3."""
    afgerond = round_half_up(waarde, decimalen)
    if afgerond == 0:
        afgerond = abs(afgerond)
    tekst = f"{afgerond:,.{decimalen}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return Cijfertekst(tekst, float(afgerond), cellen.number_format(decimalen))


def decimalen(waarden: Iterable[float | None], eenheid: str) -> int:
    """Return how many decimals a series is shown with: those it was published with, at most one.

    A share that was computed from counts (0.3554…) says nothing by its decimals and gets none, but for small ones:
    whole percents would hide what differs between 7.6 % and 8.4 % absence.
    """
    if eenheid in ("cijfer", "uren"):
        return 1
    if eenheid not in ("aandeel", "procent", "per_1000"):
        return 0
    factor = 100 if eenheid == "aandeel" else 1
    getallen = [to_decimal(waarde) * factor for waarde in waarden if waarde is not None]
    if any(g != g.to_integral_value() for g in getallen) and max(getallen) < KLEIN[eenheid]:
        return 1
    for geschaald in getallen:
        een = round_half_up(geschaald, 1)
        if een == geschaald and een != geschaald.to_integral_value():
            return 1
    return 0


def bedrag(waarde: float) -> Cijfertekst:
    """Write money: € 14,4 mln, or in whole euros below a million."""
    is_groot = abs(waarde) >= 1_000_000
    tekst = f"€ {getal(to_decimal(waarde) / 1_000_000, 1)} mln" if is_groot else f"€ {getal(waarde)}"
    return Cijfertekst(tekst, waarde, cellen.of_unit("euro", 0, waarde))


def waarde_tekst(waarde: float, eenheid: str, cijfers: int | None = None) -> Cijfertekst:
    """Write one value in its unit, without the name of the unit: 68%, 12.345, € 14,4 mln."""
    aantal = decimalen([waarde], eenheid) if cijfers is None else cijfers
    if eenheid == "euro":
        return bedrag(waarde)
    if eenheid == "aandeel":
        deel = getal(to_decimal(waarde) * 100, aantal)
        return Cijfertekst(f"{deel}%", float(to_decimal(deel.waarde) / 100), cellen.share_format(aantal))
    if eenheid == "procent":
        deel = getal(waarde, aantal)
        return Cijfertekst(f"{deel}%", deel.waarde, cellen.of_unit(eenheid, aantal, waarde))
    return getal(waarde, aantal)


def cijfer_tekst(
    waarde: float | None,
    eenheid: str,
    status: str = Status.BESCHIKBAAR,
    *,
    waarde_tot: float | None = None,
    precisie: str = "",
    cijfers: int | None = None,
) -> str:
    """Write a figure as a reader should take it: a value, a range, 'ongeveer', or why there is none."""
    if waarde is None:
        return STATUS_WOORD.get(status) or STATUS_WOORD[Status.ONTBREEKT]
    tekst = waarde_tekst(waarde, eenheid, cijfers)
    if waarde_tot is not None:
        einde = waarde_tekst(waarde_tot, eenheid, cijfers)
        return tekst if einde == tekst else f"{tekst} tot {einde}"
    if precisie == "bereik":
        return tekst.after("meer dan")
    if precisie == "circa":
        return waarde_tekst(waarde, eenheid).after("ongeveer")
    return tekst


def datum(dag: date | datetime | None) -> str:
    """Write a day: 30 juni 2022."""
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}" if dag else ""


def periode_tekst(naam: str, peildatum: date | None = None) -> str:
    """Write a period, with the day of measurement where that is another thing than the period."""
    return f"{naam} (peildatum {datum(peildatum)})" if peildatum else naam


def verouderd_tekst(maanden: int) -> str:
    """Write how old a figure is that is past its rhythm: 'verouderd: bijna 3 jaar'; empty for a fresh one."""
    return f"verouderd: {ouderdom(maanden)}" if maanden else ""


def ouderdom(maanden: int) -> str:
    """Write an age: in months until two years, then in years, never younger than it is."""
    jaren, rest = divmod(maanden, 12)
    lang = f"bijna {jaren + 1} jaar" if rest > 8 else f"{'ruim ' if rest else ''}{jaren} jaar"
    return lang if jaren > 1 else f"{maanden} maanden"


def publicatie_tekst(publicatie_id: str, gemaakt_op: datetime, nu: str = "", *, is_concept: bool = False) -> str:
    """Write which publication this is, for below a page and in what a reader takes along; `nu`: a later one."""
    if is_concept:
        return f"CONCEPT, niet vrijgegeven: Regiomonitor, {publicatie_id} van {datum(gemaakt_op)}"
    tekst = f"Regiomonitor, publicatie {publicatie_id} van {datum(gemaakt_op)}"
    return f"{tekst}, zoals toen bekend; niet de nieuwste" if nu else tekst


def leesbaar(code: str) -> str:
    """Turn a code into words: a known name, or the code with spaces."""
    return _NAAM_WAARDE.get(code, code.replace("_", " "))


def categorie_tekst(categorie: str) -> str:
    """Write an answer or category in words."""
    if categorie in PIJLER_WOORD:
        return PIJLER_WOORD[categorie]
    return _CATEGORIE.get(categorie, leesbaar(categorie))


def uitsplitsing_tekst(uitsplitsing: str) -> str:
    """Write 'afbakening=sbi_q;meting=kzv' in words; empty where the source does not say.

    Two values with `|` between them are two series side by side.
    """
    delen, waarden = [], parts(uitsplitsing)
    for naam, waarde in waarden.items():
        tekst = " naast ".join(_maand(deel) or leesbaar(deel) for deel in waarde.split("|"))
        delen.append(f"{_NAAM_SLEUTEL.get(naam, '')} {tekst}".strip())
        # What DUO counts per region is where one studies, unless the series says otherwise.
        if naam == "maat" and waarde in ("eerstejaars", "ingeschrevenen") and "plaats" not in waarden:
            delen.append("waar de opleiding staat")
    return ", ".join(delen)


def _maand(waarde: str) -> str:
    """Write 2022-01 as januari 2022; empty for anything else."""
    jaar, _, maand = waarde.partition("-")
    is_maand = len(jaar) == 4 and jaar.isdigit() and maand.isdigit() and 1 <= int(maand) <= 12
    return f"{MAANDEN[int(maand) - 1]} {jaar}" if is_maand else ""


def telling(aantal: int, een: str, meer: str) -> str:
    """Write how many there are of a thing, with the word that goes with that number: '1 regio', '2.000 regio's'."""
    return f"{getal(aantal)} {een if aantal == 1 else meer}"


def opsomming(delen: Sequence[str]) -> str:
    """Join words the Dutch way: a, b en c."""
    if len(delen) < 2:
        return "".join(delen)
    return f"{', '.join(delen[:-1])} en {delen[-1]}"


def hoofdletter(tekst: str) -> str:
    """Return the text with a capital first letter, the rest untouched; één begins a sentence as Eén."""
    return "Eén" + tekst[3:] if tekst.startswith("één") else tekst[:1].upper() + tekst[1:]


def csv_veld(waarde: object) -> str:
    """Write one value for a CSV: decimal comma, ISO dates, and no text that Excel would run as a formula.

    A number from a page goes without the points for thousands, which another program would take for a decimal.
    """
    if waarde is None:
        return ""
    if isinstance(waarde, Cijfertekst):
        return csv_veld(waarde.waarde) if waarde.is_kaal else str(waarde)
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, float):
        kaal = format(to_decimal(waarde).normalize(), "f")
        return kaal.replace(".", ",")
    if isinstance(waarde, int):
        return str(waarde)
    if isinstance(waarde, date):
        return waarde.isoformat()
    return make_inert(str(waarde))


def csv_bestand(kolommen: Sequence[str], rijen: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV that a Dutch Excel opens with a double click: BOM, semicolons, decimal commas."""
    tekst = io.StringIO()
    schrijver = csv.writer(tekst, delimiter=";", lineterminator="\r\n")
    schrijver.writerow([csv_veld(kolom) for kolom in kolommen])
    schrijver.writerows([csv_veld(veld) for veld in rij] for rij in rijen)
    return tekst.getvalue().encode("utf-8-sig", "replace")


def csv_programma(kolommen: Sequence[str], rijen: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV that a program reads without being told how: UTF-8, commas, decimal points, true and false."""
    tekst = io.StringIO()
    schrijver = csv.writer(tekst, lineterminator="\n")
    schrijver.writerow([csv_veld(kolom) for kolom in kolommen])
    schrijver.writerows([_programmaveld(veld) for veld in rij] for rij in rijen)
    return tekst.getvalue().encode("utf-8", "replace")


def _programmaveld(waarde: object) -> str:
    if isinstance(waarde, bool):
        return str(waarde).lower()
    if isinstance(waarde, Cijfertekst):
        return _programmaveld(float(waarde.waarde))
    if isinstance(waarde, float):
        return format(to_decimal(float(waarde)).normalize(), "f")
    return csv_veld(waarde)
