# make run    start the portal on this machine          make test   every test, on both databases and in the browser
# make check  everything that needs no running server   make format put the code into shape
# Options:  make run PORT=9000 HOST=0.0.0.0
#           make test PHASES="sqlite postgres" PYTEST_ARGS="tests/matters -x"

SHELL := /bin/bash
BIN := .venv/bin
PYTHON := $(BIN)/python
# Production values, so that `check --deploy` judges the settings as they are used there.
DEPLOYED := HTTPS=on ALLOWED_HOSTS=linkage.example SITE_URL=https://linkage.example STATIC_FROM_SOURCE=off

.PHONY: run test check format lock clean

run:
	@deploy/install.sh run
	@$(PYTHON) manage.py run $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test:
	@deploy/install.sh test
	@$(PYTHON) -m tests.run $(PHASES) $(if $(PYTEST_ARGS),-- $(PYTEST_ARGS))

check:
	@deploy/install.sh test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(DEPLOYED) $(PYTHON) manage.py check --deploy --fail-level WARNING

format:
	@deploy/install.sh test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Resolves the lock files again after a change of *.in; uv.txt pins the resolver itself.
lock:
	@deploy/install.sh test
	cd deploy/requirements && for set in base dev; do \
	  ../../$(BIN)/uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	    $$set.in -o $$set.txt; done

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
