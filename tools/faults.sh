#!/usr/bin/env bash
# The catalogue of faults against the programs as they are released. CASES, SEED and JOBS are said in tests/faults/catalogue/mod.rs.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

if [ -z "${INGLE_PROGRAMS:-}" ]; then
    cargo build --release --quiet --bin ingle --bin ingle-relay
    export INGLE_PROGRAMS=target/release
fi
INGLE_PROGRAMS=$(realpath "$INGLE_PROGRAMS")
exec cargo test --quiet --all-features --test faults the_catalogue_of_faults -- --ignored --nocapture
