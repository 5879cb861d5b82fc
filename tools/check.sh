#!/bin/sh
# The one definition of clean. Says all that is wrong, not only the first.
set -u
cd "$(dirname "$0")/.."
export PYTHONDONTWRITEBYTECODE=1
bin=.venv/bin
MEEDOEN_DATA=$(mktemp -d)
export MEEDOEN_DATA
trap 'rm -rf "$MEEDOEN_DATA"' EXIT
faults=0
templates=$(find src/meedoen/web/templates -name '*.html' | sort)

# expect WHAT COMMAND...: runs the command and shows what it printed only when it fails
expect() {
  what=$1
  shift
  if output=$("$@" 2>&1); then echo "ok    $what"; else
    echo "WRONG $what"
    printf '%s\n' "$output" | sed 's/^/      /'
    faults=$((faults + 1))
  fi
}

expect "format of the code" $bin/ruff format --check .
expect "lint" $bin/ruff check .
expect "types" $bin/mypy
expect "import contracts" $bin/lint-imports
# shellcheck disable=SC2086
expect "format of the templates" $bin/djhtml --check --tabwidth 2 $templates
expect "templates" $bin/djlint --lint --quiet src/meedoen/web/templates
expect "migrations" $bin/meedoen makemigrations --check --dry-run
expect "Django's checks for production" env MEEDOEN_HOSTS=meedoen.example $bin/meedoen check --deploy --fail-level WARNING
expect "licences of what is installed" $bin/python tools/licences.py
expect "REUSE" $bin/reuse lint --quiet
expect "English catalogue" $bin/python tools/messages.py --check
expect "generated reference" $bin/python tools/reference.py --check
expect "locks name no host" sh -c '! grep -nE "https?://" requirements/*.lock && ! grep -nE "\"resolved\"" package-lock.json'

[ "$faults" = 0 ] && echo "Clean." || { echo "$faults of the checks failed."; exit 1; }
