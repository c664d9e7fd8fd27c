"""A small identity provider here: discovery, a page to say who one is, tokens signed with its own key."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from dienst import free_port, started
from joserfc import jwt
from joserfc.jwk import RSAKey
from toegangsbed import login_settings

CLIENT, GEHEIM = "regiomonitor", "geheim-van-de-client"


@dataclass
class Aanbieder:
    """Whom it knows, by name, with what it says of them; what is set here holds for the next login."""

    personen: dict[str, dict[str, Any]]
    basis: str = ""
    klok_voor: int = 0
    is_weg: bool = False
    sleutel: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)}))
    # Another key than the one that it vouches for.
    tekent_met: RSAKey | None = None
    beloofd: dict[str, dict[str, str]] = field(default_factory=dict)

    def rotate(self) -> None:
        """Take another key; tokens of the old one are no longer vouched for."""
        self.sleutel = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})

    def discovery(self) -> dict[str, Any]:
        """Return what there is to find at the discovery address."""
        namen = {"authorization": "authorize", "token": "token", "end_session": "end"}
        return {
            "issuer": self.basis,
            **{f"{naam}_endpoint": f"{self.basis}/{pad}" for naam, pad in namen.items()},
            "jwks_uri": f"{self.basis}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def choose(self, vraag: dict[str, str]) -> str:
        """Return the page where one says who one is."""
        keuzes = "".join(
            f'<li><a href="/login?{urlencode({**vraag, "wie": wie}).replace("&", "&amp;")}">{wie}</a></li>'
            for wie in self.personen
        )
        return f"<!doctype html><title>Aanbieder</title><ul>{keuzes}</ul>"

    def promise(self, vraag: dict[str, str]) -> str:
        """Return where to go with a code, once one has said who one is."""
        code = secrets.token_urlsafe(8)
        self.beloofd[code] = vraag
        return f"{vraag['redirect_uri']}?{urlencode({'code': code, 'state': vraag['state']})}"

    def tokens(self, vorm: dict[str, str]) -> dict[str, Any] | None:
        """Return the tokens for a code, once; nothing when the code or its proof is not right."""
        vraag = self.beloofd.pop(vorm.get("code", ""), None)
        bewijs = base64.urlsafe_b64encode(hashlib.sha256(vorm.get("code_verifier", "").encode()).digest()).rstrip(b"=")
        if vraag is None or bewijs.decode() != vraag["code_challenge"]:
            return None
        nu = int(time.time()) + self.klok_voor
        inhoud = {
            "iss": self.basis, "aud": CLIENT, "sub": vraag["wie"], "iat": nu, "exp": nu + 300,
            "nonce": vraag["nonce"], **self.personen[vraag["wie"]],
        }  # fmt: skip
        sleutel = self.tekent_met or self.sleutel
        kop = {"alg": "RS256", "kid": sleutel.kid}
        return {"access_token": secrets.token_hex(700), "token_type": "Bearer", "expires_in": 300,
                "id_token": jwt.encode(kop, inhoud, sleutel)}  # fmt: skip


def settings_for(aanbieder: Aanbieder, poort: int) -> str:
    """Return the settings of a monitor on this port whose readers log in at this provider, up to who may do what."""
    return login_settings(f"http://localhost:{poort}", client=CLIENT, geheim=GEHEIM, aanbieder=aanbieder.basis)


@contextlib.contextmanager
def serving(aanbieder: Aanbieder, rollen: str, warehouse: Path, map_: Path) -> Iterator[str]:
    """Serve a warehouse with login at this provider and these roles; yield the address of the app."""
    poort, pad = free_port(), map_ / "toegang.toml"
    pad.write_text(settings_for(aanbieder, poort) + rollen)
    pad.chmod(0o600)
    opdracht = [str(Path(sys.executable).with_name("regiomonitor")), "serve", "--port", str(poort),
                "--toegang", str(pad), "--warehouse", str(warehouse)]  # fmt: skip
    with started(opdracht, poort):
        yield f"http://localhost:{poort}"


@contextlib.contextmanager
def running(personen: dict[str, dict[str, Any]]) -> Iterator[Aanbieder]:
    """Serve one provider meanwhile."""
    aanbieder = Aanbieder(personen)

    class Antwoorder(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def send(self, status: int, inhoud: str, soort: str = "application/json", **koppen: str) -> None:
            lijf = inhoud.encode()
            self.send_response(status)
            for naam, waarde in {"content-type": soort, "content-length": str(len(lijf)), **koppen}.items():
                self.send_header(naam, waarde)
            self.end_headers()
            self.wfile.write(lijf)

        def do_GET(self) -> None:
            delen = urlsplit(self.path)
            vraag = {naam: waarden[0] for naam, waarden in parse_qs(delen.query).items()}
            if aanbieder.is_weg:
                self.send(503, "{}")
            elif delen.path.endswith("openid-configuration"):
                self.send(200, json.dumps(aanbieder.discovery()))
            elif delen.path == "/jwks":
                self.send(200, json.dumps({"keys": [aanbieder.sleutel.as_dict(private=False)]}))
            elif delen.path == "/authorize":
                self.send(200, aanbieder.choose(vraag), "text/html")
            elif delen.path == "/login":
                self.send(302, "", location=aanbieder.promise(vraag))
            elif delen.path == "/end":
                self.send(302, "", location=vraag["post_logout_redirect_uri"])
            else:
                self.send(404, "{}")

        def do_POST(self) -> None:
            lijf = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            vorm = {naam: waarden[0] for naam, waarden in parse_qs(lijf).items()}
            tokens = None if aanbieder.is_weg else aanbieder.tokens(vorm)
            self.send(200 if tokens else 400, json.dumps(tokens or {"error": "invalid_grant"}))

    with ThreadingHTTPServer(("127.0.0.1", 0), Antwoorder) as server:
        aanbieder.basis = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield aanbieder
        finally:
            server.shutdown()
