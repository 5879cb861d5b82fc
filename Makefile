# What people and the build server run; each target does its own set-up first.
SERVE ?= 1
PORT ?= 8000
RESIDENTS ?= 2500
SEED ?= 1

.PHONY: help demo serve test check bench messages lock clean

help:            ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/: *##/:/' | awk -F: '{printf "make %-10s%s\n", $$1, $$2}'

demo:            ## Set up, build the demo town, run the chain, print the figures, serve the site
	@sh tools/setup.sh runtime
	@sh tools/demo.sh "$(SEED)" "$(RESIDENTS)"
	@if [ "$(SERVE)" = 0 ]; then echo "Start the site with: .venv/bin/meedoen serve --port $(PORT)"; \
	  else exec .venv/bin/meedoen serve --port "$(PORT)"; fi

serve:           ## Serve what is there
	@sh tools/setup.sh runtime
	@exec .venv/bin/meedoen serve --port "$(PORT)"

test:            ## Run all tests: plain, on SQLite, on PostgreSQL, and in a real browser
	@sh tools/debian.sh
	@sh tools/setup.sh development
	@sh tools/test.sh

check:           ## Say whether the code is clean
	@sh tools/setup.sh development
	@sh tools/check.sh

bench:           ## Measure speed as ratios, in one run
	@sh tools/setup.sh development
	@.venv/bin/python benchmarks/indicators.py
	@.venv/bin/python benchmarks/search.py
	@.venv/bin/python benchmarks/one_list.py
	@.venv/bin/python benchmarks/matching.py
	@.venv/bin/python benchmarks/flows.py
	@.venv/bin/python benchmarks/network.py

messages:        ## Bring the English catalogue up to date with the Dutch texts
	@sh tools/setup.sh development
	@.venv/bin/python tools/messages.py

lock:            ## Write the locks anew
	@sh tools/lock.sh

clean:           ## Remove what set-up made; the data folder stays
	@rm -rf .venv .uv .setup node_modules src/meedoen/web/static/build
