# Thirdchair. `make demo` to try it, `make test` to test it, `make help` for the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
DATA ?= ../shared/data

.PHONY: help install demo serve test check fix docs bench quality coverage sequential evidence train encoder kills disclosures fuzz-streams bench-gateway bench-lab clearing conversations catalogues manual patient-pages requirements clean browser

help:  ## Lists the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(RUN)  ## Makes .venv and installs what running needs

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Thirdchair needs Python 3.11 or newer; found %s. Run: make PYTHON=python3.12 …" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)

# --no-deps: every package is named and hashed in the file, so nothing else can come along.
$(RUN): $(VENV)/bin/python requirements/base.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(RUN)  ## Makes a fictional clinic and serves it on 127.0.0.1:8000
	$(BIN)/thirdchair demo

serve: $(RUN)  ## Serves the clinic in THIRDCHAIR_DATA_DIR
	$(BIN)/thirdchair serve

browser: $(DEV)
	@sh tests/functional/fetch_browser.sh $(BIN)/python

test: $(DEV) browser  ## Runs the whole test suite
	$(BIN)/python -m pytest -q -n 2 --dist loadscope

check: $(DEV)  ## Lint, types, import contracts, catalogues, evidence, examples in docs; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/pyright --level error
	$(BIN)/python -m thirdchair_web.project.catalogues --check
	$(BIN)/python -m benchmarks.evidence --check
	$(BIN)/python docs/generate.py --check
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/docs src/thirdchair

fix: $(DEV)  ## Changes what the linters can change
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(DEV)  ## Writes the generated reference pages again
	$(BIN)/python docs/generate.py

bench: $(DEV)  ## Time and memory of a 6,000-word session, as ratios to baselines of the same run
	$(BIN)/python -m benchmarks.bench

quality: $(DEV)  ## Measures the extractive method, the safeguards and the library; DATA=folder of the open data sets
	$(BIN)/python -m benchmarks.quality --data $(DATA)
	$(BIN)/python -m benchmarks.safeguards --data $(DATA) --write
	$(BIN)/python docs/generate.py

coverage: $(DEV)  ## How often our 95% intervals hold the truth, by simulation; some minutes
	$(BIN)/python -m benchmarks.intervals --write
	$(BIN)/python docs/generate.py

sequential: $(DEV)  ## How many units a sequential decision asks for, and how often it errs, by simulation
	$(BIN)/python -m benchmarks.sequential --write
	$(BIN)/python docs/generate.py

evidence: $(DEV)  ## Measures again and writes the evidence packs of this release
	$(BIN)/python -m benchmarks.evidence

train: $(DEV)  ## Trains the shipped weights again; DATA=folder of the open data sets
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/train.txt
	$(BIN)/python -m benchmarks.train_summariser --data $(DATA)
	$(BIN)/python -m benchmarks.train_embeddings
	$(BIN)/python -m benchmarks.train_support $(DATA)
	$(BIN)/python -m benchmarks.train_grounding --data $(DATA)
	$(BIN)/python -m benchmarks.train_asking --write

encoder: $(DEV)  ## Trains the readers of the crisis screen again; needs PyTorch, which you install as suits your machine
	@$(BIN)/python -c 'import torch, onnx' || { echo "Install PyTorch and onnx first: .venv/bin/pip install torch==2.13.0 onnx safetensors"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/train.txt
	$(BIN)/python -m benchmarks.crisis_model.train --data $(DATA)

kills: $(DEV)  ## kill -9 at 200 moments of upload, drafting, editing and signing
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/generative/test_kills.py --kills 200 -s

disclosures: $(DEV)  ## 1,000 disclosures while processes are killed 300 times: none lost, none twice; and how fast a card is
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/generative/test_disclosures_survive_kills.py --disclosures 1000 --disclosure-kills 300 -s

fuzz-streams: $(DEV)  ## 100,000 ways of cutting streams, each giving the same text
	$(BIN)/python -m pytest -q -p no:cacheprovider -o timeout=0 tests/generative/test_any_chunking_gives_the_same_text.py --chunkings 100000

bench-gateway: $(DEV)  ## What the governed door adds to a model's server, beside it bare and beside LiteLLM where that is installed
	$(BIN)/python -m benchmarks.gateway

clearing: $(DEV)  ## Whether a good method opens each second reading and a bad one none, in both languages; some minutes
	$(BIN)/python -m pytest -q -p no:cacheprovider -m slow tests/lab/test_a_good_model_opens_its_use.py

bench-lab: $(DEV)  ## What the lab's own runner costs, with a model that answers at once
	$(BIN)/python -m benchmarks.lab

conversations: $(DEV)  ## Scripted conversations of others through the governed `converse`: hard rules broken before and after; DATA, and MODEL=file.gguf for a real model
	$(BIN)/python -m benchmarks.conversations --data $(DATA) $(if $(MODEL),--model $(MODEL) --at-most 15 --turns 4)

catalogues: $(DEV)  ## Compiles the message catalogues
	$(BIN)/python -m thirdchair_web.project.catalogues

manual: $(DEV) browser  ## Makes the manual's screenshots from the functional tests
	THIRDCHAIR_SCREENSHOTS=docs/manual $(BIN)/python -m pytest -q tests/functional

patient-pages: $(DEV) browser  ## What each page of a patient weighs, and how soon something shows on a slow line
	$(BIN)/python -m benchmarks.patient_pages

requirements: $(DEV)  ## Compiles the hashed requirement files
	for name in base dev train embedded; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --override requirements/overrides.txt requirements/$$name.in -o requirements/$$name.txt; done

clean:  ## Removes the virtual environment; data in var/ stays
	rm -rf $(VENV)
