"""What organisations think of their WGO, and what they ask of it: the end of the page Pijlers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import streamlit as st

from app.beeld import cijferrijen
from app.beeld.markup import Html, join, table, tag
from app.beeld.onderwerp import pijlerbeeld, pijlertekening
from app.lezen import data
from app.lezen.catalogus import open_questions
from app.lezen.onderwerp import enquetecijfers
from app.lezen.rijen import Kenmerk, Waarneming
from app.oordeel import enquete, zinnen
from app.oordeel.enquete import Cijfer, Groep, Vraag
from app.oordeel.programma import pijlers, pijlerwoorden
from app.raam.keuze import selectie
from app.raam.meenemen import downloads
from app.raam.meenemen.downloads import Download
from app.raam.vakken import onderdelen
from app.raam.vakken.onderdelen import Tabelvak
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import categorie_tekst, hoofdletter, opsomming
from pipelines.afspraken.codelijsten import Niveau

_CIJFERS = ("cijfer_tm_5", "cijfer_6", "cijfer_7", "cijfer_8", "cijfer_9_10")
_ROL = "rol_transitie"


def show(merk: Kenmerk, groep: Groep, vragen: Mapping[str, Vraag]) -> None:
    """Show marks, the role in the transition, and the themes of the open questions."""
    oordeel, rol = vragen.get(enquete.RAPPORTCIJFER), vragen.get(_ROL)
    open_vragen = [vragen[naam] for naam in _open_questions(merk) if naam in vragen]
    heeft_oordeel = oordeel is not None and _has_value(oordeel)
    heeft_rol = rol is not None and _has_value(rol)
    if not (heeft_oordeel or heeft_rol or open_vragen):
        return
    st.header("Wat organisaties van hun werkgeversorganisatie vinden en vragen", anchor=False)
    if oordeel is not None and heeft_oordeel:
        _show_marks(merk, oordeel, groep)
    if rol is not None and heeft_rol:
        _show_role(merk, groep, rol)
    if open_vragen:
        show_open(open_vragen)
    elif groep.soort != Niveau.LAND:
        onderdelen.show(tag("p", "Antwoorden op open vragen zijn alleen voor heel Nederland geteld.", klasse="rm-bron"))


def _open_questions(merk: Kenmerk) -> list[str]:
    """Return the open questions that ask for no pijler; those of a pijler stand with it."""
    catalogus = data.indicatoren(merk)
    return [naam for naam in open_questions(catalogus) if not catalogus[naam].pijler]


def _has_value(vraag: Vraag) -> bool:
    return any(rij.waarde is not None for rij in vraag.rijen)


def _show_marks(merk: Kenmerk, vraag: Vraag, groep: Groep) -> None:
    """Show the mean in the title and the marks below it."""
    gemiddelde = vraag.antwoorden.get("")
    delen: list[Html] = []
    if gemiddelde is not None and gemiddelde.beste.waarde is not None:
        wie = f"{gemiddelde.n} organisaties" if gemiddelde.n else "Organisaties"
        titel = f"{wie} geven gemiddeld een {pijlerwoorden.figure(gemiddelde.beste, 'cijfer')}"
        if gemiddelde.beste.is_voorbeeld:
            titel = f"Rapportcijfer{zinnen.VERZONNEN}"
        st.subheader(titel, anchor=False)
        if gemiddelde.berekend is not None and gemiddelde.berekend.waarde is not None:
            delen.append(_mean_line(gemiddelde.berekend))
            oordeel = pijlerbeeld.verdicts(vraag, data.verschillen(merk), "")
            delen += [oordeel] if oordeel else []
    groepen = {code: vraag.antwoorden[code] for code in _CIJFERS if code in vraag.antwoorden}
    regels = [pijlerbeeld.share_line(hoofdletter(categorie_tekst(code)), c) for code, c in groepen.items()]
    if regels:
        delen.append(pijlerbeeld.picture_of_lines(regels, groepen.values()))
    zonder = [categorie_tekst(code) for code in _CIJFERS if code not in groepen]
    if regels and zonder:
        delen.append(tag("p", f"Van {opsomming(zonder)} noemt de bron geen aandeel.", klasse="rm-bron"))
    delen.append(selectie.wijzer().source(vraag.rijen, vraag.indicator))
    onderdelen.show(tag("div", *delen, klasse="rm-delen"))
    if regels:
        downloads.drawing_buttons(
            *pijlertekening.picture(
                f"rapportcijfers_{file_part(groep)}",
                f"Rapportcijfers voor de werkgeversorganisatie, {groep.kop}",
                "In procent van de organisaties.",
                [pijlertekening.share_line(hoofdletter(categorie_tekst(code)), c) for code, c in groepen.items()],
                [rij for cijfer in groepen.values() for rij in cijfer.rijen],
            ),
            "rapportcijfers",
        )
    show_table("rapportcijfers", [vraag], enquete.RAPPORTCIJFER, groep, ["", *_CIJFERS])


def _mean_line(rij: Waarneming) -> Html:
    marge = pijlerwoorden.interval_text(rij, "cijfer").replace(" tot ", " en ")
    stempel = f" {VOORBEELD}." if rij.is_voorbeeld else ""
    zin = f"Berekend: {pijlerwoorden.figure(rij, 'cijfer')}, met 95% zekerheid tussen {marge}.{stempel}"
    return tag("p", zin, klasse="rm-bron")


def _show_role(merk: Kenmerk, groep: Groep, vraag: Vraag) -> None:
    aandeel = pijlerwoorden.figure(vraag.cijfer.beste)
    titel = f"{aandeel} ziet een rol voor de werkgeversorganisatie in de transitie van de zorg"
    if vraag.cijfer.beste.is_voorbeeld:
        titel = f"{vraag.indicator.titel}{zinnen.VERZONNEN}"
    st.subheader(titel, anchor=False)
    regels = pijlerbeeld.questions(
        [vraag], groep, enquetecijfers.populaties(merk), data.verschillen(merk), selectie.wijzer()
    )
    beeld = pijlerbeeld.picture_of_lines(regels, vraag.antwoorden.values())
    onderdelen.show(tag("div", beeld, selectie.wijzer().source(vraag.rijen, vraag.indicator), klasse="rm-delen"))
    lijn = pijlertekening.question_line(vraag)
    downloads.drawing_buttons(
        *pijlertekening.picture(
            f"rol_transitie_{file_part(groep)}", titel, f"{groep.label}.", [lijn], vraag.cijfer.rijen
        ),
        "rol_transitie",
    )
    show_table("rol in de transitie", [vraag], _ROL, groep)


def show_table(kop: str, vragen: Sequence[Vraag], vak: str, groep: Groep, lijst: Sequence[str] = ()) -> None:
    """Show the figures of a picture as a table with a download, once the reader opens it."""
    rijen = [rij for vraag in vragen for rij in vraag.rijen]
    onderdelen.show_table(
        Tabelvak(
            kop,
            ("Vraag", "Antwoord", "Gepubliceerd", "Berekend", "95%-marge", "n", "Opmerking"),
            [regel for vraag in vragen for regel in table_rows(vraag, lijst)],
            getallen=(2, 3, 4),
            vak=vak,
        ),
        Download(f"enquete_{vak}_{file_part(groep)}", cijferrijen.CSV_KOLOMMEN, lambda: cijferrijen.csv_rows(rijen)),
    )


def file_part(groep: Groep) -> str:
    """Return what a group is called in the name of a file."""
    return "".join(teken if teken.isalnum() else "-" for teken in groep.sleutel)


def table_rows(vraag: Vraag, lijst: Sequence[str] = ()) -> Iterator[tuple[object, ...]]:
    """Yield one row per answer of a question: published beside computed."""
    for code in lijst or vraag.lijst:
        cijfer = vraag.antwoorden.get(code)
        if cijfer is None:
            continue
        eenheid = vraag.indicator.eenheid if not code else "aandeel"
        berekend, gepubliceerd = cijfer.berekend, cijfer.gepubliceerd
        doet_ertoe = berekend or gepubliceerd
        yield (
            vraag.indicator.vraag,
            categorie_tekst(code) if code else "gemiddelde" if eenheid == "cijfer" else "ja",
            pijlerwoorden.figure(gepubliceerd, eenheid) if gepubliceerd else "",
            pijlerwoorden.figure(berekend, eenheid) if berekend else "",
            pijlerwoorden.interval_text(berekend, eenheid) if berekend else "",
            cijfer.n if cijfer.n is not None else "niet vermeld",
            _remark(doet_ertoe) if doet_ertoe else "",
        )


def _remark(rij: Waarneming) -> str:
    delen = [VOORBEELD] if rij.is_voorbeeld else []
    return ", ".join([*delen, *(["indicatief"] if rij.is_indicatief else [])])


def show_open(vragen: Iterable[Vraag]) -> None:
    """Show the themes of the open questions among these side by side; they count mentions."""
    vragen = [vraag for vraag in vragen if vraag.indicator.eenheid == "aantal"]
    if not vragen:
        return
    for kolom, vraag in zip(st.columns(len(vragen), gap="large"), vragen, strict=True):
        with kolom:
            st.subheader(_theme_title(vraag), anchor=False)
            bron = selectie.wijzer().source(vraag.rijen, vraag.indicator)
            onderdelen.show(tag("div", _themes(vraag), bron, klasse="rm-delen"))
            rijen = partial(cijferrijen.csv_rows, vraag.rijen)
            mee = Download(f"themas_{vraag.indicator.indicator_id}", cijferrijen.CSV_KOLOMMEN, rijen)
            downloads.table_buttons(_theme_caption(vraag), mee)


def _theme_title(vraag: Vraag) -> str:
    rijen = [c.gepubliceerd for code, c in vraag.antwoorden.items() if c.gepubliceerd and code != "overig"]
    top = pijlers.most_named(rijen or [c.beste for code, c in vraag.antwoorden.items() if code != "overig"])
    if top is None or top.is_voorbeeld:
        return vraag.indicator.vraag
    return f"{vraag.indicator.titel}: {categorie_tekst(top.categorie)} het vaakst genoemd"


def _themes(vraag: Vraag) -> Html:
    def _order(paar: tuple[str, Cijfer]) -> tuple[bool, float, str]:
        return paar[0] == "overig", -(paar[1].beste.waarde or 0), paar[0]

    heeft_berekend = any(c.berekend is not None for c in vraag.antwoorden.values())
    kolommen = ("Thema", "Gepubliceerd", "Berekend") if heeft_berekend else ("Thema", "Gepubliceerd")
    regels = []
    for code, cijfer in sorted(vraag.antwoorden.items(), key=_order):
        velden = [hoofdletter(categorie_tekst(code)), _times(cijfer.gepubliceerd)]
        regels.append((*velden, _times(cijfer.berekend)) if heeft_berekend else tuple(velden))
    is_voorbeeld = any(rij.is_voorbeeld for rij in vraag.rijen)
    stempel = [tag("p", f"{VOORBEELD}: de kolom Berekend", klasse="rm-stempel")] if is_voorbeeld else []
    tabel = table(kolommen, regels, bijschrift=_theme_caption(vraag), getallen=(1, 2))
    return tag("div", join(stempel), tabel, klasse="rm-beeld")


def _theme_caption(vraag: Vraag) -> str:
    return f"{vraag.indicator.vraag} Aantal keer genoemd"


def _times(rij: Waarneming | None) -> str:
    return pijlerwoorden.figure(rij, "aantal") if rij is not None else "niet vermeld"
