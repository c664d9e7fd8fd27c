#!/usr/bin/env bash
# In full what `make test` tries with a seeded handful: being killed, damage, and the largest input. With paths only those.
set -euo pipefail
cd "$(dirname "$0")/.."
export REGIOMONITOR_GEBIEDEN=uit REGIOMONITOR_LANG=1
mkdir -p build
uit=0
# As it is when this begins: who goes on working meanwhile tries something else.
STORINGEN_COMMIT=$(git describe --always --dirty=", met wijzigingen")
export STORINGEN_COMMIT
# One at a time: each measures memory and waits for processes.
.venv/bin/python -m pytest -m lang --ignore tests/browser --junit-xml build/storingen.xml -o junit_family=xunit1 "${@:-tests}" || uit=$?
.venv/bin/python tests/hulp/breken/storingen.py build/storingen.xml docs/methoden/storingen-uitkomst.md "$@"
# What takes too long for `make test`: the checks of a commit over every file, and whether the tests reach less than they did.
if [ $# = 0 ]; then
    .venv/bin/pre-commit run --all-files || uit=$?
    env -u REGIOMONITOR_LANG tests/dekking.sh || uit=$?
fi
exit "$uit"
