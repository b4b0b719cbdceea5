#!/usr/bin/env bash
# Installs what a target needs and this machine lacks. Usage: tools/setup.sh run|test|soak|relay|static|package|tools
# Debian and Ubuntu: with apt-get, as root or through sudo. Anywhere else: says what to install. Quiet if nothing is missing.
set -euo pipefail

target=${1:-}
case $target in
run | test | soak | relay | static | package | tools) ;;
*)
    echo "Usage: tools/setup.sh run|test|soak|relay|static|package|tools" >&2
    exit 2
    ;;
esac

# rustup puts cargo where only the next login finds it.
if ! command -v cargo >/dev/null && [ ! -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ]; then
    echo "Rust isn't installed on this machine. Get it from https://rustup.rs, then try again." >&2
    exit 1
fi

has() { command -v "$1" >/dev/null; }

PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
if [ "$target" = tools ]; then
    has cargo-deny || cargo install --locked cargo-deny
    exit 0
fi
if [ "$target" = package ]; then
    has cargo-deb || { echo "== Installing cargo-deb, which makes Debian packages; once, some minutes" && cargo install --locked cargo-deb; }
    exit 0
fi
if [ "$target" = static ]; then
    musl=$(uname -m)-unknown-linux-musl
    rustup target list --installed | grep -qx "$musl" || rustup target add "$musl"
fi
# On Windows Rust's own installer asks for a compiler, and there are no packages to name.
case $(uname -s) in MINGW* | MSYS* | CYGWIN*) exit 0 ;; esac

packages=()
has cc || packages+=(build-essential)
if [ "$target" = static ]; then
    has musl-gcc || packages+=(musl-tools)
elif [ "$target" != relay ]; then
    has cmake || packages+=(cmake)
    has c++ || [[ " ${packages[*]-} " == *" build-essential "* ]] || packages+=(build-essential)
    if [ "$(uname -s)" = Linux ]; then
        has pkg-config || packages+=(pkg-config)
        { has pkg-config && pkg-config --exists alsa; } || packages+=(libasound2-dev)
        { has pkg-config && pkg-config --exists libpulse; } || packages+=(libpulse-dev)
    fi
fi
# Relays of a fleet agree through etcd: its client is built with protoc and Google's own definitions, and the tests start one.
if [ "$target" = test ] || [ "$target" = soak ]; then
    has protoc || packages+=(protobuf-compiler)
    [ -e /usr/include/google/protobuf/descriptor.proto ] || [ "$(uname -s)" != Linux ] || packages+=(libprotobuf-dev)
    has etcd || [ "$(uname -s)" != Linux ] || packages+=(etcd-server)
fi
# The soak's tests of real sound devices start a PulseAudio of their own; without one they skip and say so.
optional=()
if [ "$target" = soak ] && [ "$(uname -s)" = Linux ]; then
    has pulseaudio || optional+=(pulseaudio)
    has pactl || optional+=(pulseaudio-utils)
    # Networks of their own, and a router in one of them; as the sound devices.
    has ss || optional+=(iproute2)
    has nft || optional+=(nftables)
    has miniupnpd || has /usr/sbin/miniupnpd || optional+=(miniupnpd-nftables)
    # Those of blocked networks start these in networks of their own; a test whose program is missing says that it skips.
    has iptables || optional+=(iptables)
    has conntrack || optional+=(conntrack)
    ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || optional+=(libfaketime)
    has tinyproxy || optional+=(tinyproxy-bin)
    has nginx || optional+=(nginx-light)
fi
[ $((${#packages[@]} + ${#optional[@]})) -gt 0 ] || exit 0

missing="${packages[*]-} ${optional[*]-}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
if ! has apt-get || { [ "$(id -u)" -ne 0 ] && ! has sudo; }; then
    echo "Please install what these Debian packages hold, by the names your system has for them: $missing" >&2
    [ ${#packages[@]} -eq 0 ] # only the optional ones may be missing
    exit
fi

echo "== Installing: $missing"
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" </dev/null >"$log" 2>&1; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt update || true # an old list is often good enough; the install says if it isn't
for group in "${packages[*]-}" "${optional[*]-}"; do
    [ -n "$group" ] || continue
    # shellcheck disable=SC2086 # several packages
    if ! apt install -y --no-install-recommends $group; then
        tail -n 5 "$log" >&2
        echo "Could not install: $group. Please install it by hand, then try again." >&2
        [ "$group" = "${optional[*]-}" ] || exit 1
    fi
done
