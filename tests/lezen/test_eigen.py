"""What an area reads of its own deliveries before release: which of its rows count, and which gave way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from koppen import KOPPEN

from app.lezen.verschil import eigen
from pipelines.bouwen import build

pytestmark = pytest.mark.usefixtures("hier_gelezen", "goedgekeurd")


def vacancies(*rijen: str) -> dict[str, str]:
    kop = KOPPEN["vacatures.vacatures"]
    return {"vacatures": "\n".join([kop, *(f"{rij},TOTAAL,sbi_q,200,,".replace("|", ",") for rij in rijen), ""])}


@pytest.mark.parametrize(
    ("eerst", "later", "telt"),
    [
        (["2022KW01|RA0101", "2022KW02|RA0101"], ["2022KW02|RA0101"], {"l1": (2, 1), "l2": (1, 1)}),
        # That somebody else still has a period there says nothing of these rows.
        (["2022KW01|RA0204", "2022KW02|RA0101"], ["2022KW02|RA0101"], {"l1": (1, 0), "l2": (1, 1)}),
        (["2022KW01|RA0101"], ["2022KW02|RA0101"], {"l1": (1, 1), "l2": (1, 1)}),
    ],
)
def test_rows_count_until_a_later_delivery_has_their_period(
    maak_levering: Callable[..., Path], tmp_path: Path, eerst: list[str], later: list[str], telt: dict[str, object]
) -> None:
    for nummer, rijen in enumerate((eerst, later), start=1):
        maak_levering(
            vacancies(*rijen), naam=f"l{nummer}", bron="vacatures", leverancier="UWV", ontvangen=f"2025-06-0{nummer}",
            periode="2022KW02",
        )  # fmt: skip
    build(tmp_path / "raw", tmp_path / "wh", als_concept=True)
    merk = eigen.find(tmp_path / "wh", "WGO01")
    assert merk is not None
    vooraf = eigen.read(tmp_path / "wh", merk)
    assert vooraf is not None
    gezien = {deel.levering_id.rpartition("/")[2]: (deel.rijen, deel.rijen_gebruikt) for deel in vooraf.leveringen}
    assert gezien == telt
