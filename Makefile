# OpenYibao — the menu
#
#   make run       set up, build, live a sample region's year (settle, group, pay, clear), serve the interface
#   make test      set up, build everything, run every test
#   make soak      the long runs of the stores' tests: 200 trials under one ceiling, 20 kills
#   make check     what has to hold before a push: format, warnings, tests, policy data, generated pages
#   make format    put the code into the house's form
#   make bench     measure (Benchmarks/ is a package of its own); ARGS=… is handed on
#   make spark     group a table in a local Spark cluster that loses a worker (Java, pyspark); ARGS=… is handed on
#   make generate  write the generated reference pages anew
#   make help      this menu

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: run test soak check format lint bench spark generate help setup setup-test build-tests

FORMATTED := $(wildcard Sources Tests Benchmarks) Package.swift
IMPORT_CHECK := --explicit-target-dependency-import-check error
# What is tested is everything, the store on PostgreSQL too; `make run` builds without it.
TRAITS := --traits PostgreSQL
# Starts a server, tells the tests where it is, and takes it away whatever becomes of them.
WITH_SERVER := trap 'Scripts/postgres stop' EXIT; YIBAO_TEST_POSTGRES=$$(Scripts/postgres start) && \
	  export YIBAO_TEST_POSTGRES &&

# More tests at once than this take no less time, and those that watch a clock starve among the others.
TEST := swift test --skip-build $(TRAITS) --experimental-maximum-parallelization-width 3

run: setup
	swift build -c release --product yibao
	.build/release/yibao demo $(ARGS)

test: build-tests
	@$(WITH_SERVER) $(TEST)

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
	swift build -c release --product yibao
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
