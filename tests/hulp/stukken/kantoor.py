"""LibreOffice, where this computer has the part of it that a file needs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

# The library that LibreOffice reads a kind of file with; Debian installs each part apart.
_DELEN = {"xlsx": "libsclo.so", "docx": "libswlo.so", "pptx": "libsdlo.so"}


def _program(*formaten: str) -> str | None:
    programma = shutil.which("soffice")
    if programma is None:
        return None
    map_ = Path(programma).resolve().parent
    return programma if all((map_ / _DELEN[formaat]).exists() for formaat in formaten) else None


def needs_libreoffice(*formaten: str) -> pytest.MarkDecorator:
    """Skip, aloud, where LibreOffice cannot read these kinds of files."""
    return pytest.mark.skipif(
        _program(*formaten) is None, reason=f"geen LibreOffice voor {' en '.join(formaten)} op deze computer"
    )


def save_again(bestand: Path) -> Path:
    """Return the file as LibreOffice opens and saves it, in folder na/ beside it."""
    formaat = bestand.suffix.removeprefix(".")
    programma = _program(formaat)
    assert programma is not None
    na = bestand.parent / "na"
    opdracht = [programma, f"-env:UserInstallation=file://{bestand.parent}/profiel", "--headless"]
    subprocess.run(
        [*opdracht, "--convert-to", formaat, "--outdir", str(na), str(bestand)],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    return na / bestand.name
