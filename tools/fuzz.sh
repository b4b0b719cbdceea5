#!/usr/bin/env bash
# Fuzzes everything that reads from the network, one target after the other, and says how many inputs each has taken.
# FUZZ_SECONDS is for each target, or make fuzz MINUTES=n; FUZZ_TARGETS names some of them.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

if ! cargo fuzz --version >/dev/null 2>&1 || ! cargo +nightly --version >/dev/null 2>&1; then
    echo "Fuzzing needs cargo-fuzz and a nightly compiler: rustup toolchain install nightly && cargo install cargo-fuzz" >&2
    exit 1
fi

seconds=${FUZZ_SECONDS:-600}
read -ra targets <<<"${FUZZ_TARGETS:-$(cd fuzz/fuzz_targets && printf '%s ' *.rs | sed 's/\.rs//g')}"
out=target/fuzz-out
mkdir -p "$out"
failed=0
for target in "${targets[@]}"; do
    corpus="$out/corpus/$target"
    mkdir -p "$corpus"
    log="$out/$target.log"
    if cargo +nightly fuzz run "$target" --features client --target-dir target/fuzz-run "$corpus" "fuzz/seeds/$target" -- \
        -max_total_time="$seconds" -timeout=60 -print_final_stats=1 -verbosity=0 >"$log" 2>&1; then
        result="no crash, nothing slower than 10 ms"
    else
        result="FAILED: see $log"
        failed=1
    fi
    taken=$(grep -oP 'number_of_executed_units: \K\d+' "$log" || echo "?")
    echo "$target: $taken inputs in $seconds s; $result"
done
exit $failed
