"""The page around the app: Dutch, strict, and nothing from elsewhere."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import streamlit
from contrast import contrast

from app.beeld import markup
from app.beeld.stijl import DONKER, LETTER, LICHT
from app.dienst import asgi
from app.dienst.asgi import content_security_policy, rewrite_page
from app.dienst.inlezen import warm_up
from app.dienst.toegang import allowed_addresses
from app.raam.paginas import INGANGEN, PADEN


@pytest.fixture(scope="module")
def pagina() -> str:
    return rewrite_page((Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8"))


def test_page_is_dutch_and_our_own(pagina: str) -> None:
    assert '<html lang="nl">' in pagina
    assert "<title>Regiomonitor</title>" in pagina
    assert "favicon.png" not in pagina
    assert "You need to enable" not in pagina
    assert "https://" not in pagina


def test_the_letters_come_from_here_with_their_licence(pagina: str) -> None:
    letter = asgi._LETTER
    assert letter[:4] == b"wOF2"
    assert len(letter) < 40_000
    assert f'href="{asgi._LETTERPAD}"' in pagina
    assert asgi._STIJL.startswith(f'@font-face{{font-family:"{LETTER}"')
    licentie = (asgi._MAP / "statisch" / "letter" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licentie


def test_the_menu_has_six_entries_and_every_page_is_in_it_or_at_the_foot(pagina: str) -> None:
    menu = re.findall(r'<a href="([^"]*)" data-paden="([^"]*)">([^<]*)</a>', pagina)
    assert [naam for *_, naam in menu] == list(INGANGEN)
    assert len(menu) == 6
    genoemd = {pad for _, paden, _ in menu for pad in paden.split()}
    assert genoemd | {"/aanleveren", "/toegankelijkheid", "/vooraf"} == PADEN


def test_policy_allows_only_the_inline_script_that_is_there(pagina: str) -> None:
    inline = pagina.split("<script>")[1].split("</script>")[0]
    haal = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    policy = content_security_policy(pagina)
    assert f"script-src 'self' 'sha256-{haal}';" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("adres", "host", "is_streng"),
    [
        ("https://monitor.voorbeeld.nl", b"monitor.voorbeeld.nl", True),
        ("https://monitor.voorbeeld.nl", b"localhost:8501", False),
        ("http://monitor.voorbeeld.nl", b"monitor.voorbeeld.nl", False),
        ("", b"localhost:8501", False),
    ],
)
def test_who_comes_over_tls_never_comes_without_again_with_login_or_open(
    adres: str, host: bytes, is_streng: bool
) -> None:
    gezonden: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(bericht: Any) -> None:
        gezonden.append(bericht)

    laag = asgi.HeaderMiddleware(app, allowed_addresses(8501, "127.0.0.1", adres))
    asyncio.run(laag({"type": "http", "path": "/kaart", "headers": [(b"host", host)]}, None, send))  # type: ignore[arg-type]
    koppen = dict(gezonden[0]["headers"])
    assert (koppen.get(b"strict-transport-security") == b"max-age=31536000") is is_streng
    assert koppen[b"x-content-type-options"] == b"nosniff"


def test_streamlit_still_knows_our_settings() -> None:
    # An option that a newer version no longer has is skipped without a word, and with it what it did for fifty readers.
    tekst = (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    for deel, opties in tomllib.loads(tekst).items():
        if deel != "theme":
            for naam, waarde in opties.items():
                assert streamlit.config.get_option(f"{deel}.{naam}") == waarde


def test_a_server_starts_without_a_publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGIOMONITOR_WAREHOUSE", str(tmp_path))
    warm_up()


def test_a_page_is_called_by_its_address_in_what_the_browser_gets() -> None:
    from app import hoofd

    # Streamlit's own is 32 characters, in some fifty parts of every page.
    assert isinstance(vars(streamlit.Page)["_script_hash"], property)
    pagina = object.__new__(hoofd._Page)
    pagina._url_path = "kaart"
    assert pagina._script_hash == "kaart"


def test_html_escapes_everything_that_is_not_html() -> None:
    kwaad = '<img src=x onerror="alert(1)">'
    assert "<img" not in markup.tag("p", kwaad, title=kwaad)
    assert "<img" not in markup.table(("a", "b"), [(kwaad, kwaad)], bijschrift=kwaad)
    assert markup.link("klik", "javascript:alert(1)") == "klik"


@pytest.mark.parametrize("palet", [LICHT, DONKER])
def test_text_on_tiles_can_be_read(palet) -> None:
    paren = [
        *zip(palet.oplopend, palet.oplopend_tekst, strict=True),
        *zip(palet.tweezijdig, palet.tweezijdig_tekst, strict=True),
    ]
    paren += [(palet.leeg, palet.inkt), (palet.achtergrond, palet.gedempt), (palet.vlak, palet.inkt)]
    paren += [(palet.achtergrond, kleur) for kleur in (*palet.pijlers.values(), *palet.reeksen, palet.voorbeeld)]
    te_zwak = [(a, b, round(contrast(a, b), 2)) for a, b in paren if contrast(a, b) < 4.5]
    assert not te_zwak
