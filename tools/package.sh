#!/usr/bin/env bash
# Builds what goes into the client's Debian package, and the package itself where cargo-deb is installed.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --locked --profile dist --bin ingle
ingle=target/dist/ingle
mkdir -p target/package/man target/package/completions
"$ingle" man --dir target/package/man
"$ingle" completions bash >target/package/completions/ingle.bash
"$ingle" completions zsh >target/package/completions/_ingle
"$ingle" completions fish >target/package/completions/ingle.fish
echo "The program has $(($(stat -c %s "$ingle") / 1000)) kB."
if command -v cargo-deb >/dev/null; then
  cargo deb --locked --variant client --no-build
else
  echo "For the package: cargo install cargo-deb, then make package again. Pages and completions are in target/package."
fi
