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
# No test asks the internet for a map.
export REGIOMONITOR_GEBIEDEN=uit

# What most tests read is built while style and types are looked at, and kept while nothing changes.
$bin/python -m pytest tests/publicatie/test_publicatie.py >/dev/null 2>&1 &
bouw=$!
$bin/ruff check .
$bin/ruff format --check .
$bin/mypy
$bin/lint-imports --no-cache > /dev/null || { $bin/lint-imports --no-cache; exit 1; }
# A failure is for the tests themselves to tell.
wait "$bouw" || true
# By file over two processes, for what a file shares; the browser apart, and each journey wherever there is room.
$bin/python -m pytest --numprocesses 2 --dist loadfile tests --ignore tests/browser "$@"
$bin/python -m pytest --numprocesses 2 --dist worksteal tests/browser "$@"

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
