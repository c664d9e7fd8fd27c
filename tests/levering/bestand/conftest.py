"""Reading one file as a supplier would have sent it, and the messages when it is refused."""

from __future__ import annotations

import pytest

from pipelines.afspraken.meldingen import AfgekeurdError
from pipelines.levering.bestand.tekst import read_text_table


@pytest.fixture
def lees(tmp_path):
    def read(inhoud: str | bytes, naam: str = "t.csv"):
        pad = tmp_path / naam
        pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())
        return read_text_table(pad)

    return read


@pytest.fixture
def weiger(lees):
    def refuse(inhoud: str | bytes, naam: str = "t.csv") -> list[str]:
        with pytest.raises(AfgekeurdError) as fout:
            lees(inhoud, naam)
        return [str(melding).splitlines()[0] for melding in fout.value.meldingen]

    return refuse
