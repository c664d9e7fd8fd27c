"""Who asks, by what the provider said and by the settings of now."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from toegangsbed import login_settings

from app.rollen.instellingen import load
from app.rollen.lezer import NIEMAND, OP_LOOPBACK, OPEN, VOORBIJGANGER, identify, judge
from app.rollen.rechten import Recht
from pipelines.afspraken.meldingen import AfgekeurdError

GOED = (
    login_settings()
    + """[toegang.org]
rolveld = "groups"
personen = { "Jo@voorbeeld.nl" = ["commissie"], "weg@voorbeeld.nl" = [] }
groepen = { "srs" = ["kijker", "wgo:WGO01"] }
"""
)
# Noon; a session lasts eight hours.
BEGIN = 1_800_000_000
JO: dict[str, Any] = {
    "provider": "org", "origin": "https://monitor.voorbeeld.nl", "is_logged_in": True, "iat": BEGIN,
    "email": "jo@voorbeeld.nl", "email_verified": True,
}  # fmt: skip


def write(map_: Path, tekst: str = GOED) -> Path:
    pad = map_ / "toegang.toml"
    pad.write_text(tekst, encoding="utf-8")
    pad.chmod(0o600)
    return pad


def roles(map_: Path, gegevens: dict[str, Any], *, na: float = 60, tekst: str = GOED) -> list[str]:
    lezer = identify(gegevens, load(write(map_, tekst)), BEGIN + na)
    return [str(rol) for rol in lezer.rollen]


def test_roles_come_from_the_list_of_persons_else_from_the_groups(tmp_path: Path) -> None:
    assert roles(tmp_path, JO) == ["commissie"]
    assert roles(tmp_path, JO | {"email": "JO@Voorbeeld.nl"}) == ["commissie"]
    assert roles(tmp_path, JO | {"email": "an@voorbeeld.nl", "groups": ["srs", "anders"]}) == ["kijker", "wgo:WGO01"]
    assert roles(tmp_path, JO | {"email": "an@voorbeeld.nl", "groups": "srs"}) == ["kijker", "wgo:WGO01"]
    assert roles(tmp_path, JO | {"email": "an@voorbeeld.nl"}) == []
    # Listed with no role: out, whatever the groups say.
    assert roles(tmp_path, JO | {"email": "weg@voorbeeld.nl", "groups": ["srs"]}) == []


@pytest.mark.parametrize(
    "anders",
    [
        {"email_verified": False}, {"email_verified": "true"}, {"provider": "elders"}, {"provider": None},
        {"origin": "https://elders.nl"}, {"is_logged_in": False}, {"is_logged_in": "ja"}, {"iat": None},
        {"iat": True}, {"email": ""}, {"email": ["jo@voorbeeld.nl"]}, {"email": "jo@voorbeeld.nl\n"},
        {"iat": BEGIN + 1000}, {"groups": {"srs": 1}, "email": "an@voorbeeld.nl"},
    ],
)  # fmt: skip
def test_what_the_provider_did_not_say_gives_nothing(tmp_path: Path, anders: dict[str, Any]) -> None:
    assert roles(tmp_path, JO | anders) == []


def test_an_account_stays_the_same_under_another_name_and_is_that_of_one_issuer(tmp_path: Path) -> None:
    instellingen = load(write(tmp_path))

    def account(**gegevens: Any) -> str:
        return identify(JO | gegevens, instellingen, BEGIN + 60).account

    jo = account(iss="https://inloggen.voorbeeld.nl", sub="1")
    assert jo == account(iss="https://inloggen.voorbeeld.nl", sub="1", email="anders@voorbeeld.nl")
    assert jo != account(iss="https://inloggen.voorbeeld.nl", sub="2")
    assert jo != account(iss="https://elders.nl", sub="1")
    assert "inloggen" not in jo
    # What does not say who it is for good is nobody, who can release nothing.
    for gegevens in ({}, {"sub": "1"}, {"iss": "x"}, {"iss": "x", "sub": ""}, {"iss": "x", "sub": 1}):
        assert account(**gegevens) == ""


def test_a_session_ends_after_its_hours_and_a_clock_that_is_five_minutes_off_does_not_matter(tmp_path: Path) -> None:
    assert roles(tmp_path, JO, na=8 * 3600 - 1) == ["commissie"]
    assert roles(tmp_path, JO, na=8 * 3600) == []
    assert roles(tmp_path, JO, na=-300) == ["commissie"]
    assert roles(tmp_path, JO, na=-301) == []


def test_a_role_that_is_taken_away_is_gone_at_the_next_question(tmp_path: Path) -> None:
    pad = write(tmp_path)
    assert judge(str(pad), lambda: JO, BEGIN + 60).rollen
    write(tmp_path, GOED.replace('["commissie"]', "[]"))
    os.utime(pad, ns=(1, 1))
    assert not judge(str(pad), lambda: JO, BEGIN + 60).rollen


def test_a_role_that_a_provider_gave_is_gone_at_the_next_question_once_the_list_has_the_person_without_one(
    tmp_path: Path,
) -> None:
    pad, an = write(tmp_path), JO | {"email": "an@voorbeeld.nl", "groups": ["srs"]}
    assert judge(str(pad), lambda: an, BEGIN + 60).may(Recht.EIGEN_CONCEPT, "WGO01")
    write(tmp_path, GOED.replace('"weg@voorbeeld.nl" = []', '"an@voorbeeld.nl" = []'))
    os.utime(pad, ns=(1, 1))
    assert judge(str(pad), lambda: an, BEGIN + 61).rollen == ()


def test_who_has_a_role_of_a_group_comes_back_after_its_minutes_and_who_is_listed_does_not(tmp_path: Path) -> None:
    kort = GOED.replace("[toegang.org]", "[toegang]\ngroep_minuten = 15\n[toegang.org]")
    an = JO | {"email": "an@voorbeeld.nl", "groups": ["srs"]}
    assert roles(tmp_path, an, na=15 * 60 - 1, tekst=kort) == ["kijker", "wgo:WGO01"]
    # Not somebody without a role, who would be told to ask for one: nobody, who logs in again.
    assert identify(an, load(write(tmp_path, kort)), BEGIN + 15 * 60) == NIEMAND
    assert roles(tmp_path, JO, na=15 * 60, tekst=kort) == ["commissie"]
    # Without the line it is as short.
    assert roles(tmp_path, an, na=15 * 60 - 1) == ["kijker", "wgo:WGO01"]
    assert roles(tmp_path, an, na=15 * 60) == []
    # Never longer than a session.
    lang = kort.replace("15", "600")
    assert roles(tmp_path, an, na=8 * 3600, tekst=lang) == []
    for fout in ("4", "1441", "true", '"15"'):
        with pytest.raises(AfgekeurdError, match="groep_minuten is een getal van 5 tot en met 1440"):
            load(write(tmp_path, kort.replace("15", fout)))


def test_an_open_address_shows_the_publication_and_who_logs_in_more(tmp_path: Path) -> None:
    tekst = GOED.replace("[toegang.org]", "[toegang]\nopenbaar = true\n[toegang.org]")
    assert roles(tmp_path, {}, tekst=tekst) == ["kijker"]
    assert roles(tmp_path, JO, tekst=tekst) == ["kijker", "commissie"]


def test_without_login_it_is_all_here_and_reading_elsewhere(tmp_path: Path) -> None:
    assert [str(r) for r in judge(OP_LOOPBACK, dict, BEGIN).rollen] == ["beheer", "commissie"]
    assert judge(OPEN, dict, BEGIN) == VOORBIJGANGER
    assert judge("", dict, BEGIN) == VOORBIJGANGER
    assert judge(str(tmp_path / "weg.toml"), lambda: JO, BEGIN) == NIEMAND


def test_a_file_that_is_too_large_is_called_so_and_not_read(tmp_path: Path) -> None:
    with pytest.raises(AfgekeurdError, match="groter dan 1 MB"):
        load(write(tmp_path, f"{GOED}#{'x' * 1_000_000}"))


def test_all_that_is_wrong_with_the_settings_is_said_at_once_and_no_secret_is(tmp_path: Path) -> None:
    tekst = (
        GOED.replace("/oauth2callback", "/terug")
        .replace("https://inloggen", "http://inloggen")
        .replace("01234567890123456789\"", '"')
        .replace('["kijker", "wgo:WGO01"]', '["kijker", "baas"]')
        .replace('"Jo@voorbeeld.nl" = ["commissie"]', '"Jo@voorbeeld.nl" = "commissie"')
        + "[toegang]\nsessie_uren = 0\n[toegang.elders]\n"
    )  # fmt: skip
    with pytest.raises(AfgekeurdError) as fout:
        load(write(tmp_path, tekst))
    gezegd = str(fout.value)
    for deel in ("redirect_uri", "https://", "cookie_secret is te kort", "'baas' is geen rol", '["kijker"]',
                 "sessie_uren", "elders hoort bij geen aanbieder"):  # fmt: skip
        assert deel in gezegd
    assert "geheim" not in gezegd.replace("cookie_secret", "")
    assert "0123456789" not in gezegd


@pytest.mark.parametrize(
    ("goed", "fout", "melding"),
    [
        # Whoever is to be kept out would be let in by a group.
        ('"weg@voorbeeld.nl" = []', '"jo@voorbeeld.nl" = []', "meer dan eens"),
        ('personen = { "Jo@voorbeeld.nl" = ["commissie"], "weg@voorbeeld.nl" = [] }',
         'personen = ["weg@voorbeeld.nl"]', "personen is een tabel"),
        ('groepen = { "srs" = ["kijker", "wgo:WGO01"] }', 'groepen = "srs"', "groepen is een tabel"),
        ("https://monitor", "http://monitor", "redirect_uri moet het https-adres"),
        ('titel = "x"', f"titel = {'[' * 20_000}", "geen TOML-bestand"),
    ],
)  # fmt: skip
def test_settings_that_would_not_do_what_they_seem_to_say_are_refused(
    tmp_path: Path, goed: str, fout: str, melding: str
) -> None:
    tekst = GOED.replace("[toegang.org]", '[toegang.org]\ntitel = "x"')
    assert load(write(tmp_path, tekst))
    assert goed in tekst
    with pytest.raises(AfgekeurdError, match=melding):
        load(write(tmp_path, tekst.replace(goed, fout)))


def test_a_name_is_that_of_one_person_whatever_letters_look_like(tmp_path: Path) -> None:
    # A space that was typed along keeps nobody in; the Kelvin sign is a k in lower case, and no k.
    tekst = GOED.replace('"weg@voorbeeld.nl"', '"weg@voorbeeld.nl "').replace("Jo@", "Kok@")
    assert roles(tmp_path, JO | {"email": "weg@voorbeeld.nl", "groups": ["srs"]}, tekst=tekst) == []
    assert roles(tmp_path, JO | {"email": "kok@voorbeeld.nl"}, tekst=tekst) == ["commissie"]
    assert roles(tmp_path, JO | {"email": "\N{KELVIN SIGN}ok@voorbeeld.nl"}, tekst=tekst) == []


def test_settings_that_others_can_read_are_refused(tmp_path: Path) -> None:
    pad = write(tmp_path)
    pad.chmod(0o644)
    with pytest.raises(AfgekeurdError, match="chmod 600"):
        load(pad)
