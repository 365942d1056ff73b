# `make run` and `make test` do all their own set-up; `make help` lists the rest.

.DEFAULT_GOAL := help
.PHONY: help run demo test lint bench fresh-check set-up set-up-tests pins docs pictures messages

DATA ?= data
service := .venv/bin/events-service
port := $(if $(PORT),--port $(PORT))

help: ## List these commands
	@echo "make run [PORT=8001] [DATA=folder]"
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 14 | sed 's/^/  make /'

run: set-up ## Set up, then run the whole service here until Ctrl-C
	@exec $(service) up --data "$(DATA)" $(port)

demo: set-up ## Play the whole story on the service, starting it when it does not run
	@exec $(service) demo --data "$(DATA)" $(port)

# What the tests call besides Python lies here when the machine has none of its own.
test: export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/.venv/bin:$(PATH)
test: export LD_LIBRARY_PATH := $(CURDIR)/.tools/lib$(if $(LD_LIBRARY_PATH),:$(LD_LIBRARY_PATH))
test: lint ## Set up, check the code and run all tests
	@.venv/bin/pytest -n 2

lint: set-up-tests ## Check style, types and the direction of imports
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet . || .venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

bench: set-up-tests ## Measure speed and memory, and print the table
	@.venv/bin/python -m benchmarks

fresh-check: ## Try `make run` on a bare Debian, as root and as an ordinary user (wants root)
	@.ci/fresh-check

messages: set-up-tests ## Collect what is to be translated into events_service/translations
	@.ci/messages

docs: set-up ## Write docs/configuration.md from the settings
	@$(service) configuration > docs/configuration.md

pictures: export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/.venv/bin:$(PATH)
pictures: export LD_LIBRARY_PATH := $(CURDIR)/.tools/lib$(if $(LD_LIBRARY_PATH),:$(LD_LIBRARY_PATH))
pictures: set-up-tests ## Draw the pictures of the guides from the service as it is
	@PICTURES=docs/pictures .venv/bin/pytest -q tests/browser/test_guide.py

pins: set-up-tests ## Choose the newest versions of all packages and write them down with hashes
	@.ci/pins

set-up:
	@.ci/set-up

set-up-tests:
	@.ci/set-up --tests
