"""The masks of DUO: -1, a 4 with INDICATIEAVG = J, and <5. None of them is the number that stands there."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipelines.afspraken.contract import GETALLEN, Tabel
from pipelines.afspraken.meldingen import Melding
from pipelines.levering.bestand.lezen import Gelezen
from pipelines.levering.bestand.woorden import among, replaced
from pipelines.levering.waarden.duiden import Geduid

BRON = "onderwijs"
INDICATIE = "INDICATIEAVG"
KOLOMMEN = {BRON: (INDICATIE,)}
_MIN_EEN, _MINDER_DAN_VIJF = "-1", "<5"
# So many fours and never a 1, 2 or 3: DUO's files of after 2023, without the column that says which are masked.
_VEEL_VIEREN = 5
_ADVIES = (
    f"DUO schrijft een 4 met {INDICATIE} = J waar 1 t/m 4 verborgen is. Lever de kolom {INDICATIE} (J of N) mee, "
    "of schrijf <5 waar het cijfer verborgen is."
)


def unmask(tabel: Tabel, gelezen: Gelezen, bestand: str) -> tuple[Gelezen, Geduid]:
    """Return the file without DUO's own column, its masks in the way of the contract, and what there is to say."""
    frame = gelezen.frame
    geduid = Geduid(frame)
    aantallen = [k.naam for k in tabel.kolommen.values() if k.type in GETALLEN and k.tijd and k.naam in frame]
    indicatie = next((naam for naam in frame.columns if naam.upper() == INDICATIE), None)
    if indicatie is not None:
        geduid.fouten += _wrong_marks(frame[indicatie], bestand)
        geheim = among(frame[indicatie], ("J", "j"))
        for naam in aantallen:
            frame = _hide(geduid, frame, naam, geheim & among(frame[naam], ["4"]), f"4 met {INDICATIE} = J", bestand)
        frame = frame.drop(columns=indicatie)
    for naam in aantallen:
        frame = _hide(geduid, frame, naam, among(frame[naam], [_MIN_EEN]), _MIN_EEN, bestand)
        if indicatie is None:
            geduid.fouten += _bare_fours(tabel, frame, naam, bestand)
    return replace(gelezen, frame=frame), replace(geduid, frame=frame)


def _hide(geduid: Geduid, frame: pd.DataFrame, naam: str, geheim: pd.Series, masker: str, bestand: str) -> pd.DataFrame:
    """Return the rows with these cells hidden, and note how many there are."""
    if not geheim.any():
        return frame
    nieuw = "." if masker == _MIN_EEN else _MINDER_DAN_VIJF
    rijen = [int(rij) for rij in frame.index[geheim]]
    tekst = f"'{masker}' is gelezen als {nieuw}, verborgen door DUO: {len(rijen)} keer."
    geduid.opmerkingen.append(Melding(bestand, tekst, rij=rijen[0], kolom=naam))
    oud = _MIN_EEN if masker == _MIN_EEN else "4"
    return frame.assign(**{naam: replaced(frame[naam], {oud: nieuw}, geheim)})


def _wrong_marks(kolom: pd.Series, bestand: str) -> list[Melding]:
    fout = kolom[~among(kolom, ("J", "j", "N", "n", ""))]
    if fout.empty:
        return []
    tekst = "Hier staat iets anders dan J of N."
    rijen = tuple(int(rij) for rij in fout.index[:200])
    return [Melding(bestand, tekst, rij=rijen[0], kolom=INDICATIE, advies=_ADVIES, aantal=len(fout), rijen=rijen)]


def _bare_fours(tabel: Tabel, frame: pd.DataFrame, naam: str, bestand: str) -> list[Melding]:
    """Return a message where a 4 may be a mask: beside other masks of its year, or where there is never a 1, 2 or 3."""
    tijd = next((k.naam for k in tabel.kolommen.values() if k.type == "periode" and k.naam in frame), None)
    vier = among(frame[naam], ["4"])
    if tijd is None or not vier.any():
        return []
    gemaskeerd = set(frame.loc[among(frame[naam], (".", _MINDER_DAN_VIJF)), tijd].unique())
    twijfel = vier & among(frame[tijd], gemaskeerd)
    if vier.sum() >= _VEEL_VIEREN and not among(frame[naam], ("1", "2", "3")).any():
        twijfel = vier
    if not twijfel.any():
        return []
    rijen = tuple(int(rij) for rij in frame.index[twijfel][:200])
    tekst = "'4' kan hier een masker van DUO zijn: andere kleine aantallen zijn verborgen of komen niet voor."
    aantal = int(twijfel.sum())
    return [Melding(bestand, tekst, rij=rijen[0], kolom=naam, advies=_ADVIES, aantal=aantal, rijen=rijen)]
