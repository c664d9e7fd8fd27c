"""The dossier of a region: all that a talk is prepared with, as plain content for a page or a document.

Nothing of the committee is in it unless `with_signals` puts her signals there: her scores, notes and agreements
are confidential and stand in `app.commissie`. Signals, ambitions and actions rest on real figures alone; a figure
that is made up says VOORBEELD itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.lezen import data
from app.lezen.catalogus import in_order
from app.lezen.onderwerp.verhaalrijen import Verhaal
from app.lezen.rijen import Indicator, Kenmerk, Publicatie, Regio, Waarneming
from app.oordeel import zinnen
from app.oordeel.gesprek import gespreksgegevens, signaal_plannen, signalen
from app.oordeel.gesprek.gespreksgegevens import Regiogegevens
from app.oordeel.gesprek.signaal import Signaal
from app.oordeel.gesprek.stap import last_step
from app.oordeel.gesprek.toetsing import Toetsing, assess
from app.oordeel.programma import ambities
from app.oordeel.programma.ambities import Actieregel, Ambitie
from app.taal import woorden
from app.taal.cellen import VOORBEELD, Verzonnen
from app.taal.opmaak import getal, hoofdletter, leesbaar, opsomming, telling, uitsplitsing_tekst
from pipelines.afspraken.codelijsten import LAND, Plek, Status

STAANDE_MELDING = (
    "VOORBEELD: in dit dossier staan ook verzonnen cijfers, omdat de echte nog niet geleverd zijn. "
    "Zij dragen steeds het woord VOORBEELD en zeggen niets over de regio."
)
CIJFER_KOPPEN = ("Cijfer", "Periode", "Regio", "Nederland", "Verandering")
AMBITIE_KOPPEN = ("Ambitie", "Begin", "Doel", "Nu", "Verwacht op weg daarheen", "Oordeel", "Bron")
ACTIE_KOPPEN = ("Actie", "Soort", "Werkt aan", "Beoogd effect", "Uiterlijk", "Stand", "Waargenomen sinds de start")


@dataclass(frozen=True)
class Dossiercijfer:
    """One figure of the region: its text, what it is compared with, and the rows behind it."""

    indicator: Indicator
    rij: Waarneming
    land: Waarneming | None
    tekst: str
    land_tekst: str
    verandering: str
    # The werkgeversorganisatie that it is of, where it is not of the area of the dossier itself.
    van_wgo: str = ""
    # Whether the change is the way that is wanted, in the words of `zinnen.wanted`; empty where that is not said.
    kant: str = ""
    # The series that it is the newest of, in order of time.
    reeks: tuple[Waarneming, ...] = ()

    @property
    def is_voorbeeld(self) -> bool:
        """Whether it, or what it is compared with, is made up and shown."""
        return any(r is not None and r.is_voorbeeld and r.waarde is not None for r in (self.rij, self.land))

    @property
    def naam(self) -> str:
        """What it is a figure of, and of whom where that is not the area of the dossier."""
        return f"{self.indicator.titel} ({self.deel})" if self.deel else self.indicator.titel

    @property
    def deel(self) -> str:
        """Of which part of the indicator it is, and of whom where that is not the area of the dossier."""
        return ", ".join(filter(None, [uitsplitsing_tekst(self.rij.uitsplitsing), self.van_wgo]))


@dataclass(frozen=True)
class Programma:
    """What a national programme reached in the region, against its target where there is one."""

    naam: str
    tekst: str
    rij: Waarneming


@dataclass(frozen=True)
class Bronvermelding:
    """One source at the back of a dossier: an indicator, what it asks, and where its figures come from."""

    titel: str
    vraag: str
    bronnen: tuple[str, ...]
    is_voorbeeld: bool = False


@dataclass(frozen=True)
class Dossier:
    """Everything known of one region in one publication, in the order in which it is read."""

    regio: Regio
    wgo: Regio | None
    publicatie: Publicatie
    ambitiezin: str
    cijfers: tuple[Dossiercijfer, ...]
    signalen: tuple[Signaal, ...]
    toetsing: Toetsing
    vragen: tuple[str, ...]
    ambities: tuple[Ambitie, ...]
    acties: tuple[Actieregel, ...]
    programmas: tuple[Programma, ...]
    verhalen: tuple[Verhaal, ...]
    bronnen: tuple[Bronvermelding, ...]
    rijen: tuple[Waarneming, ...]
    heeft_voorbeeld: bool

    @property
    def kern(self) -> tuple[str, ...]:
        """What the talk is about, in one to three sentences."""
        return (*_signal_sentences(self.signalen, self.toetsing), *filter(None, [self.ambitiezin]))


def build_dossier(merk: Kenmerk, regio_code: str, *, voorbeeld: bool = False) -> Dossier:
    """Return the dossier of a region, a WGO or Nederland in one publication.

    Raises:
        KeyError: the publication knows no such region.
    """
    echt, gegevens = (gespreksgegevens.collect(merk, regio_code, keuze) for keuze in (False, voorbeeld))
    gevonden, cijfers = tuple(signalen.find(echt)), _figures(gegevens)
    gewogen, gevolgd = tuple(signaal_plannen.weighed(echt)), tuple(signaal_plannen.followed(echt))
    programmas = _programmes(gegevens)
    rijen = [r for c in cijfers for r in (c.rij, c.land) if r is not None]
    rijen += [b.rij for s in gevonden for b in s.bewijs if b.rij is not None]
    rijen += [a.rij for a in gewogen if a.rij is not None] + [p.rij for p in programmas]
    rijen += [a.waargenomen.tot for a in gevolgd if a.waargenomen is not None]
    return Dossier(
        regio=gegevens.regio,
        wgo=gegevens.wgo,
        publicatie=data.publicatie(merk),
        ambitiezin=_ambition_sentence(gewogen),
        cijfers=cijfers,
        signalen=gevonden,
        toetsing=assess(echt),
        vragen=tuple(dict.fromkeys(s.vraag for s in gevonden)),
        ambities=gewogen,
        acties=gevolgd,
        programmas=programmas,
        verhalen=gegevens.verhalen,
        bronnen=sources_of(gegevens, rijen),
        rijen=tuple(rijen),
        heeft_voorbeeld=any(r.is_voorbeeld for r in rijen),
    )


def with_signals(alles: Dossier, erbij: Sequence[Signaal]) -> Dossier:
    """Return the dossier with more signals before its own: summary and questions speak of all of them."""
    samen = (*erbij, *alles.signalen)
    return replace(alles, signalen=samen, vragen=tuple(dict.fromkeys(s.vraag for s in samen)))


def _ambition_sentence(gewogen: Sequence[Ambitie]) -> str:
    """Return how many ambitions were met, are on course or behind; empty where there are none."""
    if not gewogen:
        return ""
    tellingen = [
        f"{getal(n)} {woord}"
        for woord in (ambities.GEHAALD, ambities.OP_KOERS, ambities.ACHTER, ambities.NIET_TE_ZEGGEN)
        if (n := sum(a.oordeel == woord for a in gewogen))
    ]
    return f"Ambities: {', '.join(tellingen)}."


def signal_title(gevonden: Sequence[Signaal], toetsing: Toetsing) -> str:
    """State how many signals there are; without any, how many rules could be judged."""
    aantal = len(gevonden)
    if aantal:
        return f"{telling(aantal, 'signaal', 'signalen')} om te bespreken"
    return toetsing.zonder_signaal


def silence(toetsing: Toetsing) -> str:
    """Say what it means that there is no signal: how many rules looked, and what the others lack."""
    if not toetsing.beoordeeld:
        return toetsing.gat
    welke = opsomming([signalen.REGEL_TITEL[regel].lower() for regel in toetsing.regels]) if toetsing.gat else ""
    zin = f"{hoofdletter(toetsing.zonder_signaal)}{f' ({welke})' if welke else ''}."
    return f"{zin} {toetsing.gat}".strip()


def _signal_sentences(gevonden: Sequence[Signaal], toetsing: Toetsing) -> list[str]:
    """Return how many signals there are to talk about, or what it means that there is none."""
    aantal = len(gevonden)
    if not aantal:
        return [silence(toetsing)]
    zin = f"Er {'is' if aantal == 1 else 'zijn'} {signal_title(gevonden, toetsing)}"
    return [f"{zin}; {toetsing.hoeveel} {'was' if toetsing.beoordeeld < 2 else 'waren'} te beoordelen."]


def _figures(gegevens: Regiogegevens) -> tuple[Dossiercijfer, ...]:
    """Return the newest figure of every indicator that has one for the region, or for its WGO at the time."""
    cijfers, catalogus = [], gegevens.indicatoren
    # What has no place in the order of a talk comes after, as in the catalogue.
    for naam in dict.fromkeys([*in_order(catalogus, Plek.DOSSIER), *catalogus]):
        if catalogus[naam].is_kept_out(Plek.DOSSIER):
            continue
        reeks = gegevens.series(naam) or gegevens.survey_series(naam)
        if reeks:
            cijfers.append(_figure(gegevens, naam, reeks))
    return tuple(cijfers)


def _figure(gegevens: Regiogegevens, naam: str, reeks: Sequence[Waarneming]) -> Dossiercijfer:
    indicator = gegevens.indicatoren[naam]
    rij = reeks[-1]
    land = gegevens.national(rij) if rij.regio_code != LAND else None
    stap = last_step(gegevens, reeks, indicator)
    return Dossiercijfer(
        indicator,
        rij,
        land,
        figure_text(rij, indicator),
        figure_text(land, indicator) if land else "",
        stap if isinstance(stap, str) else zinnen.change_line(stap, indicator.eenheid),
        gegevens.namen[rij.regio_code] if rij.regio_code != gegevens.regio.regio_code else "",
        "" if isinstance(stap, str) or indicator.balans else zinnen.wanted(stap, indicator.richting),
        tuple(reeks),
    )


def figure_text(rij: Waarneming, indicator: Indicator) -> str:
    """Write a figure with its unit, its uncertainty and the word VOORBEELD where it is made up."""
    if rij.waarde is None:
        return zinnen.hidden_reason(rij, indicator.eenheid)
    interval = zinnen.interval_text(rij, indicator.eenheid)
    toevoegingen = [
        f"95%-interval {interval}" if interval else "",
        "indicatief" if rij.is_indicatief else "",
        "voorlopig" if rij.is_voorlopig else "",
        VOORBEELD if rij.is_voorbeeld else "",
    ]
    extra = ", ".join(filter(None, toevoegingen))
    tekst = zinnen.figure_with_unit(rij, indicator.eenheid)
    if rij.is_voorbeeld:
        return Verzonnen(f"{tekst} ({extra})")
    return f"{tekst} ({extra})" if extra else tekst


def first_figures(cijfers: Iterable[Dossiercijfer], hoogstens: int) -> tuple[Dossiercijfer, ...]:
    """Return so many figures with a value: what is real first, what is made up only in the places that are left."""
    return tuple(sorted((c for c in cijfers if c.rij.waarde is not None), key=lambda c: c.is_voorbeeld)[:hoogstens])


def whose(naam: str, cijfers: Iterable[Dossiercijfer]) -> str:
    """Return of whom figures are, for a caption: the area, and each werkgeversorganisatie with a figure of its own."""
    return opsomming(list(dict.fromkeys([naam, *(c.van_wgo for c in cijfers if c.van_wgo)])))


def figure_rows(cijfers: Iterable[Dossiercijfer]) -> list[tuple[str, ...]]:
    """Return figures as rows under `CIJFER_KOPPEN`, the same for page and document."""
    return [(c.naam, period_text(c.rij), c.tekst, c.land_tekst, c.verandering) for c in cijfers]


def period_text(rij: Waarneming) -> str:
    """Write of when a figure is, and how old where it is past its rhythm."""
    return ", ".join(filter(None, [rij.periode_naam, zinnen.old_text(rij)]))


def ambition_rows(gewogen: Iterable[Ambitie]) -> list[tuple[str, ...]]:
    """Return ambitions as rows under `AMBITIE_KOPPEN`, the same for page and document."""
    return [
        (
            a.indicator.titel,
            f"{ambities.value_text(a.doel.nulwaarde, a.indicator)} in {a.doel.nuljaar}",
            f"{ambities.value_text(a.doel.doelwaarde, a.indicator)} in {a.doel.doeljaar}",
            _now_text(a),
            ambities.value_text(a.verwacht, a.indicator) if a.verwacht is not None else "",
            f"{a.oordeel}: {a.reden}" if a.reden else a.oordeel,
            a.doel.bron,
        )
        for a in gewogen
    ]


def _now_text(a: Ambitie) -> str:
    if a.rij is None:
        return Status.ONTBREEKT.naam
    return f"{figure_text(a.rij, a.indicator)}, {zinnen.moment_text(a.rij)}"


def action_rows(acties: Iterable[Actieregel]) -> list[tuple[str, ...]]:
    """Return actions as rows under `ACTIE_KOPPEN`, the same for page and document."""
    return [
        (
            f"{r.actie.titel} ({r.actie.trekker})",
            r.actie.soort,
            r.indicator.titel if r.indicator else "niet genoemd",
            _effect(r),
            ambities.due_text(r),
            leesbaar(r.actie.status),
            _observed(r),
        )
        for r in acties
    ]


def _effect(regel: Actieregel) -> str:
    if regel.actie.beoogd_effect is None or regel.indicator is None:
        return "niet genoemd"
    return ambities.effect_text(regel.actie.beoogd_effect, regel.indicator)


def _observed(regel: Actieregel) -> str:
    if regel.waargenomen is None or regel.indicator is None:
        return f"niet te zeggen: {regel.reden}"
    return zinnen.change_line(regel.waargenomen, regel.indicator.eenheid)


def _programmes(gegevens: Regiogegevens) -> tuple[Programma, ...]:
    programmas = []
    for naam in in_order(gegevens.indicatoren, Plek.PROGRAMMA):
        gedaan, doel = signaal_plannen.programme_rows(gegevens, naam)
        if gedaan is None:
            continue
        indicator = gegevens.indicatoren[naam]
        over_hetzelfde = doel is not None and doel.is_over_looptijd == gedaan.is_over_looptijd
        van = f" van {zinnen.figure(doel, indicator.eenheid)}" if doel and over_hetzelfde else ""
        tekst = f"{figure_text(gedaan, indicator)}{van} in {gedaan.periode_naam}"
        programmas.append(Programma(indicator.titel, tekst, gedaan))
    return tuple(programmas)


def sources_of(gegevens: Regiogegevens, rijen: Iterable[Waarneming]) -> tuple[Bronvermelding, ...]:
    """Return per indicator that is used what it asks and every place its figures come from."""
    per: dict[str, list[Waarneming]] = {}
    for rij in rijen:
        per.setdefault(rij.indicator_id, []).append(rij)
    kaarten = gegevens.indicatoren
    return tuple(
        Bronvermelding(
            kaarten[naam].titel, kaarten[naam].vraag,
            tuple(filter(None, dict.fromkeys(map(_place, eigen)))), any(r.is_voorbeeld for r in eigen),
        )
        for naam, eigen in sorted(per.items(), key=lambda paar: kaarten[paar[0]].volgorde)
    )  # fmt: skip


def _place(rij: Waarneming) -> str:
    if rij.is_voorbeeld:
        return f"voorbeelddata, verzonnen ({VOORBEELD})"
    return woorden.source_place(rij.bron, rij.vindplaats)
