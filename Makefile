# `make run` and `make test` set up all they need from nothing but Python 3.11 or later and the package registry.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench soak accuracy seeds-schema env-example messages clean help

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s:

run: $(VENV)/.preview ## start: against Discord with DISCORD_TOKEN, else open the preview
	@$(BIN)/python -m bot start

test: $(VENV)/.test ## run the whole suite
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(VENV)/.test ## lint, format, strict types, seeds
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m bot check

bench: $(VENV)/.test ## speed and memory, beside a bare client
	$(BIN)/python -m bench

soak: $(VENV)/.test ## kill the bot a hundred times in the middle of 500 digests; each must arrive once
	$(BIN)/python -m tests.wire.soak --rounds $${ROUNDS:-100}

accuracy: $(VENV)/.test ## how well reports are read
	$(BIN)/python -m bench.accuracy_report

seeds-schema: $(VENV)/.test ## write the JSON Schemas of the seed files again
	$(BIN)/python -m bot.seeds

env-example: $(VENV)/.test ## write .env.example again
	$(BIN)/python -m bot.settings > .env.example

messages: $(VENV)/.test ## write the template for translators again
	$(BIN)/python -m bot.messages

lock: $(VENV)/.uv ## resolve the dependencies again
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --extra preview -c requirements.lock pyproject.toml -o requirements-preview.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --extra preview --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean: ## take away the environment
	rm -rf $(VENV)

$(VENV)/.uv: Makefile
	@echo "sitrep: setting up $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "sitrep: Python 3.11 or later is needed, this is " + sys.version.split()[0] + ". Name one: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) || { echo "sitrep: Python cannot make a virtual environment; install its venv module (on Debian: python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@touch $@

$(VENV)/.preview: $(VENV)/.uv requirements-preview.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-preview.lock
	@touch $@

$(VENV)/.test: $(VENV)/.uv requirements-test.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-test.lock
	@touch $@ $(VENV)/.preview
