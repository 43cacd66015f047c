# Two commands do everything: `make run` and `make test`. The rest is for those who work on the code.
.PHONY: help run test check bench reports fuzz verify-workbook

CARGO ?= cargo

help:
	@echo "make run      build, appraise Project Fusion, say where the board pack is"
	@echo "make test     all tests, those of the board pack in a browser among them"
	@echo "make check    formatting, lints and documentation, as a change must pass them"
	@echo "make bench    benchmarks (criterion)"
	@echo "make verify-workbook  LibreOffice works out every formula of every workbook again; needs soffice (libreoffice-calc)"
	@echo "make reports  regenerate the example reports in reports/"
	@echo "make fuzz     each fuzz target for SECONDS_EACH (1200); needs cargo-fuzz and a nightly toolchain"

# What a build needs is checked before anything is compiled.
.PHONY: needs
needs:
	@command -v $(CARGO) >/dev/null 2>&1 || { echo "cargo is not installed: see https://rustup.rs"; exit 1; }
	@sh scripts/needs.sh

run: needs
	@echo "building (some eight minutes on two cores the first time, half of them for the solver HiGHS), then appraising Project Fusion"
	@$(CARGO) run --release --locked --quiet -- run scenarios/project-fusion -o project-fusion-report

# Needs beyond those of a build: a browser and what drives it. Without them APPRAISE_SKIP_BROWSER=1.
test: needs
	@sh tests/browser/run.sh needs
	$(CARGO) test --locked
	@if command -v soffice >/dev/null 2>&1; then $(MAKE) verify-workbook; else echo "workbooks are not worked out again: there is no soffice (libreoffice-calc) here"; fi
	@CARGO="$(CARGO)" sh tests/browser/run.sh

check: needs
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --no-deps

# A spreadsheet of another make against the engine: every formula, and a price that is changed.
verify-workbook: needs
	@command -v soffice >/dev/null 2>&1 || { echo "soffice is not installed: apt-get install libreoffice-calc"; exit 1; }
	$(CARGO) test --locked --test finance_workbook -- --ignored --nocapture

bench: needs
	$(CARGO) bench --locked

reports: needs
	for scenario in scenarios/*; do \
	  $(CARGO) run --release --locked --quiet -- run $$scenario --draws 1000 -o reports/$$(basename $$scenario) >/dev/null || exit 1; \
	done
	@CARGO="$(CARGO)" sh scripts/print.sh

# Scenarios are where the readers' inputs start from; what is found new is kept in fuzz/corpus.
SECONDS_EACH ?= 1200
FUZZ = $(CARGO) +nightly fuzz run --sanitizer none
FUZZ_LIMITS = -timeout=10 -rss_limit_mb=2048 -max_total_time=$(SECONDS_EACH)
fuzz: needs
	mkdir -p fuzz/corpus/toml_reader fuzz/corpus/csv_reader fuzz/corpus/whole_scenario
	$(FUZZ) toml_reader fuzz/corpus/toml_reader scenarios/* -- $(FUZZ_LIMITS) -max_len=16384 -dict=fuzz/scenario.dict
	$(FUZZ) csv_reader fuzz/corpus/csv_reader fuzz/seeds/csv_reader -- $(FUZZ_LIMITS) -max_len=16384 -dict=fuzz/scenario.dict
	$(FUZZ) whole_scenario -- $(FUZZ_LIMITS) -max_len=128 -len_control=0
