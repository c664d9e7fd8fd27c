#!/usr/bin/env bash
# The package as it is in the last commit: the same file, to the byte, wherever and whenever it is built.
set -euo pipefail
cd "$(dirname "$0")/.."
# Who may read the files in it is part of the file.
umask 022
bron=$(mktemp -d)
trap 'rm -rf "$bron"' EXIT
git archive HEAD | tar -x --no-same-permissions -C "$bron"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
.venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w "${1:-build}" "$bron"
.venv/bin/python -c 'import hashlib, pathlib, sys
for pad in pathlib.Path(sys.argv[1]).glob("*.whl"): print(hashlib.sha256(pad.read_bytes()).hexdigest(), pad)' "${1:-build}"
