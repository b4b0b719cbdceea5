#!/usr/bin/env bash
# Everything a change must pass, in the order that fails soonest. `make test` installs what is missing first.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

step() { echo "== $*"; }

step "format"
cargo fmt --check

step "lints"
cargo clippy --quiet --all-targets --all-features -- -D warnings

step "the relay alone, without sound, codec or screen"
relay=(--no-default-features --features relay)
tree=$(cargo tree --quiet -e normal --prefix none "${relay[@]}")
if unwanted=$(grep -E '^(cpal|alsa|alsa-sys|opusic-c|opusic-sys|ratatui|crossterm)( |$)' <<<"$tree"); then
    echo "The relay must build without these crates:" >&2
    echo "$unwanted" >&2
    exit 1
fi
cargo build --quiet "${relay[@]}" --bin ingle-relay

step "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --all-features

step "examples in the documentation"
cargo test --quiet --all-features --doc

step "tests"
cargo test --all-features --lib --bins --tests
