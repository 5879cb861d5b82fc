#!/bin/sh
# Builds the demo town when it is not there yet, runs the chain and prints the figures.
set -eu
cd "$(dirname "$0")/.."
# Three processes start the same modules: compiled once, each starts quicker. Some machines switch
# that off for everything.
unset PYTHONDONTWRITEBYTECODE
seed=$1
residents=$2
meedoen=.venv/bin/meedoen
$meedoen prepare
$meedoen build-demo --seed "$seed" --residents "$residents"
$meedoen run-demo
