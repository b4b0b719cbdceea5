#!/usr/bin/env bash
# Groups on a relay of this machine, and what they cost it. ROOMS, MEMBERS, TALKERS, FRAME_MS and TALK_S change what is asked of it,
# RELAY names another build of it. Where there is taskset, the relay has one core and the load another.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

cargo build --release --quiet --features load --bin ingle-relay --bin ingle-load
relay=${RELAY:-target/release/ingle-relay}
here=$(mktemp -d)
trap 'kill "$pid" 2>/dev/null || true; rm -rf "$here"' EXIT
# Only for the background: the shell that was started for it becomes the program, so that its number is the program's.
on() { if command -v taskset >/dev/null && [ "$(nproc)" -gt 1 ]; then exec taskset -c "$@"; else shift && exec "$@"; fi; }

on 0 "$relay" --listen 127.0.0.1:0 --data-dir "$here" >"$here/said" &
pid=$!
for _ in $(seq 50); do [ -s "$here/said" ] && break || sleep 0.1; done
at=$(sed 's/^ingle-relay listens on \([^,]*\),.*/\1/' "$here/said")
used() { awk '{print $14 + $15}' "/proc/$pid/stat" 2>/dev/null || echo 0; }

# The relay's time counts from when all are in and have measured their lines.
mkfifo "$here/told"
on 1 target/release/ingle-load --relay "$at" --rooms "${ROOMS:-50}" --members "${MEMBERS:-20}" --talkers "${TALKERS:-1}" \
    --frame-ms "${FRAME_MS:-60}" --seconds "${TALK_S:-20}" 2>"$here/told" &
load=$!
while read -r line; do
    echo "$line"
    case $line in Talking*) before=$(used) began=$(date +%s%N) ;; esac
done <"$here/told"
wait "$load"
after=$(used) now=$(date +%s%N)
if [ -r "/proc/$pid/status" ]; then
    awk "BEGIN {printf \"The relay took %.1f %% of a core from then on\", ($after - $before) * 1e9 / ($now - $began)}"
    awk '/VmHWM/ {printf ", and %d MiB of memory at most.\n", $2 / 1024}' "/proc/$pid/status"
fi
