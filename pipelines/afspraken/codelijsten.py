"""The code lists of the contract: every status, herkomst, schatting, niveau and oordeel with its order and its words.

The one place for what all of the monitor shares: who asks which herkomst goes first, what a level is called or when
there are too few answers, asks here; table `codelijst` of the publication says the same to others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Self

from pipelines.afspraken.warehouse.verbinding import insert_rows

if TYPE_CHECKING:
    import duckdb

LAND = "NL01"
TOTAAL, ALLE = "TOTAAL", "ALLE"
# Branches that are no part of anything: all of the sector, and the whole economy beside it.
GEHELEN = (TOTAAL, ALLE)

# Too few answers: fewer respondents, a lower response, or fewer answers to one question than these (B1).
MINSTE_RESPONDENTEN = 10
MINSTE_RESPONS = 0.20
MINSTE_BASIS = 10
# The panel is no sample, and asks for more than a survey does: no percentage on fewer answers.
MINSTE_VAN_PANEL = 60
# A count that its source masks is at most this; a sum that may be more is no mask.
MEESTE_IN_MASKER = 4
# Indicatief: the 95 % interval reaches further than this to either side.
GROOTSTE_HALVE_BREEDTE = 0.15
# Under which check a delivery says, per question and answer, how its model of small areas went.
MODELCONTROLE = "modelschatting per WGO"
# Below these, one decimal is worth reading: whole percents would hide what differs between 7.6% and 8.4%.
KLEIN = {"aandeel": 20, "procent": 20, "per_1000": 100}


class Code(StrEnum):
    """A code with its words; the order in which a list is written is the order in which it counts."""

    naam: str
    meervoud: str
    uitleg: str

    def __new__(cls, code: str, naam: str, meervoud: str = "", uitleg: str = "") -> Self:
        """Keep the words beside the code."""
        zelf = str.__new__(cls, code)
        zelf._value_ = code
        zelf.naam, zelf.meervoud, zelf.uitleg = naam, meervoud, uitleg
        return zelf


class Status(Code):
    """Why a figure is shown or not, first that applies."""

    NVT = "nvt", "niet van toepassing", "", "Niet van toepassing: dit cijfer bestaat hier niet."
    ONTBREEKT = "ontbreekt", "geen cijfer", "", "Geen cijfer: hierover is niets aangeleverd."
    ONDERDRUKT = (
        "onderdrukt", "niet getoond", "",
        "Niet getoond: het cijfer zou iets over één werkgever of enkele personen verraden.",
    )  # fmt: skip
    TE_WEINIG = (
        "te_weinig", "te weinig antwoorden", "",
        f"Te weinig antwoorden: minder dan {MINSTE_RESPONDENTEN} antwoorden of een respons onder "
        f"{MINSTE_RESPONS:.0%}.",
    )  # fmt: skip
    INDICATIEF = (
        "indicatief", "indicatief", "",
        f"Indicatief: de onzekerheid is groot, meer dan {GROOTSTE_HALVE_BREEDTE * 100:.0f} procentpunt naar boven of "
        "beneden.",
    )  # fmt: skip
    BESCHIKBAAR = "beschikbaar", ""


class Herkomst(Code):
    """Where a figure comes from; of one key the first goes before the next."""

    LEVERING = "levering", "geleverd"
    GEPUBLICEERD = "gepubliceerd", "gepubliceerd"
    SYNTHETISCH = "synthetisch", "voorbeelddata"


class Schatting(Code):
    """How a survey figure was estimated; of one key the first goes before the next. A count has none."""

    GEWOGEN = "gewogen", "Gewogen"
    GERAAKT = "geraakt", "Geraakt"
    ONGEWOGEN = "ongewogen", "Ongewogen"
    MODEL = "model", "Modelschatting"
    GEEN = "", ""


class Niveau(Code):
    """A level of areas, from wide to narrow."""

    LAND = "land", "Nederland", "Nederland"
    LANDSDEEL = "landsdeel", "landsdeel", "landsdelen"
    PROVINCIE = "provincie", "provincie", "provincies"
    WGO = "wgo", "werkgeversorganisatie", "werkgeversorganisaties"
    ARBEIDSMARKTREGIO = "arbeidsmarktregio", "arbeidsmarktregio", "arbeidsmarktregio's"
    GEMEENTE = "gemeente", "gemeente", "gemeenten"


class Toetsoordeel(Code):
    """The verdict of a test on a difference."""

    HOGER = "hoger", "hoger"
    LAGER = "lager", "lager"
    GEEN_VERSCHIL = "geen_verschil", "geen aantoonbaar verschil"
    NIET_TE_BEPALEN = "niet_te_bepalen", "niet te bepalen"


class Regeloordeel(Code):
    """The verdict on a rule of the budget."""

    VOLDOET = "voldoet", "voldoet", "voldoen"
    VOLDOET_NIET = "voldoet_niet", "voldoet niet", "voldoen niet"
    NIET_TE_BEPALEN = "niet_te_bepalen", "niet te bepalen", "niet te bepalen"


class Regelsoort(Code):
    """What the norm of a rule of the budget is: a least share, a division that is aimed at, or no rule is known."""

    EIS = "eis", "eis", "eisen"
    RICHTLIJN = "richtlijn", "richtlijn", "richtlijnen"
    GEEN = "geen", "geen regel"


class Aansluitoordeel(Code):
    """The verdict on a published figure beside the same one computed."""

    GELIJK = "gelijk", "gelijk"
    GELIJK_NA_AFRONDING = "gelijk_na_afronding", "gelijk na afronding"
    WIJKT_AF = "wijkt_af", "wijkt af"


class Plek(Code):
    """A set in which figures have a fixed place; `naam` says where a reader sees it."""

    LANDELIJK = "landelijk", "de kaarten van Landelijk beeld"
    REGIO = "regio", "de kerncijfers van Mijn regio"
    DOSSIER = "dossier", "de cijfers van het dossier"
    DIA = "dia", "de dia met kerncijfers"
    DIATITEL = "diatitel", "de titel van die dia"
    KEUZE = "keuze", "waarmee een keuze uit alle cijfers opent, zoals op Kaart"
    PROGRAMMA = "programma", "de landelijke programma's met een doel per regio"


class Pijler(Code):
    """A pijler of the programme, in its order; `uitleg` says more where the name alone does not."""

    BASIS = "basis", "Basis", "", "onderzoek en netwerk"
    KIEZEN_TOELEIDEN = "kiezen_toeleiden", "Kiezen en toeleiden"
    LEREN_OPLEIDEN = "leren_opleiden", "Leren en opleiden"
    WERKEN_BEHOUD = "werken_behoud", "Werken en behoud"
    INNOVEREN = "innoveren", "Innoveren"


class Actielijn(Code):
    """What an indicator is for in the programme, in the order in which a reader sees them."""

    DOEL = "doel", "Doel: genoeg en tevreden mensen"
    KIEZEN = "kiezen", "Kiezen voor zorg en welzijn"
    LEREN = "leren", "Leren in zorg en welzijn"
    WERKEN = "werken", "Werken in zorg en welzijn"


class Schakel(Code):
    """A step of the policy chain of a pijler: what was done, and what came of it."""

    ACTIVITEITEN = "activiteiten", "Activiteiten"
    BEREIK = "bereik", "Bereik"
    EFFECT = "effect", "Effect"
    IMPACT = "impact", "Impact"


class Ritme(Code):
    """How often a source brings a figure; what it brings no longer speaks for today when it is older than `maanden`."""

    KWARTAAL = "kwartaal", "elk kwartaal"
    JAAR = "jaar", "elk jaar"
    SCHOOLJAAR = "schooljaar", "elk schooljaar"
    ENQUETE = "enquete", "per enquête"

    @property
    def maanden(self) -> int:
        """How many months after the end of its period a figure still counts as fresh."""
        return 9 if self == Ritme.KWARTAAL else 24


class Knop(Code):
    """A knop of the Actieprogramma, in the order of the page; `uitleg` is what it stands for when realised in full."""

    ZIJ_INSTROOM_HERINTREDERS = (
        "zij_instroom_herintreders", "Zij-instroom en herintreders", "", "elk jaar 20% meer mensen die instromen",
    )  # fmt: skip
    OPLEIDINGSRENDEMENT = (
        "opleidingsrendement", "Opleidingsrendement", "", "10% meer studenten halen hun diploma",
    )  # fmt: skip
    CONTRACTOMVANG = "contractomvang", "Contractomvang", "", "iedereen werkt gemiddeld 1 uur meer"
    TAAKHERSCHIKKING = "taakherschikking", "Taakherschikking", "", "taken anders verdelen, ook met nieuwe functies"
    ADMINISTRATIEVE_LASTEN = (
        "administratieve_lasten", "Administratieve lasten", "", "1 uur per week minder administratie",
    )  # fmt: skip
    VERZUIM = "verzuim", "Verzuim", "", "verzuim daalt naar het gemiddelde van Nederland"
    PRODUCTIVITEIT = "productiviteit", "Productiviteit", "", "elk jaar 1% meer productiviteit"
    UITSTROOM = "uitstroom", "Uitstroom", "", "10% minder mensen gaan weg"


LIJSTEN: Mapping[str, type[Code]] = {
    "status": Status,
    "herkomst": Herkomst,
    "schatting": Schatting,
    "niveau": Niveau,
    "verschil.oordeel": Toetsoordeel,
    "regeltoets.oordeel": Regeloordeel,
    "regeltoets.soort": Regelsoort,
    "aansluiting.oordeel": Aansluitoordeel,
    "plek": Plek,
    "pijler": Pijler,
    "actielijn": Actielijn,
    "schakel": Schakel,
    "ritme": Ritme,
    "knop": Knop,
}
# What stands in the place of a figure that is not shown, on a tile of the map.
IN_PLAATS: Mapping[Status, str] = {
    Status.ONDERDRUKT: "niet getoond",
    Status.TE_WEINIG: "te weinig",
    Status.ONTBREEKT: "geen cijfer",
    Status.NVT: "n.v.t.",
}
# What statistical offices call it, in the code list CL_OBS_STATUS of SDMX. Missing: cannot exist, was not collected, is
# suppressed, is there but not good enough. Shown: doubtful, or normal.
OBS_STATUS: Mapping[str, str] = {
    Status.NVT: "M", Status.ONTBREEKT: "L", Status.ONDERDRUKT: "Q", Status.TE_WEINIG: "O", Status.INDICATIEF: "U",
    Status.BESCHIKBAAR: "A",
}  # fmt: skip
# A figure with one of these has a value to show.
TOONBAAR = (Status.BESCHIKBAAR, Status.INDICATIEF)
# In the gap map, of an indicator at a level without any figure: no herkomst.
NIETS = "niets"
# How many answers it rests on may be known, also where the figure itself is not shown.
MET_AANTAL = (*TOONBAAR, Status.TE_WEINIG)
# There is a figure, and it is not shown.
VERBORGEN = (Status.ONDERDRUKT, Status.TE_WEINIG)
# There is no figure at all.
AFWEZIG = (Status.NVT, Status.ONTBREEKT)
# A cell that was counted, and that its table adds up to its margins.
GETELD = (Status.BESCHIKBAAR, Status.ONDERDRUKT)
# What a cell can be before it is protected and before its margin is looked at, first that applies.
CELSTATUSSEN = (Status.NVT, Status.ONTBREEKT, Status.ONDERDRUKT, Status.BESCHIKBAAR)
# The levels that can be compared on a map, in the order in which they are offered.
REGIONALE_NIVEAUS = (Niveau.ARBEIDSMARKTREGIO, Niveau.WGO, Niveau.PROVINCIE)

# The levels whose areas are drawn as one layer, and of which one area can be called the lowest.
LANDDEKKEND = (Niveau.ARBEIDSMARKTREGIO, Niveau.PROVINCIE)
# The levels of which each area has a page of its own, and a document, beside the country.
MET_PAGINA = (Niveau.WGO, Niveau.ARBEIDSMARKTREGIO)
MET_DOCUMENT = MET_PAGINA


def fill_codelijst(con: duckdb.DuckDBPyConnection, tabel: str) -> None:
    """Fill a table codelijst: one row per code, `volgorde` from 1 on."""
    rijen = [
        (lijst, code.value, nummer, code.naam, code.meervoud, code.uitleg)
        for lijst, codes in LIJSTEN.items()
        for nummer, code in enumerate(codes, 1)
    ]
    insert_rows(con, tabel, rijen)


def add_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Give queries the code of the country, thresholds, and what follows from a status."""
    con.execute(
        f"""
        create macro is_toonbaar(status) as list_contains({sql_list(TOONBAAR)}, status);
        create macro met_aantal(status) as list_contains({sql_list(MET_AANTAL)}, status);
        create macro het_land() as '{LAND}';
        create macro meeste_in_masker() as {MEESTE_IN_MASKER};
        create macro minste_van_panel() as {MINSTE_VAN_PANEL};
        create macro is_afwezig(status) as list_contains({sql_list(AFWEZIG)}, status);
        create macro slechtste_status(statussen) as coalesce(
            list_filter({sql_list(CELSTATUSSEN)}, lambda s: list_contains(statussen, s))[1],
            '{Status.BESCHIKBAAR}');
        """
    )


def sql_list(codes: Iterable[str]) -> str:
    """Return codes as a list in SQL, in their order."""
    return "[" + ", ".join(f"'{code}'" for code in codes) + "]"


def to_decimal(waarde: float) -> Decimal:
    """Return the number as it is written, not as the machine stores it."""
    return Decimal(repr(waarde))


def round_half_up(waarde: float | Decimal | Fraction, decimalen: int = 0) -> Decimal:
    """Return the value rounded the way people do (22.5 becomes 23); below 0 decimals to tens and up."""
    if isinstance(waarde, Fraction):
        exact = Decimal(waarde.numerator) / Decimal(waarde.denominator)
    else:
        exact = waarde if isinstance(waarde, Decimal) else to_decimal(waarde)
    stap = Decimal(1).scaleb(-decimalen)
    if decimalen >= 0:
        return exact.quantize(stap, rounding=ROUND_HALF_UP)
    return (exact / stap).quantize(Decimal(1), rounding=ROUND_HALF_UP) * stap
