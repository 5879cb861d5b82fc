#!/bin/sh
# Runs uv, the installer that everything else is set up with; fetches it on first use.
# Needs only python3 with pip: no virtual environment module, no root.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
version=0.13.9
export UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_NO_PROGRESS=1 UV_NO_CONFIG=1
if [ ! -x "$root/.uv/bin/uv" ] || [ "$("$root/.uv/bin/uv" --version | cut -d' ' -f2)" != "$version" ]; then
  python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location \
    --root-user-action=ignore --no-deps --upgrade --target "$root/.uv" "uv==$version"
fi
exec "$root/.uv/bin/uv" "$@"
