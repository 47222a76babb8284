# make run | test | check | bench | pictures | clean. Each makes .venv first when it is missing or older than pyproject.toml.

PYTHON ?= python3
PYTEST_FLAGS ?= -n 2
VENV := .venv
STAMP := $(VENV)/.made
BIN := $(VENV)/bin

.PHONY: run test check bench pictures clean qt offscreen_qt
.DELETE_ON_ERROR:

run: $(STAMP) qt
	@$(BIN)/python main.py $(PLAN)

test: check offscreen_qt
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(PYTEST_FLAGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) offscreen_qt
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

pictures: $(STAMP) offscreen_qt
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m docs.pictures

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Said before Qt dies: which system packages it needs on this machine.
qt: $(STAMP)
	@$(BIN)/python -I ui/system_libraries.py

offscreen_qt: $(STAMP)
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -I ui/system_libraries.py

$(STAMP): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Offtake needs Python 3.11 or later, and $(PYTHON) was not found: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Offtake needs Python 3.11 or later, and $(PYTHON) is $$($(PYTHON) --version 2>&1): make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment: install venv (Debian, Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  echo "Making the virtual environment $(VENV) with $$($(PYTHON) --version)"; $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing what pyproject.toml asks for into $(VENV) (about a minute the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(STAMP)
