# OpenYibao — the menu
#
#   make run       set up, build, live a sample region's year (settle, group, pay, clear), serve the interface
#   make test      set up, build everything, run every test
#   make run-small the main job for 500 people, as `make test` does at its end
#   make soak      the long runs of the stores' tests: 200 trials under one ceiling, 20 kills
#   make check     what has to hold before a push: format, warnings, tests, policy data, generated pages
#   make format    put the code into the house's form
#   make bench     measure (Benchmarks/ is a package of its own); ARGS=… is handed on
#   make spark     group a table in a local Spark cluster that loses a worker (Java, pyspark); ARGS=… is handed on
#   make generate  write the generated reference pages anew
#   make help      this menu

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: run run-small test soak check format lint bench spark generate help setup setup-test build-tests

FORMATTED := $(wildcard Sources Tests Benchmarks) Package.swift
IMPORT_CHECK := --explicit-target-dependency-import-check error
# What is tested is everything, the store on PostgreSQL too; `make run` builds without it.
TRAITS := --traits PostgreSQL
# Starts a server, tells the tests where it is, and takes it away whatever becomes of them.
WITH_SERVER := trap 'Scripts/postgres stop' EXIT; YIBAO_TEST_POSTGRES=$$(Scripts/postgres start) && \
	  export YIBAO_TEST_POSTGRES &&

# More tests at once than this take no less time, and those that watch a clock starve among the others.
TEST := swift test --skip-build $(TRAITS) --experimental-maximum-parallelization-width 3

CONFIGURATION ?= release
# The runtime linked in answers a tenth more messages, and the binary runs where no Swift is installed.
RUN_OPTIONS ?= --static-swift-stdlib

run: setup
	swift build -c $(CONFIGURATION) $(RUN_OPTIONS) --product yibao
	.build/$(CONFIGURATION)/yibao demo $(ARGS)

test: build-tests
	@$(WITH_SERVER) $(TEST)
	@$(MAKE) --no-print-directory run-small

# The recipe of `make run` itself, so that a broken set-up, option or step is found. It takes the product that the tests
# have just built (debug, same traits): an optimised one would cost minutes more, and says nothing else about these steps.
run-small:
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(MAKE) --no-print-directory run CONFIGURATION=debug \
	  RUN_OPTIONS="$(TRAITS)" ARGS="--people 500 --no-serve --fresh --data $$folder/region"

soak: build-tests
	@$(WITH_SERVER) STORE_TRIALS=200 STORE_CRASH_TRIALS=20 $(TEST) --filter '^Store'

check: lint setup-test
	swift build --build-tests --scratch-path .build/strict $(TRAITS) $(IMPORT_CHECK) -Xswiftc -warnings-as-errors
	@$(WITH_SERVER) $(TEST) --scratch-path .build/strict
	.build/strict/debug/yibao policy check
	YIBAO=.build/strict/debug/yibao Scripts/generated --check

format:
	swift format -i -r $(FORMATTED)

lint:
	swift format lint --strict -r $(FORMATTED)

bench: setup
	cd Benchmarks && swift run -c release $(or $(ARGS),SettlementBenchmark)

spark: setup
	swift build -c release $(RUN_OPTIONS) --product yibao
	Examples/spark/run $(ARGS)

generate: setup
	Scripts/generated

help:
	@sed -n 's/^#  \{1,3\}\(make .*\)/  \1/p' $(firstword $(MAKEFILE_LIST))

setup:
	@Scripts/setup

setup-test:
	@Scripts/setup test

build-tests: setup-test
	swift build --build-tests $(TRAITS) $(IMPORT_CHECK)
