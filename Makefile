# make report | test | quick | lab   (on Windows: see docs/how-to/windows.md)
PYTHON ?= python3
PARAMS ?= params/pilotkommune.yml
VENV := .venv
BIN := $(VENV)/bin

.PHONY: report test quick lint lab reference benchmark lock clean

report: $(VENV)/ready
	$(BIN)/spm build $(PARAMS)

# Files in the order of tests/conftest.py: what takes longest begins.
PYTEST := $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

test: lint
	$(PYTEST) --durations 12

# Before every commit: without lint, whole reports and the browser
quick: $(VENV)/ready
	$(PYTEST) -q -m "not slow and not browser"

lint: $(VENV)/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

lab: $(VENV)/ready
	$(BIN)/spm prepare $(PARAMS)
	$(BIN)/jupyter lab notebooks

# The outputs that nbval compares with, and the pages under docs/reference/ that follow from the code:
# make them anew after a wanted change, and read the diff.
reference: $(VENV)/ready
	$(BIN)/python scripts/reference.py
	$(BIN)/python tests/reference/update.py

benchmark: $(VENV)/ready
	$(BIN)/python benchmarks/build.py

# Wheels are checked against the hashes of the lock file; where they come from is the machine's
# own setting.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "SPM needs Python 3.11 to 3.13: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Resolve the dependencies of pyproject.toml anew (needs uv).
lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	  --output-file requirements.lock

clean:
	rm -rf $(VENV) data/processed/* report/*
