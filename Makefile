# Every target works from a fresh clone: it prepares .venv first (see scripts/setup.sh).
.DEFAULT_GOAL := site
.PHONY: site serve check test soak format bench bench-city lighthouse audit lock catalogue clean
MAKEFLAGS += --no-print-directory

PORT ?= 8000
python := .venv/bin/python

site: ## build the site into site/
	@sh scripts/setup.sh run
	.venv/bin/cunwu build
	@echo "The site is in site/. To look at it: make serve"
	@echo "  (or: $(python) -m http.server -d site --bind 127.0.0.1 $(PORT), then open http://127.0.0.1:$(PORT)/)"
	@echo "网站已生成在 site/ 目录。运行 make serve，然后用浏览器打开 http://127.0.0.1:$(PORT)/"

serve: site ## build the site and show it on this machine
	$(python) -m http.server -d site --bind 127.0.0.1 $(PORT)

check: ## check the content without building
	@sh scripts/setup.sh run
	.venv/bin/cunwu check

# pytest stays last: its closing line is the last line printed.
test: ## lint, types, tests
	@sh scripts/setup.sh test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	$(python) -m pytest -n 2 --dist worksteal

soak: ## the long tests
	@sh scripts/setup.sh test
	$(python) -m pytest -m soak

format: ## put the code in the form `make test` asks for
	@sh scripts/setup.sh test
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: ## measure the build against its yardsticks
	@sh scripts/setup.sh bench
	$(python) -m tests.bench

bench-city: ## build 4,338 villages: time, memory, disk; OPTIONS="--tmpfs --villages 500"
	@sh scripts/setup.sh test
	$(python) -m tests.bench.city $(OPTIONS)

lighthouse: ## measure the pages as a cheap phone on a slow line meets them (needs node and npm)
	@sh scripts/setup.sh test
	.venv/bin/cunwu build
	$(python) scripts/lighthouse.py

audit: ## ask for known weaknesses of all that is locked (needs the network)
	@sh scripts/setup.sh run
	$(python) scripts/audit.py

lock: ## write requirements/*.lock anew; UPGRADE=1 takes newer versions
	@sh scripts/setup.sh test
	@sh scripts/lock.sh

catalogue: ## write the catalogue anew
	@sh scripts/setup.sh test
	$(python) -m tests.catalogue

clean: ## remove all that was made here, .venv too
	rm -rf site site-audit build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
