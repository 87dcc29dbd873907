# The course's commands. Each sets up .venv first, where it is missing or outdated.
# Needed: GNU make, git and Python 3.11 or later. `make PYTHON=/path/to/python` names another one.

PYTHON ?= $(shell python3.11 -c "" 2>/dev/null && echo python3.11 || echo python3)
VENV ?= .venv
LAB_ARGS ?=
GRADE_ARGS ?=
REPORT_ARGS ?=
DEMO ?=
EXCHANGE ?=
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
# pip says what it collects, so that somebody who waits sees that it goes on. What is imported is compiled then: to
# compile all that is installed takes as long as to install it.
PIP := $(VENV)/bin/python -m pip install --disable-pip-version-check --no-compile --progress-bar on
SOURCES := $(wildcard source/*/*.ipynb)
# What a released notebook carries: all but the instructor's half.
PACKAGE := $(shell find attention_course -path attention_course/instructor -prune -o \( -name '*.py' -o -name '*.js' -o -name '*.css' \) -print)
XDIST := --numprocesses=logical --maxprocesses=4 --dist=loadfile --no-loadscope-reorder
ALLOW_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

# nbgrader calls alembic by its bare name.
export PATH := $(abspath $(VENV))/bin:$(PATH)

.PHONY: bench help lab test test-fast page-test check release grade feedback report formgrader demo exchange clean browser
.DELETE_ON_ERROR:

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

lab: work/practice.ipynb ## open the lesson in JupyterLab, on a copy of your own that is kept
	jupyter lab $(ALLOW_ROOT) --ServerApp.root_dir=work $(LAB_ARGS) work/practice.ipynb

test: $(READY_DEV) browser page-test ## run every test, the ones in a real browser included
	@# A file's tests stay together: they share a course, or a server. Those in a browser, which take longest, begin.
	python -m pytest $(XDIST)

test-fast: $(READY_DEV) page-test ## run the tests that need neither a browser nor a class: about a minute
	python -m pytest $(XDIST) tests/unit

page-test:
	@if command -v node >/dev/null; then node --test tests/js/*.test.mjs; \
	else echo "Node.js is not installed: the page's own unit tests are left out, the browser tests still run it."; fi

check: $(READY_DEV) ## lint, check types, and try every filling of every exercise
	ruff check .
	ruff format --check .
	mypy
	python -m attention_course.instructor.release.version
	python -m attention_course.instructor.source $(SOURCES)

release: $(READY) ## make the students' notebook: release/practice/
	nbgrader generate_assignment practice --force

grade: gradebook.db ## grade what is new in submitted/ (all of it with GRADE_ARGS=--force), and write grades.csv
	@# A submission that fails is named and the rest is graded: export those grades, then say that something failed.
	attention-course grade practice $(GRADE_ARGS); failed=$$?; nbgrader export && exit $$failed

feedback: $(READY) ## write a feedback page for each graded student: feedback/
	nbgrader generate_feedback practice --force

report: $(READY) ## write the class report: reports/practice.html and .csv (without names: REPORT_ARGS=--anonymous)
	attention-course report practice $(REPORT_ARGS)

formgrader: gradebook.db ## look through the class's answers and grades in the browser
	jupyter lab $(ALLOW_ROOT) --LabApp.default_url=/formgrader $(LAB_ARGS)

demo: $(READY) ## play a class of twelve, grade it and show the grades, in a folder of its own (DEMO=folder names it)
	python -m attention_course.instructor.demo $(DEMO)

exchange: $(READY) ## show nbgrader's exchange: release, fetch, submit, collect (EXCHANGE=folder names where)
	python -m attention_course.instructor.demo.exchange $(EXCHANGE)

bench: $(READY_DEV) ## measure how long a class takes, against plain nbgrader: docs/performance.md
	python benchmarks/grade_class.py --write docs/performance.md

clean: ## remove what is generated, and what trying a source notebook left in it; student data stays
	rm -rf .mypy_cache .pytest_cache .ruff_cache build *.egg-info
	find . -name .venv -prune -o -name work -prune -o -name submitted -prune \
		-o \( -name __pycache__ -o -name .ipynb_checkpoints \) -type d -prune -exec rm -rf {} +
	$(PYTHON) attention_course/instructor/source/leftovers.py $(SOURCES)

# A second `make lab` keeps the work done in this copy: it is made only where there is none.
work/practice.ipynb: | release/practice/practice.ipynb
	mkdir -p work
	cp release/practice/practice.ipynb $@

release/practice/practice.ipynb: source/practice/practice.ipynb course_config.py $(PACKAGE) | $(READY)
	nbgrader generate_assignment practice --force --log-level=WARN

# The gradebook learns at a release what the cells are worth.
gradebook.db: | $(READY)
	nbgrader generate_assignment practice --force --log-level=WARN

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, and $(PYTHON) is "\
		+ sys.version.split()[0] + ": install it, or name it with make PYTHON=/path/to/python")'
	@echo "Installing the course into $(VENV)/: that takes some minutes, once."
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.txt
	$(PIP) --no-deps --editable .
	@touch $@

$(READY_DEV): requirements-dev.txt $(READY)
	$(PIP) -r requirements-dev.txt
	@touch $@

browser:
	@if command -v chromium || command -v google-chrome || command -v chromium-browser; then :; \
	elif command -v apt-get && [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq chromium; \
	else echo "No Chromium is here, and the browser tests need one: install it (Debian: sudo apt-get install chromium)."; \
	fi >&2
