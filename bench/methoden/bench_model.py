"""What a small-area model gains: error of direct figures and of model estimates, where WGO's truly differ.

True shares around 50 % with a spread of 0, 5 or 10 points between WGO's; answers as many as in the nulmeting, of the
WGO's that may be shown. Prints the root mean squared error in points, and how often the model's interval holds.

    nice python bench/methoden/bench_model.py
"""

from __future__ import annotations

import numpy as np
from bench_toets import _designs

from pipelines.afspraken.codelijsten import MINSTE_RESPONDENTEN
from pipelines.rekenen.steekproef.kleingebied import fit_areas

KEREN = 1000


def main() -> None:
    """Print the error of both per true spread."""
    rng = np.random.default_rng(2021)
    aantallen = [plek for plek in _designs()["nulmeting"].values() if plek[1] >= MINSTE_RESPONDENTEN]
    uitgenodigd, n = (np.array(reeks) for reeks in zip(*aantallen, strict=True))
    print("echte spreiding  fout direct  fout model  interval van 95% houdt")
    for spreiding in (0.0, 0.05, 0.1):
        direct, model, raak = [], [], []
        for _ in range(KEREN):
            kans = np.clip(rng.normal(0.5, spreiding, len(n)), 0.02, 0.98)
            ja = rng.binomial(uitgenodigd, kans)
            echt, gezien = ja / uitgenodigd, rng.hypergeometric(ja, uitgenodigd - ja, n) / n
            binnen = float((n * gezien * (1 - gezien)).sum() / (n.sum() - len(n)))
            uit = fit_areas(gezien, (1 - n / uitgenodigd) * binnen / n)
            direct.append((gezien - echt) ** 2)
            model.append((uit.waarde - echt) ** 2)
            raak.append(np.abs(uit.waarde - echt) <= 1.96 * np.sqrt(uit.mse))
        fout = (100 * np.sqrt(np.mean(deel)) for deel in (direct, model))
        print("{:14.0f}  {:11.1f}  {:10.1f}  {:.1%}".format(100 * spreiding, *fout, np.mean(raak)))


if __name__ == "__main__":
    main()
