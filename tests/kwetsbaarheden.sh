#!/usr/bin/env bash
# Which packages of a server have a known vulnerability? What could not be looked up is said, and is no success.
set -euo pipefail
cd "$(dirname "$0")/.."
verslag=$(mktemp)
trap 'rm -f "$verslag"' EXIT
fout=0
# Of the lock itself and not of what happens to be installed; nothing is downloaded or run.
"${KETEN:-.venv/keten/bin}/pip-audit" --requirement requirements.lock --require-hashes --disable-pip \
    --format json --progress-spinner off --output "$verslag" || fout=$?
.venv/bin/python - "$verslag" "$fout" <<'EINDE'
import json, pathlib, sys

try:
    pakketten = json.loads(pathlib.Path(sys.argv[1]).read_text())["dependencies"]
except (ValueError, KeyError):
    pakketten = []
gezien = [p for p in pakketten if "skip_reason" not in p]
for pakket in gezien:
    for lek in pakket["vulns"]:
        beter = ", ".join(lek["fix_versions"]) or "nog geen"
        print(f"{pakket['name']} {pakket['version']}: {lek['id']}; verholpen in: {beter}")
lek = sum(bool(p["vulns"]) for p in gezien)
over = len(pakketten) - len(gezien)
if not gezien or over:
    print(f"\nLET OP: {over or 'alle'} pakketten zijn NIET nagekeken; pip-audit kreeg hun gegevens niet. Dit is geen "
          "goedkeuring.\nDraai make kwetsbaarheden waar pypi.org te bereiken is.", file=sys.stderr)
else:
    print(f"{len(gezien)} pakketten nagekeken; {lek} met een bekende kwetsbaarheid.")
sys.exit(1 if lek else 2 if over or not gezien else 0)
EINDE
