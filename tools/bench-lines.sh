#!/usr/bin/env bash
# Plays speech over bad lines, and scores what is heard. What can be chosen is in docs/lines.md.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

# The scores come from packages in Python, which get a place of their own. Without them the rest is measured.
python=target/lines/python
wanted=benches/lines/requirements.txt
if ! cmp -s "$wanted" "$python/ready"; then
    echo "== Fetching what gives scores, once"
    mkdir -p target/lines
    log=target/lines/python.log
    if python3 -m venv "$python" >"$log" 2>&1 && "$python/bin/pip" install -q -r "$wanted" >>"$log" 2>&1; then
        cp "$wanted" "$python/ready"
    else
        echo "That didn't work; $log says why. On Debian and Ubuntu python3-venv may be missing." >&2
    fi
fi
MEASURED=$(date -u +%F)
export MEASURED
exec cargo bench --quiet --all-features --bench lines
