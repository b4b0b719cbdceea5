#!/usr/bin/env bash
# The tests on a real clock, six minutes; then hours of churn, SOAK_S seconds of it (six hours unless told, none with 0), against the
# programs as they are released. All of it is run, whatever fails.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

failed=0
tests() { cargo test --all-features "$@" || failed=1; }
if [ -z "${ONLY_CHURN:-}" ]; then
    tests --test faults -- --ignored --nocapture --test-threads 8 --skip attack_night --skip the_catalogue_of_faults
    tests --lib device:: -- --ignored --nocapture --test-threads 2
    tests --test audio_devices --test cli --test fleet --test lines --test rehearse --test relay -- --ignored --nocapture --test-threads 2
fi
if [ "${SOAK_S:-1}" != 0 ]; then
    if [ -z "${INGLE_PROGRAMS:-}" ]; then
        cargo build --release --quiet --bin ingle --bin ingle-relay
        export INGLE_PROGRAMS=target/release
    fi
    INGLE_PROGRAMS=$(realpath "$INGLE_PROGRAMS")
    tests --test soak -- --ignored --nocapture
fi
exit $failed
