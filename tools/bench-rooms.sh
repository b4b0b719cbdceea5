#!/usr/bin/env bash
# Plays recorded speech in recorded rooms, and scores what the capture chain makes of it. RIRS, SPEECH, NOISE and CLIPS name folders
# of wav files: responses of rooms, clean speech, noise, voices without words.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
tools/scores.sh
exec cargo bench --quiet --all-features --bench rooms
