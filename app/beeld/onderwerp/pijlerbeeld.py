"""The pictures of the page Pijlers: shares on a line from 0% to 100%, with interval, as HTML that wraps on a phone.

Every figure stands there as text too; the line itself is for the eye only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.beeld.fragmenten import Verwijzer
from app.beeld.markup import Html, join, tag
from app.beeld.onderwerp import pijlertekening
from app.beeld.tekening import pagina, sporen, vakken
from app.beeld.tekening.vakken import Tekenregel
from app.lezen.rijen import Verschil, Waarneming
from app.oordeel import enquete, verschillen
from app.oordeel.enquete import Cijfer, Groep, Vraag
from app.oordeel.programma import pijlerwoorden
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import HERKOMST_WOORD, PIJLER_WOORD, categorie_tekst, hoofdletter, opsomming
from pipelines.afspraken.codelijsten import Herkomst, Schakel, Schatting, Toetsoordeel

_ALLE_SCHAKELS: Mapping[str, str] = {schakel: schakel.naam for schakel in Schakel}
_STEMPEL = tag("p", VOORBEELD, klasse="rm-stempel")


def comparison(ketens: Mapping[str, Mapping[str, Sequence[Vraag]]], wijzer: Verwijzer) -> Html:
    """Return one dot plot per pijler: per schakel the outcome given most, the others as thin marks.

    It has the lines of the picture to take along, see `pijlertekening`. Where no outcome may stand first there is only
    the reason.
    """
    noot = pijlerwoorden.no_top_note(ketens)
    erbij = [tag("p", noot, klasse="rm-bron")] if noot else []
    if not any(enquete.leading(vragen) for keten in ketens.values() for vragen in keten.values()):
        return join(erbij)
    beelden = []
    for pijler, keten in ketens.items():
        regels = pijlertekening.comparison_lines({pijler: keten}, wijzer)
        kaal = vakken.lines([replace(regel, kop="") for regel in regels], met_voorbeeld=False)
        kop = tag("h3", PIJLER_WOORD[pijler])
        beelden.append(tag("div", kop, pagina.as_html(kaal), klasse=f"rm-pijler rm-p-{pijler}"))
    alle = [v for keten in ketens.values() for vragen in keten.values() for v in vragen]
    return join([_picture(tag("div", join(beelden), klasse="rm-vergelijking"), alle), *erbij])


def step(nummer: int, schakel: str, inhoud: Iterable[Html]) -> Html:
    """Return one link of the policy chain with what belongs to it."""
    return tag(
        "section",
        tag("h3", tag("span", str(nummer), klasse="rm-nummer", aria_hidden="true"), _ALLE_SCHAKELS[schakel]),
        join(inhoud),
        klasse="rm-schakel",
    )


def policy_chain(pijler: str, stappen: Sequence[Html], vragen: Iterable[Vraag]) -> Html:
    """Return the policy chain of one pijler as one picture."""
    return _picture(tag("div", join(stappen), klasse=f"rm-keten rm-p-{pijler}"), vragen)


def questions(
    vragen: Sequence[Vraag],
    groep: Groep,
    populaties: Mapping[str, str],
    getoetst: Sequence[Verschil],
    wijzer: Verwijzer,
) -> list[Html]:
    """Return one line per question; who was asked stands once above the questions that share it.

    Below a figure stands what a test says of it, where there is one.
    """
    delen: list[Html] = []
    vorige = ""
    for vraag in vragen:
        wie = enquete.asked_text(vraag, groep, populaties.get(vraag.indicator.indicator_id, ""))
        if wie != vorige:
            delen.append(tag("p", f"{wie}.", klasse="rm-wie"))
        vorige = wie
        delen.append(_question(vraag, getoetst, wijzer))
    if any(vraag.is_keuze for vraag in vragen):
        noot = "Er waren meer antwoorden mogelijk; de percentages tellen daarom niet op tot 100."
        delen.append(tag("p", noot, klasse="rm-stap"))
    return delen


def _question(vraag: Vraag, getoetst: Sequence[Verschil], wijzer: Verwijzer) -> Html:
    naam = wijzer.evidence(vraag.indicator.vraag, vraag.indicator)
    return _line(naam, pijlertekening.question_line(vraag), verdicts(vraag, getoetst), _answers(vraag))


def verdicts(vraag: Vraag, getoetst: Sequence[Verschil], categorie: str | None = None) -> Html | None:
    """Return what the tests say of a computed figure: the main answer, or another categorie."""
    code = vraag.kern if categorie is None else categorie
    rij = vraag.antwoorden[code].berekend
    toetsen = verschillen.of_figure(getoetst, rij) if rij is not None and rij.schatting == Schatting.GEWOGEN else []
    if rij is None or not toetsen:
        return None
    eenheid = "aandeel" if code else vraag.indicator.eenheid
    delen: list[Html | str] = []
    for toets in toetsen:
        zin = verschillen.sentence(toets, eenheid)
        delen += [tag("strong", zin) if toets.oordeel in (Toetsoordeel.HOGER, Toetsoordeel.LAGER) else zin, " "]
    etiket = [tag("strong", VOORBEELD, klasse="rm-klein-stempel")] if rij.is_voorbeeld else []
    return tag("p", *delen, *etiket, klasse="rm-stap rm-toets")


def share_line(naam: str, cijfer: Cijfer) -> Html:
    """Return one line for a share under a name of its own."""
    return _line(tag("span", naam), pijlertekening.share_line(naam, cijfer))


def _line(naam: Html, regel: Tekenregel, *extra: Html | None) -> Html:
    """Return a line of the picture with its name as a link, and below it what the page has more."""
    lijn = sporen.track(regel.merken) if regel.merken else tag("div")
    eerste, *rest = regel.woorden
    achter = f", {regel.achter}" if regel.achter else ""
    voorop = [tag("strong", eerste), achter] if regel.merken else [f"{hoofdletter(eerste)}{achter}"]
    uitkomst = tag("div", tag("p", *voorop), *(tag("p", deel, klasse="rm-stap") for deel in rest), klasse="rm-uitkomst")
    delen = [tag("p", naam, klasse="rm-vraagtekst"), lijn, uitkomst, *(deel for deel in extra if deel)]
    return tag("div", *delen, klasse="rm-vraag")


def _answers(vraag: Vraag) -> Html | None:
    """Return all answers of a question with more than one, and which of them were not published."""
    if len(vraag.lijst) < 2:
        return None
    regels = [
        zin
        for soort in ("gepubliceerd", "berekend")
        if (zin := _answers_of_kind(vraag, soort)) and (soort == "gepubliceerd" or not _is_complete(vraag))
    ]
    return tag("div", *(tag("p", regel, klasse="rm-stap") for regel in regels), klasse="rm-antwoorden")


def _of_kind(cijfer: Cijfer | None, soort: str) -> Waarneming | None:
    rij = getattr(cijfer, soort) if cijfer is not None else None
    return rij if rij is not None and rij.waarde is not None else None


def _is_complete(vraag: Vraag) -> bool:
    return all(_of_kind(vraag.antwoorden.get(a), "gepubliceerd") for a in vraag.lijst)


def _answers_of_kind(vraag: Vraag, soort: str) -> Html | None:
    bekend = {a: rij for a in vraag.lijst if (rij := _of_kind(vraag.antwoorden.get(a), soort))}
    if not bekend:
        return None
    tekst = ", ".join(f"{categorie_tekst(a)} {pijlerwoorden.figure(rij)}" for a, rij in bekend.items())
    onbekend = [categorie_tekst(a) for a in vraag.lijst if a not in bekend]
    gemist = f"; {opsomming(onbekend)} {'is' if len(onbekend) == 1 else 'zijn'} niet {soort}" if onbekend else ""
    is_voorbeeld = any(rij.is_voorbeeld for rij in bekend.values())
    etiket = [" ", tag("strong", VOORBEELD, klasse="rm-klein-stempel")] if is_voorbeeld else []
    return join([f"{soort.capitalize()}: {tekst}{gemist}.", *etiket])


def _picture(inhoud: Html, vragen: Iterable[Vraag]) -> Html:
    """Return a picture that carries the word VOORBEELD when a made-up figure is in it."""
    is_voorbeeld = any(rij.is_voorbeeld for vraag in vragen for rij in vraag.rijen)
    return tag("div", *([_STEMPEL] if is_voorbeeld else []), inhoud, klasse="rm-beeld")


def picture_of_lines(regels: Iterable[Html], cijfers: Iterable[Cijfer]) -> Html:
    """Return lines without a chain as one picture."""
    is_voorbeeld = any(rij.is_voorbeeld for cijfer in cijfers for rij in cijfer.rijen)
    return tag("div", *([_STEMPEL] if is_voorbeeld else []), tag("div", join(regels), klasse="rm-keten"),
               klasse="rm-beeld")  # fmt: skip


def legend(vragen: Iterable[Vraag], schatting: str, *, met_anderen: bool = False) -> Html:
    """Explain the marks that occur."""
    rijen = [rij for vraag in vragen for rij in vraag.cijfer.rijen if rij.waarde is not None]
    berekend = [rij for rij in rijen if rij.herkomst != Herkomst.GEPUBLICEERD]
    delen: list[tuple[str, str]] = []
    if len(berekend) < len(rijen):
        delen.append(("rm-ruit", f"{HERKOMST_WOORD[Herkomst.GEPUBLICEERD]} (ongewogen)"))
    if berekend:
        delen.append(("rm-stip", f"berekend ({schatting})"))
    soorten = {
        sporen.pattern(is_voorbeeld=rij.is_voorbeeld, is_indicatief=rij.is_indicatief): rij
        for rij in berekend
        if rij.onder is not None
    }
    for klasse, woord in (
        ("", "95%-marge"), ("rm-marge-voorbeeld", "95%-marge, voorbeelddata"),
        ("rm-marge-indicatief", "95%-marge, indicatief"), ("rm-marge-kruis", "95%-marge, indicatief en voorbeelddata"),
    ):  # fmt: skip
        if klasse in soorten:
            delen.append((f"rm-marge {klasse}".strip(), woord))
    if met_anderen:
        delen.append(("rm-ander", "andere uitkomsten"))
    punten = [tag("li", tag("span", tag("i", klasse=klasse), klasse="rm-sleutel"), woord) for klasse, woord in delen]
    return tag("ul", join(punten), klasse="rm-legenda")
