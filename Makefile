# make run      the sample reports in a web server, with an address to open
# make test     every test, on every core (WORKERS=0: in this process, for a debugger)
# make check    formatter, linter, types
# make bench    search beside other engines: N=100000 paragraphs; WRITE=1 writes BENCHMARKS.md
# make bench-web     pages over HTTP at N paragraphs, one reader and 50 at once
# make screenshots   pictures of every page in screenshots/
# make bench-html    extraction beside trafilatura and readability-lxml
# make bench-reindex    a rebuild at N paragraphs, and one upload more until it is found
# make kills    servers, workers, rebuilds, backups killed at KILLS=200 random instants; nothing may be lost
# make fuzz     bytes chosen to reach all code of the readers of files and queries, for SECONDS each
# make soak     ten uploaders and twenty searchers for SECONDS=120, and a rebuild in the middle
PYTHON ?= python3
DEMO_HOME ?= .demo
BIN := .venv/bin

N ?= 100000

# Above eight, more workers only start more servers and browsers.
WORKERS ?= auto --maxprocesses 8

KILLS ?= 200
SECONDS ?= 120

.PHONY: run test check format bench bench-html bench-web bench-reindex screenshots kills soak fuzz clean

run: .venv/run
	@$(BIN)/zhengwen --home $(DEMO_HOME) demo

test: .venv/test
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal $(TESTS)

check: .venv/check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/check
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/bench
	$(BIN)/python -m scripts.bench.search --size $(N) $(if $(WRITE),--write)

bench-html: .venv/bench
	$(BIN)/python -m scripts.bench.html

screenshots: .venv/test
	$(BIN)/python -m scripts.screenshots

bench-web: .venv/bench
	$(BIN)/python -m scripts.bench.web --size $(N)

bench-reindex: .venv/test
	$(BIN)/python -m scripts.bench.reindex --size $(N)

kills: .venv/test
	$(BIN)/python -m scripts.bench.kills --kills $(KILLS)

soak: .venv/test
	$(BIN)/python -m scripts.bench.soak --seconds $(SECONDS)

fuzz: .venv/fuzz
	$(BIN)/python -m scripts.bench.fuzz --seconds $(SECONDS)

clean:
	rm -rf .venv $(DEMO_HOME) build dist *.egg-info

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
		"zhengwen needs Python 3.11 or later; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	@$(PYTHON) -m venv .venv || { echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

.venv/run: .venv/made setup.cfg pyproject.toml
	@echo "Installing (the first time takes a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/test .venv/check .venv/bench .venv/fuzz: .venv/%: .venv/made setup.cfg pyproject.toml
	@echo "Installing (the first time takes a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@

# The maintained successor of whoosh calls itself whoosh as well, so it lies in a folder of its own.
.venv/test: | .venv/whoosh3
.venv/whoosh3: .venv/made
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --target $@ 'whoosh3>=3.54,<4'

# axe-core itself, without the library that carries it and the browsers of that library.
.venv/test: | .venv/axe
.venv/axe: .venv/made
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --target $@ 'axe-playwright-python>=0.1.8,<0.2'
