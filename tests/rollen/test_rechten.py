"""Who may do what: every role against every right, written out, and nothing beside it."""

from __future__ import annotations

import pytest

from app.rollen.rechten import Recht, areas, may, read_role

# Reading, the committee's notes, filing a delivery of pfzw_dekking, of another source, publishing, a concept, what
# WGO01, another WGO and RA0101 see of it, and releasing it.
WIE_MAG = {
    "": "nee nee nee nee nee nee nee nee nee nee",
    "kijker": "ja nee nee nee nee nee nee nee nee nee",
    "wgo:WGO01": "ja nee nee nee nee nee ja nee nee nee",
    "regio:RA0101": "ja nee nee nee nee nee nee nee ja nee",
    "commissie": "ja ja nee nee nee nee nee nee nee nee",
    "leverancier:pfzw_dekking": "ja nee ja nee nee nee nee nee nee nee",
    "meelezer": "ja nee nee nee nee ja nee nee nee nee",
    "beheer": "ja nee ja ja ja ja nee nee nee ja",
}
VRAGEN = (
    (Recht.LEZEN, ""),
    (Recht.GESPREK, ""),
    (Recht.AANLEVEREN, "pfzw_dekking"),
    (Recht.AANLEVEREN, "verzuim"),
    (Recht.PUBLICEREN, ""),
    (Recht.CONCEPT, ""),
    (Recht.EIGEN_CONCEPT, "WGO01"),
    (Recht.EIGEN_CONCEPT, "WGO02"),
    (Recht.EIGEN_CONCEPT, "RA0101"),
    (Recht.VRIJGEVEN, ""),
)


@pytest.mark.parametrize(("tekst", "verwacht"), WIE_MAG.items())
def test_a_role_may_this_and_nothing_else(tekst: str, verwacht: str) -> None:
    rollen = [read_role(tekst)] if tekst else []
    gevonden = ["ja" if may(rollen, recht, waarvan) else "nee" for recht, waarvan in VRAGEN]
    assert " ".join(gevonden) == verwacht


def test_roles_add_up_and_a_supplier_reaches_the_page_of_deliveries() -> None:
    rollen = [read_role("commissie"), read_role("leverancier:verzuim")]
    assert may(rollen, Recht.GESPREK)
    assert may(rollen, Recht.AANLEVEREN)
    assert may(rollen, Recht.AANLEVEREN, "verzuim")
    assert not may(rollen, Recht.AANLEVEREN, "pfzw_dekking")


def test_who_has_roles_of_more_areas_sees_each_of_them_and_no_other() -> None:
    rollen = [read_role(tekst) for tekst in ("wgo:WGO01", "regio:RA0512", "wgo:WGO01", "leverancier:verzuim", "beheer")]
    assert areas(rollen) == ("WGO01", "RA0512")
    assert [may(rollen, Recht.EIGEN_CONCEPT, code) for code in ("WGO01", "RA0512", "WGO05", "verzuim")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "tekst",
    ["", "baas", "Kijker", "kijker:", "kijker:WGO01", "wgo", "wgo:", "wgo:WGO1", "regio:WGO01", "leverancier:../x",
     "leverancier:*", "beheer ", "commissie:RA0101"],
)  # fmt: skip
def test_what_is_no_role_is_refused_and_says_what_is(tekst: str) -> None:
    with pytest.raises(ValueError, match="Een rol is: kijker, wgo:…"):
        read_role(tekst)
