#!/usr/bin/env bash
# Plays speech over bad lines, and scores what is heard. What can be chosen is in docs/lines.md.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

tools/scores.sh
MEASURED=$(date -u +%F)
export MEASURED
exec cargo bench --quiet --all-features --bench lines
