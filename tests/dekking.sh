#!/usr/bin/env bash
# How much of the code the tests reach, held against the floor in tests/dekking.txt; a higher outcome becomes the floor.
# Apart from `make test`: counting lines makes the tests slower. What an earlier run built is built again, and counted.
set -euo pipefail
cd "$(dirname "$0")/.."
export REGIOMONITOR_GEBIEDEN=uit
mkdir -p build/dekking
.venv/bin/python -m pytest --numprocesses 2 --dist loadfile tests --ignore tests/browser --cache-clear --cov --cov-report=
.venv/bin/coverage report > build/dekking/verslag.txt || true
bereikt=$(.venv/bin/coverage report --format=total)
bodem=$(cat tests/dekking.txt)
echo "De tests raken $bereikt% van de code; de bodem is $bodem%. Wat zij niet raken: build/dekking/verslag.txt"
if ! awk "BEGIN { exit !($bereikt >= $bodem) }"; then
    echo "Dat is minder dan het was. Schrijf een test voor wat er bij kwam."
    exit 1
fi
if awk "BEGIN { exit !($bereikt > $bodem) }"; then
    echo "$bereikt" > tests/dekking.txt
    echo "De bodem is nu $bereikt%; leg tests/dekking.txt vast."
fi
