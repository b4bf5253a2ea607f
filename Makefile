# make book, make test: both set up what they need. make help lists the rest.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
READY := .venv/ready

.DEFAULT_GOAL := help
.PHONY: help book serve test browser test-browser next bench-pages torch test-torch test-exports mutants execute bench lint clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## */	/' | expand -t 16

# .venv holds absolute paths: if the folder was moved or copied, it is made anew.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif

$(READY): requirements.txt constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 2) and "Python 3.11.2 or newer is needed, this is " + sys.version.split()[0] + "; try: make PYTHON=python3.12 book")'
	@[ "$$(cat $@ 2>/dev/null)" = "$(CURDIR)" ] || rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
	@echo "$(CURDIR)" > $@

book: $(READY)  ## build the book; warnings are errors
	$(BIN)/jupyter-book build . -W -n --keep-going --quiet
	@echo "The book is built. Open $(CURDIR)/_build/html/index.html"

serve: book  ## build the book and show it on http://127.0.0.1:8000
	$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

test: $(READY) lint  ## run every test, every notebook included
	$(BIN)/python -m pytest

test-browser: browser book  ## try every page of the built book in Chromium, without a network
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-browser.txt -c constraints.txt
	$(BIN)/python -m pytest tests/browser

next: browser $(READY)  ## build with the newest Sphinx, theme and MyST, and try the pages (needs Chromium)
	$(BIN)/python tools/next.py --pages

torch: $(READY)  ## install PyTorch, which chapters 11 and 13 run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-torch.txt -c constraints.txt

test-torch: torch  ## run what make test skips without PyTorch
	$(BIN)/python -m pytest chapters tests/test_families_peers.py -k '11_libraries or 13_variational or torch'

test-exports: $(READY)  ## compile, run and build the exports of every derivation (needs pdflatex)
	$(BIN)/python tests/exports.py

mutants: $(READY)  ## break every derivation in ten new ways, attack the prover, take its guards away one by one; count
	$(BIN)/python tests/mutants.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

execute: $(READY)  ## run the notebooks again and store their outputs
	$(BIN)/python tests/notebooks.py

bench: $(READY)  ## compare with SciPy, scikit-learn, dit and PyTorch (installs them)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r benchmarks/requirements.txt -c constraints.txt
	OMP_NUM_THREADS=1 $(BIN)/python benchmarks/bench.py

browser:
	@$(PYTHON) -c 'import sys; sys.path.insert(0, "tests/browser"); from served import chromium; chromium()'

bench-pages: browser book  ## measure how soon a chapter's formulas are seen, beside stock settings with MathJax (needs npm, Chromium)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-browser.txt -c constraints.txt
	$(BIN)/python benchmarks/pages.py

clean:  ## remove what was built
	rm -rf _build .venv .pytest_cache .ruff_cache .hypothesis
	find src tests chapters _ext -name __pycache__ -prune -exec rm -rf {} +
