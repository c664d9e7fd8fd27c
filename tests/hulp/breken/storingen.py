"""Write down what `make faults` found: of which commit, when, on which machine, and per test how it ended."""

from __future__ import annotations

import os
import platform
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

WOORD = {"failure": "mislukt", "error": "mislukt", "skipped": "overgeslagen"}


def summary(xml: Path) -> list[str]:
    """Return one row per test function: what it tried, how often, how many steps in all, and how that ended."""
    gelukt: dict[tuple[str, str], Counter[str]] = {}
    for geval in ET.parse(xml).iter("testcase"):
        telling = gelukt.setdefault((str(geval.get("file")), str(geval.get("name")).partition("[")[0]), Counter())
        telling[next((WOORD[deel.tag] for deel in geval if deel.tag in WOORD), "gelukt")] += 1
        telling["stappen"] += sum(int(deel.get("value", 0)) for deel in geval.iter("property"))
        telling["keer"] += 1
    return [
        f"| `{bestand}` | {naam.removeprefix('test_').replace('_', ' ')} | {telling.pop('keer')} | "
        f"{telling.pop('stappen') or ''} | {', '.join(f'{aantal} {woord}' for woord, aantal in telling.items())} |"
        for (bestand, naam), telling in sorted(gelukt.items())
    ]


def machine() -> str:
    """Return what this ran on, and how busy that was."""
    geheugen = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 10**9
    return (f"{platform.system()} {platform.machine()}, {os.cpu_count()} processoren, {geheugen} GB, "
            f"Python {platform.python_version()}, load {os.getloadavg()[2]:.1f} over het laatste kwartier")  # fmt: skip


def main() -> None:
    """Write the page of what was tried."""
    xml, doel, deel = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    commit = os.environ["STORINGEN_COMMIT"]
    wat = f"een deel: {' '.join(deel)}" if deel else "alles"
    regels = [
        "# Storingen: de laatste uitkomst", "",
        "Dit blad schrijft `make faults` zelf; zie [wat er is geprobeerd](storingen.md).", "",
        f"- Geprobeerd: {wat}", f"- Commit: {commit}", f"- Wanneer: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"- Waarop: {machine()}", "",
        "| bestand | test | keer | stappen | uitkomst |", "|---|---|---|---|---|", *summary(xml), "",
    ]  # fmt: skip
    doel.write_text("\n".join(regels), encoding="utf-8")


if __name__ == "__main__":
    main()
