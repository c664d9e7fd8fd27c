"""A page of our own without Streamlit: in Dutch, in our style, and with nothing that runs."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from app.beeld.markup import Html, tag
from app.dienst.toegang import KOPREGELS

_BELEID = (
    "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def plain_page(titel: str, inhoud: Html, stijl: str, status: int = 200, **koppen: str) -> HTMLResponse:
    """Return a page with this title, kept by nobody; `stijl` is the address of our stylesheet."""
    return HTMLResponse(
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8">{tag("title", f"{titel} | Regiomonitor")}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{stijl}"></head>'
        f'<body class="rm-buiten rm-aanmeldlijf">{tag("main", inhoud, klasse="rm-aanmeldpagina")}</body></html>',
        status,
        {
            **KOPREGELS, "cache-control": "no-store", "content-security-policy": _BELEID,
            **{naam.replace("_", "-"): waarde for naam, waarde in koppen.items()},
        },
    )  # fmt: skip
