#!/bin/sh
# Sets up what the project needs to run ("runtime") or to be worked on ("development").
# Needs only python3 (3.11) with pip. Each step leaves a stamp, so doing it again costs nothing.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-runtime}
case "$kind" in runtime | development) ;; *) echo "usage: tools/setup.sh runtime|development" >&2; exit 2 ;; esac
mkdir -p .setup
# Compiled modules start quicker; some machines switch them off for everything.
unset PYTHONDONTWRITEBYTECODE

# fresh NAME FILE...: succeeds when NAME was last done with exactly these files
fresh() { stamp=".setup/$1"; shift; [ "$(cat "$@" | sha256sum)" = "$(cat "$stamp" 2>/dev/null || true)" ]; }
done_with() { stamp=".setup/$1"; shift; cat "$@" | sha256sum > "$stamp"; }

# Debian's own Python, when it is the one of the locks. Debian compiles it by a profile of real
# work; one that stands before it on the PATH (of pyenv) seldom is, and takes a quarter longer.
debians_python() {
  /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null &&
    echo "--python /usr/bin/python3"
}

# The larger set also serves the smaller purpose: do not take packages away again.
[ "$kind" = runtime ] && [ -f .setup/development ] && kind=development
lock="requirements/$kind.lock"
if [ ! -x .venv/bin/meedoen ] || ! fresh "$kind" "$lock" pyproject.toml; then
  echo "Installing the Python packages ($kind)"
  # shellcheck disable=SC2046
  [ -x .venv/bin/python ] || sh tools/uv.sh venv --quiet $(debians_python) .venv
  sh tools/uv.sh pip sync --quiet --python .venv --require-hashes "$lock"
  sh tools/uv.sh pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
  done_with "$kind" "$lock" pyproject.toml
fi

sources=$(find src/meedoen/web/styles src/meedoen/web/scripts \( -name '*.css' -o -name '*.js' \) | sort)
# shellcheck disable=SC2086
if [ ! -f src/meedoen/web/static/build/meedoen.css ] || [ ! -f src/meedoen/web/static/build/meedoen.js ] || ! fresh style package.json package-lock.json $sources; then
  echo "Building the style sheet and the script"
  PATH="$PWD/.venv/bin:$PATH" npm ci --silent
  PATH="$PWD/.venv/bin:$PATH" npm run --silent build -- --log-level=warning
  # shellcheck disable=SC2086
  done_with style package.json package-lock.json $sources
fi

catalogues=$(find src/meedoen/locale -name '*.po' 2>/dev/null | sort)
# shellcheck disable=SC2086
if [ -n "$catalogues" ] && ! fresh messages $catalogues; then
  .venv/bin/pybabel --quiet compile --directory src/meedoen/locale --domain django
  # shellcheck disable=SC2086
  done_with messages $catalogues
fi
