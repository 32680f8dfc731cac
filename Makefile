# OpenYibao — the menu
#
#   make run       set up, build, and settle the sample region's visits with every fen explained
#   make test      set up, build everything, run every test
#   make check     what has to hold before a push: format, warnings, tests, policy data, generated pages
#   make format    put the code into the house's form
#   make bench     measure (Benchmarks/ is a package of its own); ARGS=… is handed on
#   make generate  write the generated reference pages anew
#   make help      this menu

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: run test check format lint bench generate help setup build-tests

FORMATTED := $(wildcard Sources Tests Benchmarks) Package.swift
IMPORT_CHECK := --explicit-target-dependency-import-check error

run: setup
	swift build -c release --product yibao
	.build/release/yibao demo $(ARGS)

test: build-tests
	swift test --skip-build

check: lint setup
	swift build --build-tests --scratch-path .build/strict $(IMPORT_CHECK) -Xswiftc -warnings-as-errors
	swift test --skip-build --scratch-path .build/strict
	.build/strict/debug/yibao policy check
	YIBAO=.build/strict/debug/yibao Scripts/generated --check

format:
	swift format -i -r $(FORMATTED)

lint:
	swift format lint --strict -r $(FORMATTED)

bench: setup
	cd Benchmarks && swift run -c release $(or $(ARGS),SettlementBenchmark)

generate: setup
	Scripts/generated

help:
	@sed -n 's/^#  \{1,3\}\(make .*\)/  \1/p' $(firstword $(MAKEFILE_LIST))

setup:
	@Scripts/setup

build-tests: setup
	swift build --build-tests $(IMPORT_CHECK)
