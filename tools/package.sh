#!/usr/bin/env bash
# Builds a Debian package into target/debian: of the client, with its manual pages and completions, or of the relay.
# Usage: tools/package.sh client|relay
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

# In thousands of bytes: what a program may have at most.
declare -A most=([client]=12000 [relay]=5000)
what=${1:-client}
case $what in
client)
    cargo build --locked --profile dist --bin ingle
    program=target/dist/ingle
    mkdir -p target/package/completions
    rm -rf target/package/man
    for language in en de; do "$program" man --dir "target/package/man/$language" --language "$language"; done
    "$program" completions bash --language en >target/package/completions/ingle.bash
    "$program" completions zsh --language en >target/package/completions/_ingle
    "$program" completions fish --language en >target/package/completions/ingle.fish
    cargo deb --locked --variant client --no-build
    ;;
relay)
    cargo build --locked --profile dist --no-default-features --features relay --bin ingle-relay
    program=target/dist/ingle-relay
    cargo deb --locked --no-build
    ;;
*)
    echo "Usage: tools/package.sh client|relay" >&2
    exit 2
    ;;
esac
size=$(($(stat -c %s "$program") / 1000))
echo "The program has $size kB, of ${most[$what]} at most."
[ "$size" -le "${most[$what]}" ]
