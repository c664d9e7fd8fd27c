"""A mail as it is sent: plain text and simple HTML of the same words, and the headers that mail servers ask for."""

from __future__ import annotations

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from urllib.parse import urlsplit

from app.beeld.markup import Html, join, tag
from app.post.inhoud import Brief, Punt

_NAAM = "Regiomonitor"
_STOP = "Stop deze berichten"
# What a line of a mail may have at most is 998.
_LANGSTE_KOP = 990
_LIJF = "font-family:sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a;background:#ffffff"
_LINK = "color:#0b4f8a"


def make(brief: Brief, aan: str, afzender: str, basis: str, nu: datetime) -> EmailMessage:
    """Return a mail to this address, with links to the monitor at `basis` and nowhere else; `nu` is in UTC."""
    bericht = EmailMessage(policy=SMTP)
    bericht["From"] = Address(_NAAM, addr_spec=afzender)
    bericht["To"] = Address(addr_spec=aan)
    bericht["Subject"] = f"{brief.onderwerp} | {_NAAM}"
    bericht["Date"] = format_datetime(nu.replace(tzinfo=UTC))
    bericht["Message-ID"] = make_msgid(domain=urlsplit(basis).hostname or "regiomonitor")
    bericht["Auto-Submitted"] = "auto-generated"
    bericht["Content-Language"] = "nl"
    if brief.uit:
        bericht["List-Unsubscribe"] = f"<{basis}{brief.uit}>"
        bericht["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # So that no server on the way has to change it.
    bericht.set_content(as_text(brief, basis), cte="quoted-printable")
    bericht.add_alternative(_as_html(brief, basis), subtype="html", cte="quoted-printable")
    # A link that is folded or written as words is no link to a mail server.
    bericht.policy = SMTP.clone(max_line_length=_LANGSTE_KOP)
    return bericht


def as_text(brief: Brief, basis: str) -> str:
    """Return a mail as plain text."""
    punten = [f"- {p.tekst}" + (f"\n  {basis}{p.pad}" if p.pad else "") for p in brief.punten]
    delen = [*brief.regels, "\n".join(punten), f"{brief.knop.tekst}:\n{basis}{brief.knop.pad}", "--", brief.waarom,
             *(f"{p.tekst}:\n{basis}{p.pad}" for p in _foot(brief))]  # fmt: skip
    return "\n\n".join(filter(None, delen)) + "\n"


def _as_html(brief: Brief, basis: str) -> str:
    lijst = tag("ul", join(tag("li", _point(p, basis)) for p in brief.punten)) if brief.punten else Html("")
    inhoud = [
        tag("h1", brief.onderwerp, style="font-size:20px"),
        join(tag("p", regel) for regel in brief.regels),
        lijst,
        tag("p", _link(brief.knop, basis)),
        Html("<hr>"),
        tag("p", brief.waarom, *(deel for p in _foot(brief) for deel in (" ", _link(p, basis)))),
    ]
    kop = join([Html('<meta charset="utf-8">'), tag("title", brief.onderwerp)])
    return f'<!doctype html><html lang="nl"><head>{kop}</head>{tag("body", join(inhoud), style=_LIJF)}</html>'


def _foot(brief: Brief) -> tuple[Punt, ...]:
    return (brief.voet,) if brief.voet else (Punt(_STOP, brief.uit),) if brief.uit else ()


def _point(punt: Punt, basis: str) -> Html:
    return _link(punt, basis) if punt.pad else join([punt.tekst])


def _link(punt: Punt, basis: str) -> Html:
    return tag("a", punt.tekst, href=f"{basis}{punt.pad}", style=_LINK)
