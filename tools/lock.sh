#!/bin/sh
# Writes the locks anew from pyproject.toml: every package with its hashes, no name of a host.
set -eu
cd "$(dirname "$0")/.."
compile() {
  sh tools/uv.sh pip compile --quiet --python-version 3.11 --python-platform x86_64-manylinux_2_28 \
    --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml "$@"
}
compile --group build --output-file requirements/runtime.lock
compile --group build --group test --group lint --constraint requirements/runtime.lock --output-file requirements/development.lock
