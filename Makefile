# The two commands that do everything: `make site` and `make test`. Both set up what they need.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help site serve test endure fix check lint types bench clean

help:            ## what can be made
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/: [^#]*## */\t/' | expand -t 12

site: .venv/ready ## build the website into site/
	$(BIN)/odebib build
	@echo
	@echo "The website is in site/; open it with    $(BIN)/odebib serve"
	@echo "All commands are there too, for instance $(BIN)/odebib check"
	@echo "or, after  . $(BIN)/activate , just       odebib --help"

serve: .venv/ready ## build, show on this machine, rebuild on change
	$(BIN)/odebib serve

test: .venv/ready-dev ## run all tests
	$(BIN)/python -m pytest

MINUTES ?= 10
endure: .venv/ready-dev ## damage sources by chance, for MINUTES=10, and see that nothing is lost
	$(BIN)/python tests/faults/fuzz.py --minutes $(MINUTES)

fix: .venv/ready-dev ## mend format and rules of the code, renew all generated files
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/python docs/generate.py

check: lint types test ## everything that a pull request must pass
	$(BIN)/odebib check

lint: .venv/ready-dev ## format and rules of the code
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks

types: .venv/ready-dev ## types of the code
	$(BIN)/mypy

bench: .venv/ready-dev ## time a build of a synthetic bibliography, by phase
	$(BIN)/python benchmarks/build.py --entries 1000

clean:           ## forget what was installed and cached
	rm -rf .venv .cache

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade --constraint constraints.txt pip

.venv/ready: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	touch $@
