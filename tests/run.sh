#!/usr/bin/env bash
# Every check: style, types, tests, and the journeys in a real browser.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin

find_browser() {
    for naam in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        [ -n "$naam" ] && command -v "$naam" && return 0
    done
    return 1
}

# A browser is installed only where that is ours to do: as root, or in CI.
if ! find_browser >/dev/null && command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || [ -n "${CI:-}" ]; }; then
    echo "Geen browser gevonden; Debian's chromium wordt geïnstalleerd…"
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi
# PostgreSQL likewise: the committee's database is tested on SQLite and on a real server.
find_postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; }
if ! find_postgres && command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || [ -n "${CI:-}" ]; }; then
    echo "Geen PostgreSQL gevonden; Debian's postgresql wordt geïnstalleerd…"
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi
CHROMIUM=$(find_browser || true)
export CHROMIUM
# Many processes read the same modules: what one of them compiled, the others need not.
unset PYTHONDONTWRITEBYTECODE
# No test asks the internet for a map.
export REGIOMONITOR_GEBIEDEN=uit

# Commands of the monitor give way to whoever reads (pipelines/afspraken/voorrang.py): here they would wait for the other
# tests, and a test would take twice as long as its work. So all of it does, but for the one step by which that is seen.
renice -n 9 -p $$ >/dev/null || true

# What takes a second to tell is told first.
$bin/ruff check .
$bin/ruff format --check .

# The rest side by side, since none of it keeps a processor busy all the time: types and layers, the journeys, and the
# tests in two processes, by file for what a file shares. What most of them read is built by the first that asks.
check_types() { { $bin/lint-imports --no-cache >/dev/null || $bin/lint-imports --no-cache; } && $bin/mypy; }
travel() { $bin/python -m pytest tests/browser "$@"; }
verslagen=$(mktemp -d)
# Each a group of its own (set -m), so that an interruption reaches what it started as well.
set -m
check_types >"$verslagen/typen" 2>&1 &
typen=$!
travel "$@" >"$verslagen/reizen" 2>&1 &
reizen=$!
set +m
trap 'exit 130' INT
trap 'kill -INT -- "-$typen" "-$reizen" 2>/dev/null || true; rm -rf "$verslagen"' EXIT
fout=0
$bin/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder tests --ignore tests/browser "$@" || fout=$?
echo "Typen en lagen:"
wait "$typen" || fout=$?
cat "$verslagen/typen"
echo "Reizen in de browser:"
wait "$reizen" || fout=$?
cat "$verslagen/reizen"

if [ -z "$CHROMIUM" ]; then
    echo
    echo "LET OP: er is geen browser gevonden, dus deze reizen zijn NIET getest:"
    $bin/python -m pytest tests/browser --collect-only -q --no-header | grep '::' || true
    echo "Installeer Chromium, of zet CHROMIUM=/pad/naar/chromium, en draai make test opnieuw."
fi
if ! find_postgres; then
    echo
    echo "LET OP: er is geen PostgreSQL gevonden; de database van de commissie is alleen met SQLite getest."
    echo "Installeer PostgreSQL (Debian: postgresql) en draai make test opnieuw."
fi
exit "$fout"
