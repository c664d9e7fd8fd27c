"""What search engines read: robots.txt, and the pages and figures there are as a site map."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from app.beeld.fragmenten import EEN_CIJFER
from app.dienst.toegang import Adressen
from app.lezen import data
from app.raam import paginas
from app.uitgave.beschrijving.zoekmachine import dataset
from app.uitgave.vorm.vormen import dumps

_BEWAREN = {"cache-control": "public, max-age=3600"}


class Vindbaar:
    """Answers for one server, with the address under which it was asked."""

    def __init__(self, adressen: Adressen) -> None:
        self._origins = {origin.partition("://")[2]: origin for origin in sorted(adressen.origins)}

    def robots(self, verzoek: Request) -> Response:
        """Let everything be read, and say where the site map is."""
        tekst = f"User-agent: *\nAllow: /\nSitemap: {self.begin(verzoek)}/sitemap.xml\n"
        return Response(tekst, media_type="text/plain", headers=_BEWAREN)

    def sitemap(self, verzoek: Request) -> Response:
        """Name every page, and every indicator of open data that has figures."""
        begin = self.begin(verzoek)
        regels = "".join(f"<url><loc>{escape(begin + pad)}</loc></url>\n" for pad in _paths())
        tekst = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{regels}</urlset>\n'
        )
        return Response(tekst, media_type="application/xml", headers=_BEWAREN)

    def head(self, verzoek: Request) -> str:
        """Return what stands in the head of a page for who looks for data: the publication, and what is new."""
        try:
            inhoud = dumps(dataset(data.kenmerk(), self.begin(verzoek))).decode().strip()
        except data.GeenPublicatieError:
            return ""
        # Nothing in it may end the element.
        veilig = inhoud.replace("<", "\\u003c")
        return (
            '<link rel="alternate" type="application/atom+xml" title="Wat er nieuw is" '
            'href="/data/v1/publicaties.atom" />'
            f'<script type="application/ld+json">{veilig}</script>'
        )

    def begin(self, verzoek: Request) -> str:
        """Return the address of this server as the reader wrote it; Toegang has judged it."""
        host = verzoek.headers.get("host", "")
        return self._origins.get(host, f"http://{host}")


def _paths() -> Iterable[str]:
    yield from sorted(paginas.PADEN)
    yield "/data/v1"
    try:
        merk = data.kenmerk()
        echt = [naam for naam in data.indicatoren(merk) if data.waarnemingen(merk, naam, False)]
        yield from (f"/{EEN_CIJFER}?indicator={naam}" for naam in echt)
        yield from (f"/data/v1/indicatoren/{naam}" for naam in echt)
    except data.GeenPublicatieError:
        return
