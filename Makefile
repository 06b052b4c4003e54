# Two commands matter: `make run` and `make test`. Everything they need comes from the two hashed lock files.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r

.DEFAULT_GOAL := help
.PHONY: help run test format quality bench fit lock clean

help: ## list the verbs
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: .venv/.runtime ## answer questions: Telegram with BOT_TOKEN set, the terminal chat without
	@$(BIN)/python main.py

test: .venv/.dev ## every check that CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python main.py kb check
	$(BIN)/pytest

format: .venv/.dev ## put the code in order
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

quality: .venv/.dev ## question sets, printed as tables
	$(BIN)/python -m tests.measure.report

bench: .venv/.dev ## speed and memory, printed as a table
	$(BIN)/python main.py bench --times 100

fit: .venv/.dev ## fit the ranker again from the curated phrasings and the questions of the fit split
	$(BIN)/python -m tests.measure.fit

lock: .venv/.dev ## write the lock files anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet -o requirements.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet --extra dev -o requirements-dev.lock pyproject.toml

clean: ## forget the environment and everything compiled
	rm -rf .venv data

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock | .venv/bin/python
	@echo "Setting up .venv (once) ..."
	$(INSTALL) requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/bin/python
	@echo "Setting up .venv with the development extras (once) ..."
	$(INSTALL) requirements-dev.lock
	@touch $@ .venv/.runtime
