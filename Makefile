# What a person needs here has a name; `make` alone lists the names.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Where rustup puts cargo, for a shell that was open before it.
export PATH := $(PATH):$(HOME)/.cargo/bin
.PHONY: help run test soak faults attack fuzz bench bench-lines bench-rooms relay load relay-package relay-static package tools

help:
	@echo "make run     start the practice group: five voices and you, nothing leaves this machine"
	@echo "make test    all checks: format, lints, dependencies, the relay alone, tests, documentation"
	@echo "make faults  the catalogue of faults against real programs: who hears whom again, and when; eight minutes"
	@echo "make soak    the tests on a real clock, then six hours of members who come, go and crash, or SOAK_S=seconds: nothing may grow"
	@echo "make attack  an attack night: all that can be done to a group over the network, beside six who talk; four minutes"
	@echo "make fuzz    everything that reads from the network, ten minutes for each of its parts, or MINUTES=n; needs cargo-fuzz and nightly"
	@echo "make bench   the benchmarks, three minutes: packets, a simulated group, a circle of twelve on loopback"
	@echo "make bench-lines  speech over bad lines, ten minutes: how it sounds, how late, at what rate; writes docs/lines.md"
	@echo "make bench-rooms  speech, noise and voices without words in rooms, from recordings of yours; writes docs/rooms.md"
	@echo "make relay   build the relay by itself: target/release/ingle-relay"
	@echo "make load    fifty groups of twenty on a relay of this machine: what comes through, how late, what it takes; two minutes"
	@echo "make relay-package  build a Debian package of the relay with its unit and settings"
	@echo "make relay-static   build a relay that needs no libraries, for any Linux"
	@echo "make package build the client's Debian package, with its manual pages and completions"
	@echo "make tools   install cargo-deny, with which make test checks the dependencies too; some minutes"
	@echo "make help    this list"

run:
	@tools/setup.sh run
	@echo "Building ingle; the first time this takes some minutes."
	@cargo build --release --bin ingle
	@cargo run --quiet --release --bin ingle -- rehearse

test:
	@tools/setup.sh test
	@tools/check.sh

faults:
	@tools/setup.sh soak
	@tools/faults.sh

soak:
	@tools/setup.sh soak
	@tools/soak.sh

attack:
	@tools/setup.sh soak
	@cargo test --all-features --test faults attack_night -- --ignored --nocapture

fuzz:
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-$$(( $(or $(MINUTES),10) * 60 ))} tools/fuzz.sh

bench:
	@tools/setup.sh run
	@cargo bench --all-features

bench-lines:
	@tools/setup.sh run
	@tools/bench-lines.sh

bench-rooms:
	@tools/setup.sh run
	@tools/bench-rooms.sh

relay:
	@tools/setup.sh relay
	@cargo build --release --no-default-features --features relay --bin ingle-relay
	@echo "The relay is target/release/ingle-relay. Start it with --data-dir DIR; it listens on port 4433."

load:
	@tools/setup.sh relay
	@tools/load.sh

relay-package:
	@tools/setup.sh relay
	@tools/setup.sh package
	@tools/package.sh relay

relay-static:
	@tools/setup.sh static
	@cargo build --locked --profile dist --target $$(uname -m)-unknown-linux-musl --no-default-features --features relay --bin ingle-relay
	@echo "The relay is target/$$(uname -m)-unknown-linux-musl/dist/ingle-relay."

package:
	@tools/setup.sh run
	@tools/setup.sh package
	@tools/package.sh client

tools:
	@tools/setup.sh tools
