#!/bin/sh
# Runs every test: on SQLite, on a real PostgreSQL server, and in a real browser.
set -eu
cd "$(dirname "$0")/.."
# Compiled modules start quicker, also in the processes that tests start; not beside the source.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$PWD/.setup/compiled"
MEEDOEN_DATA=$(mktemp -d)
export MEEDOEN_DATA
trap 'rm -rf "$MEEDOEN_DATA"' EXIT
pytest=".venv/bin/pytest -q -p no:cacheprovider"
jobs=$(nproc)

echo "== On SQLite"
$pytest -n "$jobs" --dist worksteal -m "not browser"
echo "== On PostgreSQL: everything that uses the database"
.venv/bin/python tests/postgres.py $pytest -n "$jobs" --dist worksteal -m "not browser" --only-database --ignore=tests/rules --ignore=tests/architecture
echo "== In Chromium"
MEEDOEN_TEST_FILE=1 $pytest -n "$jobs" --dist worksteal tests/journeys
