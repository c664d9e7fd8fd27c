"""Every package that serving installs has a licence that was looked at."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from pipelines.afspraken.schrift.veilig_yaml import load_yaml
from pipelines.documentatie.licenties import LICENTIES, licence_terms, locked

GEGEVENS = load_yaml(LICENTIES)
# What a package that says it in no other way calls itself.
SOORT = {"BSD": r"BSD-\d-Clause", "MIT": r"MIT", "Apache": r"Apache-2\.0", "Mozilla|MPL": r"MPL-2\.0"}


def said_by(pakket: str) -> str:
    """Return the licence that a package that is installed says it has, in whatever words; empty where it says none."""
    gegevens = metadata(pakket)
    soorten = [s for s in gegevens.get_all("Classifier") or [] if s.startswith("License ::")]
    return gegevens.get("License-Expression") or " ".join([*soorten, (gegevens.get("License") or "")[:60]]).strip()


def test_every_package_in_the_lock_was_looked_at_and_no_other_is_listed() -> None:
    assert set(GEGEVENS["pakketten"]) == set(locked())


@pytest.mark.parametrize("pakket", sorted(GEGEVENS["pakketten"]))
def test_the_licence_is_one_that_may_be_and_the_one_the_package_says(pakket: str) -> None:
    licentie = GEGEVENS["pakketten"][pakket]
    assert any(set(keuze) <= set(GEGEVENS["toegestaan"]) for keuze in licence_terms(licentie)), licentie
    try:
        gezegd = said_by(pakket)
    except PackageNotFoundError:
        return
    if gezegd and gezegd != licentie:
        assert any(re.search(woord, gezegd) and re.search(spdx, licentie) for woord, spdx in SOORT.items()), gezegd
    assert not re.search(r"\b[AL]?GPL", gezegd) or "GPL" in licentie


def test_a_licence_that_may_not_be_is_found() -> None:
    for uitdrukking, mag in (("MIT AND GPL-3.0-only", False), ("GPL-3.0-only OR MIT", True), ("AGPL-3.0-only", False)):
        assert any(set(keuze) <= set(GEGEVENS["toegestaan"]) for keuze in licence_terms(uitdrukking)) is mag
