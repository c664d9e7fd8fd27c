#!/usr/bin/env bash
# In full what `make test` tries with a seeded handful: being killed, damage, and the largest input.
set -euo pipefail
cd "$(dirname "$0")/.."
export REGIOMONITOR_GEBIEDEN=uit REGIOMONITOR_LANG=1
# One at a time: each measures memory and waits for processes.
.venv/bin/python -m pytest -m lang tests --ignore tests/browser "$@"
