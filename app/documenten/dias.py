"""The slides of a presentation: what a committee wants on the wall, each with a title that states the finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.commissie import signalen as commissiesignalen
from app.documenten.blokken import Alinea, Dia, Grafiek, Lijstblok, Staven, Tabelblok
from app.documenten.grafieken import charts
from app.lezen.catalogus import in_order
from app.lezen.rijen import Verschil, Waarneming
from app.oordeel import bijschriften, zinnen
from app.oordeel.benaming import in_sentence
from app.oordeel.echt import beside
from app.oordeel.gesprek import dossier, signalen
from app.oordeel.gesprek.dossier import Dossier, Dossiercijfer
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.oordeel.programma import koers, pijlers
from app.oordeel.programma.pijlers import Uitkomst
from app.oordeel.reeksen import segments
from app.taal.cellen import VOORBEELD
from app.taal.opmaak import hoofdletter, opsomming, telling, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND, Plek, Toetsoordeel

SIGNAAL_TITEL = signalen.REGEL_TITEL | {regel: titel for regel, (titel, _) in commissiesignalen.REGELS.items()}
_GRAFIEKEN, _WEINIG = 2, 3
# With fewer key figures than the one, the slide is filled up to the other with what else is known.
_WEINIG_CIJFERS, _GENOEG = 4, 6
_GEEN_LIJN = "Nog geen ontwikkeling in de tijd: daarvoor zijn twee vergelijkbare cijfers nodig."
_GEEN_EFFECT = "Nog geen uitkomsten van de enquête onder zorgorganisaties, of alleen indicatieve."
# So many characters fit in a title of two lines.
_LANGE_TITEL = 110
_LOSSE_PUNTEN = "Punten zonder lijn ertussen volgen niet direct op elkaar, of er ligt een trendbreuk tussen."
_GEEN_OORDEEL = "Een verschil met Nederland of met eerder is nog geen oordeel: de regels staan in het dossier."


def region_slides(alles: Dossier, gegevens: Regiogegevens) -> tuple[Dia, ...]:
    """Return the slides after the cover for a region: state, trend, effects, talk, sources."""
    kern = key_figures(alles)
    effecten = _effects(gegevens)
    return (*_known(alles, gegevens, kern, effecten), _talk(alles), _sources(alles, kern, effecten))


def national_slides(alles: Dossier, gegevens: Regiogegevens, lijnen: Sequence[koers.Koerslijn]) -> tuple[Dia, ...]:
    """Return the slides after the cover for the country: state, trend, effects, on course or not, sources."""
    kern = key_figures(alles)
    effecten = _effects(gegevens)
    return (*_known(alles, gegevens, kern, effecten), _course(lijnen), _sources(alles, kern, effecten))


def key_figures(alles: Dossier) -> tuple[Dossiercijfer, ...]:
    """Return the figures that a talk begins with, in a fixed order; of few of them with what else is really known."""
    per = {c.indicator.indicator_id: c for c in alles.cijfers}
    catalogus = {naam: c.indicator for naam, c in per.items()}
    kern = tuple(per[naam] for naam in in_order(catalogus, Plek.DIA))
    regels = len(together(kern))
    if regels >= _WEINIG_CIJFERS:
        return kern
    rest = [c for c in alles.cijfers
            if c not in kern and not c.is_voorbeeld and not c.indicator.is_kept_out(Plek.DIA)]  # fmt: skip
    return kern + dossier.first_figures(rest, _GENOEG - regels)


def _known(
    alles: Dossier,
    gegevens: Regiogegevens,
    kern: Sequence[Dossiercijfer],
    effecten: Sequence[tuple[Uitkomst, Waarneming | None]],
) -> list[Dia]:
    """Return state, trend and effects; of what there is nothing of the first slide says so, and it has none itself."""
    verder = {_GEEN_LIJN: _trend(alles, gegevens), _GEEN_EFFECT: _effect_slide(alles, gegevens, effecten)}
    ontbreekt = tuple(zin for zin, dia in verder.items() if dia is None)
    return [_state(alles, kern, ontbreekt), *(dia for dia in verder.values() if dia is not None)]


def _state(alles: Dossier, kern: Sequence[Dossiercijfer], ontbreekt: tuple[str, ...]) -> Dia:
    """Return the slide of the key figures, with what there is nothing of."""
    naam, is_land = alles.regio.naam, alles.regio.regio_code == LAND
    if not kern:
        leeg = f"Van {naam} zijn er in deze publicatie geen kerncijfers."
        return Dia(
            f"{naam}: nog geen kerncijfers",
            "",
            (Lijstblok((leeg, *ontbreekt)),),
            "",
            ("Lever cijfers aan om deze dia te vullen.",),
        )
    # Only what is real gets into a title.
    per = {c.indicator.indicator_id: c for c in kern if c.rij.waarde is not None and not c.is_voorbeeld}
    catalogus = {i: c.indicator for i, c in per.items()}
    kop = [per[n] for n in in_order(catalogus, Plek.DIATITEL)] or list(per.values())[:1]
    wie, kop = _of_one(naam, kop)
    zinsdelen = [f"{c.indicator.titel.lower()} {zinnen.figure(c.rij, c.indicator.eenheid)}" for c in kop]
    koppen = tuple(naam if k == "Regio" else k for k in dossier.CIJFER_KOPPEN)
    kolommen = [0, 1, 2, 4] if is_land or not any(c.land_tekst for c in kern) else [0, 1, 2, 3, 4]
    tabel = Tabelblok(
        f"Kerncijfers van {dossier.whose(naam, kern)}",
        tuple(koppen[i] for i in kolommen),
        tuple(tuple(rij[i] for i in kolommen) for rij in together(kern)),
        tuple((8, 5, 6, 5, 6)[i] for i in kolommen),
        any(c.is_voorbeeld for c in kern),
    )
    rijen = [r for c in kern for r in (c.rij, c.land) if r is not None]
    titel = f"{wie}: {opsomming(zinsdelen)}" if zinsdelen else f"{naam}: nog geen echte kerncijfers"
    onder = both_ways(kern)
    delen = (tabel, Lijstblok(ontbreekt)) if ontbreekt else (tabel,)
    return Dia(titel, onder, delen, _source(rijen), (*_definitions(kern), _GEEN_OORDEEL))


def both_ways(kern: Sequence[Dossiercijfer]) -> str:
    """Say which figures went the way that is wanted and which did not, each side also where it has none."""
    goed, niet = (
        [in_sentence(c.indicator.titel) for c in kern if c.kant == kant]
        for kant in (zinnen.GEWENST, zinnen.NIET_GEWENST)
    )
    if not goed and not niet:
        return "Van geen cijfer is te zeggen of het beter of slechter gaat."
    zin = f"Gewenste kant op: {opsomming(goed) or 'geen'}. Niet: {opsomming(niet) or 'geen'}."
    rest = len(kern) - len(goed) - len(niet)
    return f"{zin} Van {telling(rest, 'cijfer', 'cijfers')} is het niet te zeggen." if rest else zin


def together(kern: Sequence[Dossiercijfer]) -> list[tuple[str, ...]]:
    """Return a row per figure; what comes in, goes out and is left of one flow is one row, that no slide can cut."""
    rijen = list(dossier.figure_rows(kern))
    saldo = next((c.indicator.balans for c in kern if c.indicator.balans), None)
    groep = [n for n, c in enumerate(kern) if saldo and c.indicator.balans == saldo]
    groep += [n for n, c in enumerate(kern) if saldo == c.indicator.indicator_id]
    if len(groep) < 2 or len({(rijen[n][1], kern[n].rij.uitsplitsing, kern[n].is_voorbeeld) for n in groep}) > 1:
        return rijen
    eerste, *anderen = groep
    titels = [kern[eerste].indicator.titel, *(in_sentence(kern[n].indicator.titel) for n in anderen)]
    deel = uitsplitsing_tekst(kern[eerste].rij.uitsplitsing)
    naam = f"{opsomming(titels)} ({deel})" if deel else opsomming(titels)
    eigen, land = (opsomming([rijen[n][kolom] for n in groep if rijen[n][kolom]]) for kolom in (2, 3))
    rijen[eerste] = (naam, rijen[eerste][1], eigen, land, rijen[groep[-1]][4])
    return [rij for n, rij in enumerate(rijen) if n not in anderen]


def _of_one(naam: str, cijfers: Sequence[Dossiercijfer]) -> tuple[str, list[Dossiercijfer]]:
    """Return whose figures get into a title, and which: those of the area itself, else those of one WGO."""
    wie = "" if not cijfers or any(not c.van_wgo for c in cijfers) else cijfers[0].van_wgo
    return wie or naam, [c for c in cijfers if c.van_wgo == wie]


def _trend(alles: Dossier, gegevens: Regiogegevens) -> Dia | None:
    """Return the slide with two trends, those beside Nederland first; nothing without a line."""
    grafieken = sorted(charts(alles.cijfers, gegevens), key=lambda g: -len(g.lijnen))[:_GRAFIEKEN]
    if not grafieken:
        return None
    rijen = [r for g in grafieken for lijn in g.lijnen for r in lijn.rijen]
    eerste = grafieken[0]
    stempel = f" ({VOORBEELD})" if eerste.is_voorbeeld else ""
    los = any(max(segments(lijn.rijen, g.breuken)) for g in grafieken for lijn in g.lijnen)
    uitleg = _LOSSE_PUNTEN if los else ""
    notities = [f"{g.alt} {g.onder} {_source([r for lijn in g.lijnen for r in lijn.rijen])}" for g in grafieken]
    kop, deelzin = _short(eerste)
    return Dia(
        f"{kop}{stempel}",
        " ".join(filter(None, [deelzin, uitleg])),
        tuple(grafieken),
        _source(rijen),
        tuple(notities),
    )


def _short(grafiek: Grafiek) -> tuple[str, str]:
    """Return the title of a trend, and of a long one apart of whom or what it is."""
    kop = ", ".join(filter(None, [grafiek.naam, grafiek.omvang]))
    titel = f"{kop}: {grafiek.zin}" if grafiek.zin else kop
    if len(titel) <= _LANGE_TITEL or not grafiek.omvang or not grafiek.zin:
        return titel, ""
    return f"{grafiek.naam}: {grafiek.zin}", f"{hoofdletter(grafiek.omvang)}."


def _effects(gegevens: Regiogegevens) -> list[tuple[Uitkomst, Waarneming | None]]:
    """Return per pijler the two outcomes between which the others lie, with the figure of the WGO of this region.

    Both, so that no pijler is known by its best outcome alone; an uncertain figure is never one of them.
    """
    keten = pijlers.collect(gegevens.indicatoren, lambda naam: gegevens.land.get(naam, ()))
    gekozen = []
    for delen in keten.values():
        vast = [u for u in (*delen["effect"], *delen["impact"]) if not u.rij.is_indicatief]
        samen = sorted(vast, key=lambda u: (-(u.rij.waarde or 0), u.indicator.volgorde))
        gekozen += [*samen[:1], *samen[1:][-1:]]
    return [(u, _of_wgo(gegevens, u.rij)) for u in gekozen]


def _of_wgo(gegevens: Regiogegevens, land: Waarneming) -> Waarneming | None:
    """Return the answer of the organisations of this region to the same question, in the same year."""
    bron = gegevens.van_wgo or gegevens.eigen
    sleutel = (land.categorie, land.uitsplitsing, land.periode)
    rijen = bron.get(land.indicator_id, ())
    return beside(land, next((r for r in rijen if (r.categorie, r.uitsplitsing, r.periode) == sleutel), None))


def _effect_slide(
    alles: Dossier, gegevens: Regiogegevens, effecten: Sequence[tuple[Uitkomst, Waarneming | None]]
) -> Dia | None:
    """Return the slide of what organisations notice, of those of the region beside all; nothing without outcomes."""
    if not effecten:
        return None
    # A made-up answer of the region does not stand beside the real one of the country.
    is_land = alles.regio.regio_code == LAND or not any(eigen for _, eigen in effecten)
    groepen = tuple(f"{pijlers.short_name(u.indicator.pijler)}: {u.indicator.titel.lower()}" for u, _ in effecten)
    land = ("Nederland", tuple(u.rij for u, _ in effecten))
    wie = (alles.wgo or alles.regio).naam
    reeksen = (land,) if is_land else ((wie, tuple(eigen for _, eigen in effecten)), land)
    rijen = [r for _, deel in reeksen for r in deel if r is not None]
    titel = _range(effecten) if is_land else _against_rest(wie, effecten, gegevens.verschillen)
    staven = Staven(f"Aandeel van de organisaties dat dit merkt, {effecten[0][0].rij.periode_naam}", groepen, reeksen)
    stempel = f" ({VOORBEELD})" if not is_land and staven.is_voorbeeld else ""
    onder = "Per pijler twee effecten, waar de andere tussen liggen"
    if any(r.onder is not None for r in rijen):
        onder += "; tussen haakjes het 95%-interval"
    if any(r is None or r.waarde is None for _, deel in reeksen for r in deel):
        onder += "; geen staaf: te weinig antwoorden"
    if is_land and alles.regio.regio_code != LAND:
        onder += f"; van {wie} zijn er nog geen cijfers"
    notities = (
        staven.alt,
        *(f"{u.indicator.titel}: {u.indicator.definitie or u.indicator.vraag}" for u, _ in effecten),
    )
    return Dia(f"{titel}{stempel}", onder, (staven,), _source(rijen), notities)


def _range(effecten: Sequence[tuple[Uitkomst, Waarneming | None]]) -> str:
    """State between which shares the outcomes lie; none is called first or last, as no test set them apart."""
    rijen = [u.rij for u, _ in effecten]
    van, tot = (zinnen.figure(uiterste(rijen, key=lambda r: r.waarde or 0), "aandeel") for uiterste in (min, max))
    deel = van if van == tot else f"{van} tot {tot}"
    return f"Effecten van het programma in Nederland: genoemd door {deel} van de organisaties"


def _against_rest(
    wie: str, effecten: Sequence[tuple[Uitkomst, Waarneming | None]], verschillen: Sequence[Verschil]
) -> str:
    """State how many outcomes differ for certain from the rest of the country; only the test decides."""
    eigen = [r for _, r in effecten if r is not None and r.waarde is not None]
    if not eigen:
        return f"{wie}: te weinig antwoorden om effecten te tonen"
    oordelen = [
        v.oordeel
        for r in eigen
        for v in verschillen
        if v.soort == "regio_rest"
        and (v.indicator_id, v.categorie, v.regio_code, v.periode)
        == (r.indicator_id, r.categorie, r.regio_code, r.periode)
    ]
    delen = [f"{n} {woord}" for woord in (Toetsoordeel.HOGER, Toetsoordeel.LAGER) if (n := oordelen.count(woord))]
    if not delen:
        return f"{wie}: geen aantoonbaar verschil met de rest van Nederland"
    return f"{wie}: van {telling(len(eigen), 'effect', 'effecten')} {opsomming(delen)} dan in de rest van Nederland"


def _talk(alles: Dossier) -> Dia:
    """Return the slide for the talk itself: signals with their question, and what was planned."""
    delen: list[Alinea | Lijstblok | Tabelblok] = []
    if alles.signalen:
        rijen = tuple((SIGNAAL_TITEL[s.regel_id], s.zin, s.vraag) for s in alles.signalen)
        delen.append(Tabelblok("Signalen en vragen", ("Signaal", "Wat zien we?", "Vraag"), rijen, (3, 6, 6),
                           False))  # fmt: skip
    punten = [*filter(None, [alles.ambitiezin])] if alles.signalen else [*alles.kern]
    naam = alles.regio.naam
    punten += [] if alles.ambities else [f"Van {naam} zijn nog geen ambities aangeleverd."]
    acties = f"{telling(len(alles.acties), 'actie', 'acties')} in het dossier" if alles.acties else ""
    punten.append(f"{hoofdletter(acties or 'nog geen acties aangeleverd')}.")
    if len(alles.signalen) < _WEINIG:
        punten += [f"Gehoord in de regio: {v.titel}." for v in alles.verhalen[:2]]
    delen.append(Lijstblok(tuple(punten)))
    notities = [f"{s.zin} Bewijs: {'; '.join(b.tekst for b in s.bewijs)}." for s in alles.signalen]
    notities.append(
        "Een signaal is een reden om te vragen, geen oordeel. Alle signalen met bewijs staan in het dossier."
    )
    return Dia(
        hoofdletter(f"{alles.regio.naam}: {dossier.signal_title(alles.signalen, alles.toetsing)}"),
        "Waarover gaat het gesprek?",
        tuple(delen),
        "",
        tuple(notities),
    )


def _course(lijnen: Sequence[koers.Koerslijn]) -> Dia:
    """Return the slide of the country: per actielijn whether it is on course, and on how many figures that rests."""
    rijen = tuple(
        (lijn.naam, hoofdletter(lijn.tekst), *(str(lijn.count(o)) for o in (koers.OP, koers.NIET, koers.ONBEKEND)))
        for lijn in lijnen
    )
    koppen = ("Actielijn", "Oordeel", "Cijfers op koers", "Niet op koers", "Niet te zeggen")
    tabel = Tabelblok("Op koers of niet, per actielijn", koppen, rijen, (8, 5, 3, 3, 3))
    uitleg = "Een oordeel rust alleen op echte, definitieve cijfers en gaat nooit over een trendbreuk heen."
    notities = [f"{d.indicator.titel}: {d.oordeel}. {d.bewijs}" for lijn in lijnen for d in lijn.beslist]
    return Dia(koers.summary(lijnen), uitleg, (tabel, Lijstblok(tuple(notities))), "", (uitleg, *notities))


def _sources(
    alles: Dossier, kern: Sequence[Dossiercijfer], effecten: Sequence[tuple[Uitkomst, Waarneming | None]]
) -> Dia:
    """Return the last slide: of every figure on the slides what it is and where it comes from."""
    rijen: list[tuple[str, str, str]] = []
    for c in kern:
        gebruikt = [r for r in (c.rij, c.land) if r is not None]
        rijen.append((c.indicator.titel, c.indicator.vraag, bijschriften.source_text(gebruikt)))
    if effecten:
        enquete = [r for u, eigen in effecten for r in (u.rij, eigen) if r is not None]
        rijen.append(("Effecten per pijler", "Wat merken organisaties van het programma? (enquête)",
                      bijschriften.source_text(enquete)))  # fmt: skip
    koppen = ("Cijfer", "Wat is het?", "Bron")
    tabel = Tabelblok("Bronnen en definities", koppen, tuple(rijen), (4, 8, 6))
    onder = "De definities en vindplaatsen van de kerncijfers staan in de notities" if kern else ""
    notities = (*_definitions(kern), "Cijfers van het CBS vallen onder de licentie CC BY 4.0.")
    bron = f"Publicatie {alles.publicatie.publicatie_id}."
    return Dia(_real_title(alles.regio.naam, kern), onder, (tabel,) if rijen else (), bron, notities)


def _real_title(naam: str, kern: Sequence[Dossiercijfer]) -> str:
    """State how many of the key figures are real."""
    verzonnen, aantal = sum(c.rij.is_voorbeeld for c in kern), len(kern)
    if not verzonnen:
        return f"{naam}: elk kerncijfer is geleverd of gepubliceerd" if kern else "Bronnen en definities"
    if aantal == 1:
        return f"{naam}: het ene kerncijfer is voorbeelddata (verzonnen)"
    hoeveel = f"alle {aantal}" if verzonnen == aantal else f"{verzonnen} van de {aantal}"
    return f"{naam}: {hoeveel} kerncijfers {'is' if verzonnen == 1 else 'zijn'} voorbeelddata (verzonnen)"


def _definitions(kern: Iterable[Dossiercijfer]) -> list[str]:
    """Return per figure its definition and the place it comes from."""
    delen = []
    for c in kern:
        rijen = [r for r in (c.rij, c.land) if r is not None]
        plekken = dict.fromkeys(
            f"voorbeelddata, verzonnen ({VOORBEELD})" if r.is_voorbeeld
            else ", ".join(filter(None, [r.bron, r.vindplaats]))
            for r in rijen
        )  # fmt: skip
        bron = "; ".join(filter(None, plekken))
        delen.append(f"{c.naam}: {c.indicator.definitie or c.indicator.vraag} Bron: {bron}.")
    return delen


def _source(rijen: Sequence[Waarneming]) -> str:
    tekst = bijschriften.source_text(rijen)
    return f"Bron: {tekst}." if tekst else ""
