# The course's commands. Each sets up .venv first, where it is missing or outdated.
# They are about all lessons; `make release LESSON=practice` is about one.
# Needed: GNU make, git and Python 3.11 or later. `make PYTHON=/path/to/python` names another one.

PYTHON ?= $(shell python3.11 -c "" 2>/dev/null && echo python3.11 || echo python3)
VENV ?= .venv
LESSON ?=
LAB_ARGS ?=
GRADE_ARGS ?=
REPORT_ARGS ?=
YES ?=
DEMO ?=
EXCHANGE ?=
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
# pip says what it collects, so that somebody who waits sees that it goes on. What is imported is compiled then: to
# compile all that is installed takes as long as to install it.
PIP := $(VENV)/bin/python -m pip install --disable-pip-version-check --no-compile --progress-bar on
ALL := $(foreach folder,$(wildcard source/*),$(if $(wildcard $(folder)/$(notdir $(folder)).ipynb),$(notdir $(folder))))
$(foreach lesson,$(filter-out $(ALL),$(LESSON)),$(error There is no lesson $(lesson) in source/, there is: $(ALL)))
LESSONS := $(or $(LESSON),$(ALL))
SOURCES := $(foreach lesson,$(LESSONS),source/$(lesson)/$(lesson).ipynb)
# Releases what is due. By content: git gives all files of a fresh clone the time at which it is made.
RELEASE_DUE = @python attention_course/instructor/changes/due.py $(LESSONS) $(if $(YES),--yes)
WORK := $(LESSONS:%=work/%.ipynb)
# The start page asks nothing: it is no assignment, and is not known to the gradebook.
START := start
ASKING = $(filter-out $(START),$(LESSONS))
# Of the lessons those that somebody has handed in, or that are graded; where there are none, nbgrader says so of one.
HANDED_IN = $(or $(filter $(notdir $(wildcard submitted/*/*)),$(ASKING)),$(firstword $(ASKING)))
GRADED = $(or $(filter $(notdir $(wildcard autograded/*/*)),$(ASKING)),$(firstword $(ASKING)))
# The gradebook learns at a release what the cells are worth; where it is no file, as in PostgreSQL, it is asked.
KNOWN := $(if $(wildcard gradebook.db),,known)
XDIST := --numprocesses=logical --maxprocesses=4 --dist=loadfile --no-loadscope-reorder
ALLOW_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

# The tests start a hundred processes. Each would compile again all that it imports, and compute with as many threads as
# there are cores, which wait for one another: what is computed here is small.
test test-fast: export PYTHONDONTWRITEBYTECODE :=
test test-fast: export OMP_NUM_THREADS := 1

# The programs of the environment are called by their bare names.
export PATH := $(abspath $(VENV))/bin:$(PATH)

.PHONY: bench help lab test test-fast test-hub page-test check due known release grade regrade feedback report formgrader demo exchange clean browser
.DELETE_ON_ERROR:

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

lab: $(WORK) ## open the lessons in JupyterLab, each as a copy of your own that is kept
	@# The start page first; of one lesson alone, that one.
	jupyter lab $(ALLOW_ROOT) --ServerApp.root_dir=work $(LAB_ARGS) $(or $(filter work/$(START).ipynb,$(WORK)),$(firstword $(WORK)))

test: ## run every test, the ones in a real browser included
	@# pip leaves a core idle for a minute.
	@$(MAKE) --no-print-directory --jobs=2 $(READY_DEV) browser page-test
	@# A file's tests stay together: they share a course, or a server. Those in a browser, which take longest, begin.
	python -m pytest $(XDIST)
	@$(MAKE) --no-print-directory test-hub

test-fast: $(READY_DEV) page-test ## run the tests that need neither a browser nor a class: about a minute
	python -m pytest $(XDIST) tests/unit

test-hub: $(READY_DEV) browser ## run two courses on a real JupyterHub, with an account for each student (as root): docs/jupyterhub.md
	@# Where it cannot run, as without root or npm, the first line says so in a sentence, and ends with 75.
	@python tests/hub/make_environments.py .venv-hub && python -m pytest tests/hub --override-ini=timeout=1800 || [ $$? = 75 ]

page-test: $(READY_DEV)
	@if command -v node >/dev/null; then node tests/js/all.mjs; \
	else echo "Node.js is not installed: the page's own unit tests are left out, the browser tests still run it."; fi

check: $(READY_DEV) ## lint, check types, and try every filling of every exercise
	ruff check .
	ruff format --check .
	mypy
	python -m attention_course.instructor.release.version
	python -m attention_course.instructor.templates --check
	python -m attention_course.instructor.source $(SOURCES)

release: $(READY) ## make the students' notebooks that are due: release/LESSON/ (YES=1 where a change costs somebody)
	$(RELEASE_DUE) --here
	@echo "Up to date: $(foreach lesson,$(LESSONS),release/$(lesson)/$(lesson).ipynb)"

due: $(READY)
	$(RELEASE_DUE)

known: $(READY)
	@attention-course release $(filter-out $(START),$(ALL)) --unknown --yes

grade: $(READY) $(KNOWN) ## grade what is new in submitted/ (all of it with GRADE_ARGS=--force), and write grades.csv
	@# A submission that fails is named and the rest is graded: export those grades, then say that something failed.
	@failed=0; for lesson in $(HANDED_IN); do \
		echo "attention-course grade $$lesson"; attention-course grade $$lesson $(GRADE_ARGS) || failed=$$?; \
	done; nbgrader export && exit $$failed

regrade: $(READY) $(KNOWN) ## say what grading LESSON by source/ would change; YES=1 does it, and writes reports/LESSON-changes
	@failed=0; for lesson in $(GRADED); do attention-course regrade $$lesson $(if $(YES),--yes) || failed=$$?; done; exit $$failed

feedback: $(READY) ## write a feedback page for each student, graded or not: feedback/
	@for lesson in $(filter $(notdir $(wildcard submitted/*/*)),$(ASKING)); do attention-course ungraded $$lesson; done
	@failed=0; for lesson in $(GRADED); do \
		echo "nbgrader generate_feedback $$lesson"; nbgrader generate_feedback $$lesson --force || failed=$$?; \
	done; exit $$failed

report: $(READY) ## write the class reports and the course page: reports/LESSON.html, reports/index.html (REPORT_ARGS=--anonymous)
	@failed=0; for lesson in $(GRADED); do \
		echo "attention-course report $$lesson"; attention-course report $$lesson $(REPORT_ARGS) || failed=$$?; \
	done; attention-course report $(REPORT_ARGS) || failed=$$?; exit $$failed

formgrader: $(READY) $(KNOWN) ## look through the class's answers and grades in the browser
	jupyter lab $(ALLOW_ROOT) --LabApp.default_url=/formgrader $(LAB_ARGS)

demo: $(READY) ## play a class of twelve, grade it and show the grades, in a folder of its own (DEMO=folder names it)
	python -m attention_course.instructor.demo $(DEMO)

exchange: $(READY) ## show nbgrader's exchange: release, fetch, submit, collect (EXCHANGE=folder names where)
	python -m attention_course.instructor.demo.exchange $(EXCHANGE)

# Each writes its figures into benchmarks/measured/; BENCH= names those that are measured, or none.
BENCH ?= grade_class thousand_students make_release after_grading page_in_browser separate_machines
BENCH_ARGS ?=
bench: $(READY_DEV) browser ## measure how long a class takes, and a thousand students: docs/performance.md (BENCH=grade_class)
	set -e; for each in $(BENCH); do echo "benchmarks/$$each.py"; python benchmarks/$$each.py $(BENCH_ARGS); done
	python benchmarks/performance_page.py

clean: ## remove what is generated, and what trying a source notebook left in it; student data stays
	rm -rf .mypy_cache .pytest_cache .ruff_cache build *.egg-info
	find . -name .venv -prune -o -name work -prune -o -name submitted -prune \
		-o \( -name __pycache__ -o -name .ipynb_checkpoints \) -type d -prune -exec rm -rf {} +
	$(PYTHON) attention_course/instructor/source/leftovers.py $(SOURCES)

# A second `make lab` keeps the work done in these copies: one is made only where there is none.
work/%.ipynb: | due
	mkdir -p work
	@# In work/ the lessons lie side by side, in release/ each in a folder of its own: links between them are told so.
	sed -E 's#\]\(\.\./([a-z-]+)/\1\.ipynb\)#](\1.ipynb)#g' release/$*/$*.ipynb > $@

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
	@if command -v chromium-headless-shell || command -v chromium || command -v google-chrome || command -v chromium-browser; then :; \
	elif command -v apt-get && [ "$$(id -u)" = 0 ]; then apt-get update -qq \
		&& { apt-get install -y -qq chromium-headless-shell || apt-get install -y -qq chromium; }; \
	else echo "No Chromium is here, and the browser tests need one: install it (Debian: sudo apt-get install chromium)."; \
	fi >&2
