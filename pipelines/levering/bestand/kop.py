"""Where the header is: below a title, above a row of labels, or nowhere, as in a file of another kind."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.afspraken.meldingen import AfgekeurdError, Melding

Rij = tuple[int, list[str]]
# Further down there is no header, but data in which the words happen to stand.
DIEPST = 20
_MINSTE_BEKEND = 2
# What stands in these has a digit in every row of data.
_MET_CIJFER = ("periode", "schooljaar", "jaar", "peildatum", "regio_code", "wgo_code", "gm_code")
_STATLINE = (
    "Noem de kolommen als hieronder; codes en perioden van StatLine mogen blijven zoals zij zijn. "
    "Staat er (x 1 000) bij, zet dan kolom eenheid op 1000."
)
_MASKERS = "Een cel met <5, -1, of 4 met INDICATIEAVG = J is verborgen: een som daarmee is niet bekend."
# Per kind of file: the words in its first rows, what it is, and the way to get it in. The first that fits.
_VORMEN: tuple[tuple[str, str, str], ...] = (
    (r"TableInfos", "het bestand met metadata van StatLine",
     "Lever het databestand; hierin staan alleen de namen van codes."),
    (r"Onderwerp\|.*|Perioden?\|.*\|.*e kwartaal.*", "de tabelindeling van StatLine",
     f"Download bij StatLine het CSV-bestand zonder tabelindeling (één cijfer per regel). {_STATLINE}"),
    (r".*(ResponseId|StartDate|RespondentID).*", "een export van een enquêteprogramma",
     "Geef elke vraag de naam van haar kolom en laat kolommen als StartDate weg; antwoorden in woorden mogen blijven."),
    (r"ID\|.*|.*(Perioden|RegioS)\|.*_[0-9]+", "een download van StatLine met codes",
     _STATLINE),
    (r".*(Perioden|Regio's).*", "een download van StatLine met namen",
     _STATLINE),
    (r"(?=.*SOORT DIPLOMA).*BRIN.*", "een bestand van DUO met gediplomeerden",
     f"Gediplomeerden horen in tabel rendement, opgeteld per schooljaar, regio, niveau en opleiding. {_MASKERS}"),
    (r".*(GEMEENTENUMMER|BRIN NUMMER|INSTELLINGSCODE|BRINNUMMER).*", "een bestand van DUO",
     "Tel de aantallen op per schooljaar, regio, niveau, opleiding en leerweg; 1 oktober 2019 is schooljaar 2019/20. "
     f"{_MASKERS}"),
    (r".*_min\|.*_max(\|.*)?", "een tabel met onder- en bovengrenzen",
     "Lever een cijfer met grenzen bij bron gepubliceerd: tabel cijfers, met waarde, waarde_tot en precisie bereik. "
     "Weet u het cijfer zelf, lever dat dan in de kolommen van deze tabel."),
)  # fmt: skip


@dataclass
class Kop:
    """The header of a file, the row it stands in, the rows below it, and what there is to say."""

    namen: list[str]
    rij: int
    rest: Iterator[Rij]
    opmerkingen: list[Melding] = field(default_factory=list)
    # What stands above the header, and in rows of labels below it.
    rondom: tuple[str, ...] = ()


def is_header(rij: Sequence[str], kolommen: Collection[str]) -> bool:
    """Return whether most of what stands in this row are names of columns."""
    gevuld = [cel.strip() for cel in rij if cel.strip()]
    bekend = sum(cel in kolommen for cel in gevuld)
    return bekend >= min(_MINSTE_BEKEND, len(kolommen)) and 2 * bekend >= len(gevuld)


def find_header(bestand: str, rijen: Iterator[Rij], kolommen: Collection[str], koprij: int | None = None) -> Kop:
    """Return the header: the row that `koprij` says, the first row that names columns, or else the first row.

    Raises:
        AfgekeurdError: the file is empty, or of a kind that is known and holds another table; or nothing stands in
            the row that should be the header.
    """
    begin = list(itertools.islice(rijen, DIEPST))
    if not begin:
        raise AfgekeurdError([Melding(bestand, "Dit bestand is leeg: er is ook geen kopregel.")])
    if koprij is None:
        plek = next((i for i, (_, rij) in enumerate(begin) if is_header(rij, kolommen)), None) if kolommen else 0
    else:
        plek = next((i for i, (nummer, _) in enumerate(begin) if nummer == koprij), None)
    if plek is None and koprij is not None:
        raise AfgekeurdError([Melding(bestand, "Op deze rij staat geen kop: zij is leeg of er niet.", rij=koprij)])
    if plek is None:
        _refuse_known_form(bestand, begin, kolommen)
        plek = 0
    nummer, namen = begin[plek]
    opmerkingen = []
    if plek:
        wat = "1 rij" if plek == 1 else f"{plek} rijen"
        opmerkingen.append(Melding(bestand, f"De kop staat op rij {nummer}; {wat} erboven is overgeslagen.", rij=1))
    onder = begin[plek + 1 :]
    if labels := _label_rows(namen, onder):
        weg = ", ".join(str(n) for n, _ in onder[:labels])
        opmerkingen.append(Melding(bestand, f"Onder de kop staat geen gegeven maar uitleg: rij {weg} overgeslagen."))
    rondom = tuple(cel.strip() for _, rij in (*begin[:plek], *onder[:labels]) for cel in rij if cel.strip())
    return Kop(namen, nummer, itertools.chain(onder[labels:], rijen), opmerkingen, rondom)


def _label_rows(namen: Sequence[str], onder: Sequence[Rij]) -> int:
    """Return how many rows below the header are a second header: up to Qualtrics' ImportId, or one row of labels."""
    for aantal, (_, rij) in enumerate(onder[:3], start=1):
        if any('"ImportId"' in cel for cel in rij):
            return aantal
    plekken = [i for i, naam in enumerate(namen) if naam.strip() in _MET_CIJFER]
    if len(onder) < 2 or not plekken or any(len(rij) <= max(plekken) for _, rij in onder[:2]):
        return 0
    eerste, tweede = ([re.search(r"[0-9]", rij[i]) for i in plekken] for _, rij in onder[:2])
    gevuld = all(onder[0][1][i].strip() for i in plekken)
    return int(gevuld and len(plekken) > 1 and not any(eerste) and all(tweede))


def _refuse_known_form(bestand: str, begin: Sequence[Rij], kolommen: Collection[str]) -> None:
    regels = ["|".join(cel.strip() for cel in rij if cel.strip()) for _, rij in begin]
    for vorm, naam, weg in _VORMEN:
        if any(re.fullmatch(vorm, regel) for regel in regels):
            advies = f"{weg} Kolommen van deze tabel: {', '.join(kolommen)}."
            raise AfgekeurdError([Melding(bestand, f"Dit is {naam}; deze tabel heeft andere kolommen.", advies=advies)])
