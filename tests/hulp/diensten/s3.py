"""An object store on this computer that speaks S3: it checks who signed what, and breaks as a test tells it."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

SLEUTEL, GEHEIM, EMMER = "PROEFSLEUTEL", "geheim/van+de=proef", "emmer"
_AUTORISATIE = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)
# Given a method and a name: what to do in place of answering, or nothing.
Breuk = Callable[["Verzoek"], bool]


@dataclass
class Winkel:
    """What is in the store by name, what was asked of it, and how it breaks."""

    adres: str = ""
    dingen: dict[str, bytes] = field(default_factory=dict)
    gevraagd: list[str] = field(default_factory=list)
    breuk: Breuk = lambda _verzoek: False
    einde: threading.Event = field(default_factory=threading.Event)


class Verzoek(BaseHTTPRequestHandler):
    """One request, as S3 answers it."""

    protocol_version = "HTTP/1.1"
    winkel: Winkel

    def __getattr__(self, naam: str) -> Callable[[], None]:
        if naam.startswith("do_"):
            return self._answer
        raise AttributeError(naam)

    @property
    def naam(self) -> str:
        """What is asked for, in the bucket."""
        return unquote(urlsplit(self.path).path).removeprefix(f"/{EMMER}").removeprefix("/")

    def _answer(self) -> None:
        inhoud = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.winkel.gevraagd.append(f"{self.command} {self.naam}")
        with contextlib.suppress(OSError):
            if not self._is_signed(inhoud):
                # As a real one does: with the key and what was signed in the answer.
                tekst = f"<Error><Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>{SLEUTEL}</AWSAccessKeyId></Error>"
                self.send(tekst.encode(), 403)
            elif not self.winkel.breuk(self):
                self._do(inhoud)

    def _do(self, inhoud: bytes) -> None:
        dingen = self.winkel.dingen
        if self.command == "PUT":
            dingen[self.naam] = inhoud
            self.send(b"", ETag=f'"{hashlib.md5(inhoud).hexdigest()}"')
        elif self.command == "DELETE":
            dingen.pop(self.naam, None)
            self.send(b"", 204)
        elif self.command == "GET" and not self.naam:
            self._list(dict(parse_qsl(urlsplit(self.path).query)))
        elif self.naam in dingen:
            self._give(dingen[self.naam])
        else:
            self.send(b"<Error><Code>NoSuchKey</Code></Error>", 404)

    def _list(self, vraag: dict[str, str]) -> None:
        begin = vraag.get("prefix", "")
        namen = [n for n in self.winkel.dingen if n.startswith(begin) and "/" not in n[len(begin) :]]
        rijen = "".join(
            f"<Contents><Key>{escape(n)}</Key><Size>{len(self.winkel.dingen[n])}</Size>"
            "<LastModified>2026-11-30T00:00:00.000Z</LastModified><ETag>&quot;x&quot;</ETag></Contents>"
            for n in namen
        )
        self.send(f"<ListBucketResult><IsTruncated>false</IsTruncated>{rijen}</ListBucketResult>".encode())

    def _give(self, ding: bytes) -> None:
        koppen = {"ETag": f'"{hashlib.md5(ding).hexdigest()}"', "Last-Modified": "Mon, 30 Nov 2026 00:00:00 GMT"}
        if deel := re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("range", "")):
            van, tot = int(deel[1]), min(int(deel[2]) + 1, len(ding))
            if van >= len(ding):
                self.send(b"<Error><Code>InvalidRange</Code></Error>", 416)
                return
            self.send(ding[van:tot], 206, **koppen, **{"Content-Range": f"bytes {van}-{tot - 1}/{len(ding)}"})
        else:
            self.send(ding, **koppen)

    def send(self, inhoud: bytes, code: int = 200, beloofd: int | None = None, **koppen: str) -> None:
        """Answer; with `beloofd` the header promises another length than comes."""
        self.send_response(code)
        for naam, waarde in koppen.items():
            self.send_header(naam, waarde)
        self.send_header("Content-Length", str(len(inhoud) if beloofd is None else beloofd))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(inhoud)
        if beloofd is not None:
            self.close_connection = True

    def _is_signed(self, inhoud: bytes) -> bool:
        """Whether who knows the secret signed just this request, not long ago; worked out from the specification."""
        gevonden = _AUTORISATIE.fullmatch(self.headers.get("authorization", ""))
        moment = self.headers.get("x-amz-date", "")
        if not gevonden or gevonden[1] != SLEUTEL or not moment.startswith(gevonden[2]):
            return False
        if self.headers.get("x-amz-content-sha256") != hashlib.sha256(inhoud).hexdigest():
            return False
        delen = urlsplit(self.path)
        vraag = "&".join(sorted(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}"
                                for k, v in parse_qsl(delen.query, keep_blank_values=True)))  # fmt: skip
        koppen = "".join(f"{kop}:{' '.join(self.headers.get(kop, '').split())}\n" for kop in gevonden[4].split(";"))
        heel = "\n".join((self.command, quote(unquote(delen.path), safe="/-_.~"), vraag, koppen, gevonden[4],
                          self.headers["x-amz-content-sha256"]))  # fmt: skip
        bereik = f"{gevonden[2]}/{gevonden[3]}/s3/aws4_request"
        tekst = f"AWS4-HMAC-SHA256\n{moment}\n{bereik}\n{hashlib.sha256(heel.encode()).hexdigest()}"
        sleutel = f"AWS4{GEHEIM}".encode()
        for deel in (gevonden[2], gevonden[3], "s3", "aws4_request", tekst):
            sleutel = hmac.new(sleutel, deel.encode(), "sha256").digest()
        gezet = time.mktime(time.strptime(moment + " UTC", "%Y%m%dT%H%M%SZ %Z")) - time.timezone
        return hmac.compare_digest(sleutel.hex(), gevonden[5]) and abs(time.time() - gezet) < 900

    def log_message(self, *_: object) -> None:
        """Keep the test output clean."""


@contextlib.contextmanager
def serve() -> Iterator[Winkel]:
    """Keep a store open until the test is over."""
    winkel = Winkel()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Eigen", (Verzoek,), {"winkel": winkel}))
    server.daemon_threads = True
    winkel.adres = f"http://127.0.0.1:{server.server_address[1]}/{EMMER}/monitor"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield winkel
    finally:
        winkel.einde.set()
        server.shutdown()
        server.server_close()
