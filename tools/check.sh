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

# cargo-deny takes minutes to build from source, so that `make test` doesn't wait for it: `make tools` installs it, and the
# workflow under .github does so. The advisories come from the network, and are skipped without it.
step "dependencies: licences, bans, sources, advisories"
if command -v cargo-deny >/dev/null; then
    cargo deny --log-level error check --hide-inclusion-graph bans licenses sources
    if cargo deny --log-level off fetch db; then
        cargo deny --log-level error check --hide-inclusion-graph advisories
    else
        echo "Skipped the advisories: their database can't be fetched here."
    fi
else
    echo "Skipped: cargo-deny isn't installed. \`make tools\` installs it, which takes some minutes."
fi

step "the relay alone, without sound, codec or screen"
relay=(--no-default-features --features relay)
tree=$(cargo tree --quiet -e normal --prefix none "${relay[@]}")
if unwanted=$(grep -E '^(cpal|alsa|alsa-sys|libpulse-binding|libpulse-sys|opusic-c|opusic-sys|ratatui|crossterm)( |$)' <<<"$tree"); then
    echo "The relay must build without these crates:" >&2
    echo "$unwanted" >&2
    exit 1
fi
# Lints in place of a build, which would only compile all dependencies once more; `make relay` builds it.
cargo clippy --quiet "${relay[@]}" --bin ingle-relay -- -D warnings

step "fuzz targets"
cargo check --quiet --locked --all-features --manifest-path fuzz/Cargo.toml --target-dir target/fuzz

step "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --all-features

step "examples in the documentation"
cargo test --quiet --all-features --doc

step "tests"
# Tests of whole programs mostly wait for each other, so more run at once than there are processors.
cargo test --all-features --lib --bins --tests -- --test-threads $((2 * $(getconf _NPROCESSORS_ONLN)))

step "the examples' evening"
cargo run --quiet --all-features --example evening
