#!/usr/bin/env bash
# Fetches the packages in Python that give scores into a place of their own, once. Without them the rest is measured.
set -euo pipefail
cd "$(dirname "$0")/.."

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
