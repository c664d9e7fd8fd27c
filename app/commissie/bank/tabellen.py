"""The tables of the committee's database, and what in the database itself refuses a change of the history."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.commissie.model import Inhoud, Onderwerp, Wijziging

METADATA = sa.MetaData()
# One row per change; `nummer` is the order in which they were written, `keten` ties each to the one before it.
WIJZIGING = sa.Table(
    "wijziging",
    METADATA,
    sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kenmerk", sa.String(36), nullable=False, unique=True),
    sa.Column("soort", sa.String(20), nullable=False),
    sa.Column("regio_code", sa.String(6), nullable=False),
    sa.Column("jaar", sa.Integer, nullable=False),
    sa.Column("sleutel", sa.String(60), nullable=False),
    sa.Column("versie", sa.Integer),
    sa.Column("gebaseerd_op", sa.Integer, nullable=False),
    sa.Column("score", sa.Integer),
    sa.Column("stand", sa.String(20), nullable=False),
    sa.Column("datum", sa.Date),
    sa.Column("publicatie_id", sa.String(80), nullable=False),
    sa.Column("tekst", sa.Text, nullable=False),
    sa.Column("wie", sa.String(80), nullable=False),
    sa.Column("rol", sa.String(20), nullable=False),
    sa.Column("op", sa.DateTime, nullable=False),
    sa.Column("keten", sa.String(64), nullable=False),
    sa.UniqueConstraint("soort", "regio_code", "jaar", "sleutel", "versie"),
)
# One row per time that the history began anew: when the database was made, and at each restore.
OORSPRONG = sa.Table(
    "oorsprong",
    METADATA,
    sa.Column("nummer", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kenmerk", sa.String(36), nullable=False, unique=True),
    sa.Column("op", sa.DateTime, nullable=False),
)
# One row per session that was ended before it was over: the SHA-256 of what its cookie holds, which says nothing else.
AFGEMELD = sa.Table(
    "afgemeld",
    METADATA,
    sa.Column("kenmerk", sa.String(64), primary_key=True),
    sa.Column("op", sa.DateTime, nullable=False),
)
# Mail: who asked for it, about what, whether the owner of the address agreed, and what is to go out. What stands in
# these goes away again, unlike the history. One row per person who asked, with the groups of the last login.
POSTLEZER = sa.Table(
    "postlezer",
    METADATA,
    sa.Column("kenmerk", sa.String(64), primary_key=True),
    sa.Column("aanbieder", sa.String(40), nullable=False),
    sa.Column("naam", sa.Text, nullable=False),
    sa.Column("groepen", sa.Text, nullable=False),
    sa.Column("gezien_op", sa.DateTime, nullable=False),
    sa.Column("recht_op", sa.DateTime, nullable=False),
)
# One row per mailbox, as a SHA-256, while there is a subscription or request and 90 days after (`gezien_op`). `uit` is
# what the link to stop ends in; `beurt` is the question to agree that was put there last. `terug` counts the days on
# which mail came back from there, of which `terug_op` is the last.
POSTBUS = sa.Table(
    "postbus",
    METADATA,
    sa.Column("bus", sa.String(64), primary_key=True),
    sa.Column("uit", sa.String(43), nullable=False, unique=True),
    sa.Column("beurt", sa.String(32), nullable=False),
    sa.Column("beurt_op", sa.DateTime),
    sa.Column("geblokkeerd_op", sa.DateTime),
    sa.Column("gezien_op", sa.DateTime, nullable=False),
    sa.Column("terug", sa.Integer, nullable=False, server_default="0"),
    sa.Column("terug_op", sa.DateTime),
)
# One row per address that was asked for; `bevestigd_op` is empty until its owner agreed. `sinds` is the publication
# that was there when it began.
ABONNEMENT = sa.Table(
    "abonnement",
    METADATA,
    sa.Column("kenmerk", sa.String(32), primary_key=True),
    sa.Column("lezer", sa.String(64), nullable=False, index=True),
    sa.Column("bus", sa.String(64), nullable=False, index=True),
    sa.Column("adres", sa.String(254), nullable=False),
    sa.Column("onderwerpen", sa.String(60), nullable=False),
    sa.Column("gebied", sa.String(6), nullable=False),
    sa.Column("gevraagd_op", sa.DateTime, nullable=False),
    sa.Column("bevestigd_op", sa.DateTime),
    sa.Column("sinds", sa.String(80), nullable=False),
    sa.Column("weigeringen", sa.Integer, nullable=False),
)
# One row per link to agree with that was sent: the SHA-256 of what it ends in.
BEVESTIGING = sa.Table(
    "bevestiging",
    METADATA,
    sa.Column("som", sa.String(64), primary_key=True),
    sa.Column("abonnement", sa.String(32), nullable=False, index=True),
    sa.Column("op", sa.DateTime, nullable=False),
)
# One row per subscription and occasion: to send until `verstuurd_op`. `bezet_op` is when a sender took it.
POSTBERICHT = sa.Table(
    "postbericht",
    METADATA,
    sa.Column("kenmerk", sa.String(32), primary_key=True),
    sa.Column("abonnement", sa.String(32), nullable=False),
    sa.Column("soort", sa.String(20), nullable=False),
    sa.Column("aanleiding", sa.String(120), nullable=False),
    sa.Column("gemaakt_op", sa.DateTime, nullable=False),
    sa.Column("vanaf", sa.DateTime, nullable=False),
    sa.Column("pogingen", sa.Integer, nullable=False),
    sa.Column("bezet_op", sa.DateTime),
    sa.Column("verstuurd_op", sa.DateTime),
    sa.UniqueConstraint("abonnement", "aanleiding"),
)
# One row per publication that was there before, and per signal of the last: what is not here is new.
POSTBEKEND = sa.Table("postbekend", METADATA, sa.Column("aanleiding", sa.String(120), primary_key=True))
# One row per request to agree, by its account: how many there were in a day.
POSTGRENS = sa.Table(
    "postgrens",
    METADATA,
    sa.Column("kenmerk", sa.String(32), primary_key=True),
    sa.Column("van", sa.String(64), nullable=False, index=True),
    sa.Column("op", sa.DateTime, nullable=False),
)
VAN_POST = (POSTLEZER, POSTBUS, ABONNEMENT, BEVESTIGING, POSTBERICHT, POSTBEKEND, POSTGRENS)
# SQLite's REPLACE deletes without asking the trigger on delete, so a row that is there is refused before it comes in.
BEWAAR = {
    "sqlite": [
        *(
            f"create trigger bewaar_{daad} before {daad} on wijziging "
            "begin select raise(abort, 'wijzigingen blijven staan'); end"
            for daad in ("update", "delete")
        ),
        "create trigger bewaar_insert before insert on wijziging when length(new.keten) <> 64 or exists ("
        "select 1 from wijziging where nummer = new.nummer or kenmerk = new.kenmerk or (soort = new.soort "
        "and regio_code = new.regio_code and jaar = new.jaar and sleutel = new.sleutel and versie = new.versie)) "
        "begin select raise(abort, 'wijzigingen blijven staan'); end",
    ],
    "postgresql": [
        "create or replace function bewaar_wijziging() returns trigger language plpgsql as "
        "$$ begin raise exception 'wijzigingen blijven staan'; end $$",
        "create or replace trigger bewaar before update or delete or truncate on wijziging "
        "for each statement execute function bewaar_wijziging()",
    ],
}
LAAT_LOS = {
    "sqlite": [f"drop trigger if exists bewaar_{daad}" for daad in ("update", "delete", "insert")],
    "postgresql": ["drop trigger if exists bewaar on wijziging"],
}


def as_row(w: Wijziging) -> dict[str, Any]:
    """Return a change as the columns of its row, without its number and its place in the chain."""
    return {
        "kenmerk": w.kenmerk, "soort": w.onderwerp.soort, "regio_code": w.onderwerp.regio_code,
        "jaar": w.onderwerp.jaar, "sleutel": w.onderwerp.sleutel, "versie": w.versie,
        "gebaseerd_op": w.gebaseerd_op, "score": w.inhoud.score, "stand": w.inhoud.stand, "datum": w.inhoud.datum,
        "publicatie_id": w.inhoud.publicatie_id, "tekst": w.inhoud.tekst, "wie": w.wie, "rol": w.rol, "op": w.op,
    }  # fmt: skip


def from_row(rij: Any) -> Wijziging:  # noqa: ANN401
    """Return a row as a change."""
    onderwerp = Onderwerp(rij["soort"], rij["regio_code"], rij["jaar"], rij["sleutel"])
    inhoud = Inhoud(rij["tekst"], rij["score"], rij["stand"], rij["datum"], rij["publicatie_id"])
    return Wijziging(
        rij["kenmerk"], onderwerp, inhoud, rij["versie"], rij["gebaseerd_op"], rij["wie"], rij["rol"], rij["op"]
    )
