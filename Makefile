# Each target sets up what it needs: Python 3.11 or newer and nothing else.

PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
WORKERS ?= 2

# Compiled modules are kept, whatever the shell says: each program that tests start would compile them anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo web screenshots test quick lint docs setup clean

FETCH_UV = command -v uv >/dev/null 2>&1 || test -x .tools/bin/uv || { $(PYTHON) -m venv .tools && .tools/bin/pip install --quiet --disable-pip-version-check uv; }

# loadgroup: tests of a file, or marked with one group, share one worker: one Java machine, one web (tests/lib/distribution.py).
PYTEST = .venv/bin/pytest -n $(WORKERS) --dist loadgroup -q

setup: .venv/ready

.venv/ready: pyproject.toml uv.lock
	@$(FETCH_UV)
	$(UV) sync --quiet --locked --compile-bytecode
	@touch $@ .venv/usable .venv/web

.venv/usable: pyproject.toml uv.lock
	@$(FETCH_UV)
	$(UV) sync --quiet --locked --compile-bytecode --inexact --no-default-groups
	@touch $@

.venv/web: pyproject.toml uv.lock
	@$(FETCH_UV)
	$(UV) sync --quiet --locked --compile-bytecode --inexact --no-default-groups --extra web
	@touch $@ .venv/usable

demo: .venv/usable
	.venv/bin/bygd demo

# The sample place in the browser; stop it with Ctrl-C.
web: .venv/web
	test -e demo-place/.bygd/current || .venv/bin/bygd demo
	.venv/bin/bygd -C demo-place build > /dev/null  # an earlier version may have built it; otherwise this takes a second
	.venv/bin/bygd -C demo-place web

test: lint
	$(PYTEST) --durations=40
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1; \
	then echo "The web once more, on PostgreSQL:"; BYGD_TEST_DATABASE=postgresql $(PYTEST) -m "not slow" tests/web; \
	else echo "The web was not tested on PostgreSQL: it is not installed."; fi

quick: setup
	$(PYTEST) -m "not slow and not spark"

# Every page in three languages and two widths, to be looked at.
screenshots: setup
	PYTHONPATH=. .venv/bin/python tests/web/screenshots.py screenshots

lint: setup
	.venv/bin/ruff format --check src tests benchmarks
	.venv/bin/ruff check src tests benchmarks
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/codespell src docs README.md CONTRIBUTING.md

docs: setup
	.venv/bin/bygd docs

clean:
	rm -rf .venv .tools demo-place
