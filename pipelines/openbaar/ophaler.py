"""Fetching the mapped tables: what is new becomes a delivery; each failure names its table."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.afspraken.meldingen import AfgekeurdError, Melding, show_path
from pipelines.openbaar.indienen import Groep, Stuk, batches, check_none_lost, file_delivery, filed_marks
from pipelines.openbaar.koppelen.doelvelden import Gekoppeld
from pipelines.openbaar.koppelen.omzetten import Omzetting
from pipelines.openbaar.openen import Geopend, Opdracht, mark, open_mapped
from pipelines.openbaar.terugval import find_losses, find_older, last_filed

# Of what is not there, so many lines are written out.
_MEESTE_GATEN = 12


def fetch_mapped(koppelingen: Sequence[Gekoppeld], opdracht: Opdracht) -> int:
    """Fetch these tables, file what is new, and return how many deliveries that gave; failures are in `fouten`.

    A delivery whose tables are as they were is not filed again. One table that fails does not keep others from being
    filed, but never a delivery without a part that it had before.
    """
    per_naam = {koppeling.naam: koppeling for koppeling in koppelingen}
    gelukt = 0
    for groep, namen in batches((koppeling.naam, koppeling.groep) for koppeling in koppelingen).items():
        try:
            gelukt += _fetch_group(groep, [per_naam[naam] for naam in namen], opdracht)
        except AfgekeurdError as fout:
            opdracht.fouten += fout.meldingen
    return gelukt


def _fetch_group(groep: str, koppelingen: list[Gekoppeld], opdracht: Opdracht) -> int:
    bekend = filed_marks(opdracht.raw, opdracht.bronnen, koppelingen[0].bron)
    erbij = {k.naam: k for k in opdracht.alle.values() if k.groep == groep and k.naam in bekend}
    koppelingen = list({**{k.naam: k for k in koppelingen}, **erbij}.values())
    tabellen: dict[str, Geopend] = {}
    mislukt: list[str] = []
    for koppeling in koppelingen:
        opdracht.begin(koppeling.naam)
        try:
            tabellen[koppeling.naam] = open_mapped(koppeling, opdracht, bewaar=True)
        except AfgekeurdError as fout:
            mislukt.append(koppeling.naam)
            opdracht.fouten += fout.meldingen
    merken = {k.naam: mark(k, tabellen[k.naam], opdracht) for k in koppelingen if k.naam in tabellen}
    if not merken:
        return 0
    # No date is not the same date.
    zelfde = all(tabellen[naam].versie and bekend.get(naam) == merk for naam, merk in merken.items())
    if not mislukt and zelfde:
        opdracht.tell(f"{groep}: niets nieuws.")
        return 0
    inhoud = Groep(koppelingen[0].bron, koppelingen[0].doeltabel, koppelingen[0].leverancier)
    for koppeling in koppelingen:
        if koppeling.naam not in tabellen:
            continue
        try:
            bron, vorig = tabellen[koppeling.naam], bekend.get(koppeling.naam, "")
            inhoud.stukken.append(_part(koppeling, bron, merken[koppeling.naam], vorig, opdracht))
        except AfgekeurdError as fout:
            mislukt.append(koppeling.naam)
            opdracht.fouten += fout.meldingen
    if not inhoud.stukken:
        return 0
    check_none_lost(mislukt, bekend, groep, opdracht.tell)
    aangenomen = file_delivery(inhoud, opdracht.bronnen, opdracht.raw)
    for melding in aangenomen.opmerkingen:
        # What a supplier could do about it, who fetches cannot.
        opdracht.tell(f"  Let op{f', {melding.kolom}' if melding.kolom else ''}: {melding.tekst}")
    opdracht.tell(f"{groep}: bewaard als {show_path(aangenomen.plek)}.")
    return 1


def _part(koppeling: Gekoppeld, bron: Geopend, merk: str, vorig_merk: str, opdracht: Opdracht) -> Stuk:
    opdracht.begin(koppeling.naam)
    tabel = opdracht.bronnen[koppeling.bron].tabellen[koppeling.doeltabel]
    uitkomst = bron.read(tabel)
    vorig = last_filed(opdracht.raw, opdracht.bronnen, koppeling.bron, tabel.naam, koppeling.naam)
    if vorig is not None:
        uitkomst.twijfels += find_losses(tabel, uitkomst.frame, vorig, bron.plek)
        uitkomst.twijfels += find_older(merk, vorig_merk, bron.plek)
    _stop_at_doubts(koppeling, bron, uitkomst)
    for regel in account(koppeling.naam, uitkomst):
        opdracht.tell(regel)
    herkomst = f"{bron.tabel.rpartition(' ')[2]}: ruwe antwoorden met SHA-256 {bron.som()}."
    return Stuk(
        koppeling.naam, uitkomst, bron.titel, bron.tabel, bron.bijgewerkt, merk, bron.licentie,
        " ".join(filter(None, [koppeling.opmerking, herkomst])), koppeling.plek, koppeling.bevestigd.sprong,
    )  # fmt: skip


def _stop_at_doubts(koppeling: Gekoppeld, bron: Geopend, uitkomst: Omzetting) -> None:
    """Refuse what may be right but looks cut off, until a person has looked; what was read is asked again then.

    Raises:
        AfgekeurdError: there is such a doubt, and the mapping does not say why it may pass.
    """
    if uitkomst.twijfels and not koppeling.bevestigd.sprong:
        bron.forget()
        tekst = "Wat er nu staat, mist iets; er is niets bewaard."
        advies = f'Klopt het, zet dan in {koppeling.plek}: bevestigd: {{sprong: "de reden"}}'
        raise AfgekeurdError([Melding(bron.plek, tekst, advies=advies), *uitkomst.twijfels])


def account(naam: str, uitkomst: Omzetting) -> list[str]:
    """Return what became of the rows: how many, what was left out and why, and which regions lack figures."""
    weg = "; ".join(f"{aantal} × {reden}" for reden, aantal in sorted(uitkomst.weg.items()))
    niet = "; ".join(f"{aantal} × {reden}" for reden, aantal in sorted(uitkomst.niet_gevraagd.items()))
    regels = [f"{naam}: {len(uitkomst.frame)} rijen." + (f" Weggelaten rijen: {weg}." if weg else "")]
    regels += [f"  Niet gevraagde codes: {niet}."] if niet else []
    regels += [f"  Let op: {twijfel.tekst}" for twijfel in uitkomst.twijfels]
    regels += [f"  {gat}" for gat in uitkomst.gaten[:_MEESTE_GATEN]]
    meer = len(uitkomst.gaten) - _MEESTE_GATEN
    return regels + ([f"  En nog {meer} van zulke regels, over eerdere perioden."] if meer > 0 else [])


def preview(koppeling: Gekoppeld, opdracht: Opdracht) -> list[str]:
    """Return the first mapped rows of a table and counts per period, region and branche; nothing is saved.

    Raises:
        AfgekeurdError: the table is not what the mapping says.
    """
    opdracht.begin(koppeling.naam)
    bron = open_mapped(koppeling, opdracht, bewaar=False)
    tabel = opdracht.bronnen[koppeling.bron].tabellen[koppeling.doeltabel]
    uitkomst = bron.read(tabel)
    frame = uitkomst.frame
    regels = [" ".join(filter(None, [bron.plek, bron.titel])) + _changed(bron)]
    regels += [",".join(frame.columns), *(",".join(map(str, rij)) for rij in frame.head(8).itertuples(index=False))]
    for kolom in (kolom for kolom in tabel.sleutel if kolom in frame):
        tellingen = frame[kolom].value_counts().sort_index()
        stuk = ", ".join(f"{waarde or '(leeg)'} {aantal}" for waarde, aantal in tellingen.tail(30).items())
        regels.append(f"{kolom} ({len(tellingen)}): {'… ' if len(tellingen) > 30 else ''}{stuk}")
    return [*regels, *account(koppeling.naam, uitkomst), "Dit was een proef; er is niets opgeslagen."]


def _changed(bron: Geopend) -> str:
    return f", bijgewerkt {bron.bijgewerkt[:10]}" if bron.bijgewerkt else ""
