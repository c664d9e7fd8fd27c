"""What the service counts of itself, for who keeps it running: nothing of who asked, or for what."""

from __future__ import annotations

import threading

from prometheus_client import Counter, Histogram

# A choice of a reader should be under 0.3 s for nearly all; the borders lie around that.
DRAAIEN = Histogram(
    "regiomonitor_rerun_seconds", "Seconden per keuze van een lezer", buckets=(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10)
)
FOUTEN = Counter("regiomonitor_failures", "Pagina's en verzoeken die misgingen", ["waar"])
# Set once a page was shown, whoever asked for it.
GETOOND = threading.Event()
