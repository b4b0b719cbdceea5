#!/usr/bin/env bash
# Makes the practice group's voices again from the table in assets/voices/README.md, and writes their lengths into it.
# Needs espeak-ng, sox, opusenc and opusinfo; nothing else in the project does.
set -euo pipefail
cd "$(dirname "$0")/../assets/voices"

for tool in espeak-ng sox opusenc opusinfo; do
    command -v "$tool" >/dev/null || { echo "make-voices: please install $tool first." >&2; exit 1; }
done

readonly LOUDNESS=-23 # LUFS, nearly: mono, K-weighted, over the trimmed utterance
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The voices differ in accent, pitch and pace, so that they can be told apart on a small loudspeaker.
voice_of() {
    case $1 in
    Ana) echo "-v en-gb-x-rp+f2 -p 52 -s 152" ;;
    Bo) echo "-v en-us+m3 -p 30 -s 142" ;;
    Cyn) echo "-v en-gb-scotland+f4 -p 86 -s 150" ;;
    Dee) echo "-v en-us+f5 -p 22 -s 140" ;;
    Eli) echo "-v en-gb+m7 -p 80 -s 156" ;;
    *) echo "make-voices: no voice for '$1'; add one to voice_of." >&2; return 1 ;;
    esac
}

# How loud a file is to an ear: the two filters stand for the K-weighting of BS.1770, whose offset is -0.7 dB.
loudness_of() {
    sox "$1" -n highpass 38 treble +4 1700 stats 2>&1 | awk '/^RMS lev dB/ { print $4 - 0.7 }'
}

make_one() {
    local file=$1 member=$2 words=$3 gain voice length after
    voice=$(voice_of "$member")
    # shellcheck disable=SC2086 # the voice is several arguments
    espeak-ng $voice -w "$work/said.wav" "$words"
    sox -D "$work/said.wav" -r 16000 -b 16 "$work/trimmed.wav" sinc -7500 \
        silence 1 0.02 0.5% reverse silence 1 0.02 0.5% reverse
    gain=$(awk -v want=$LOUDNESS -v is="$(loudness_of "$work/trimmed.wav")" 'BEGIN { printf "%.2f", want - is }')
    # 100 ms of silence before and at least as much after, so that the last packet is a whole one of 60 ms (960 samples):
    # the encoder puts 104 samples before the first.
    length=$(soxi -s "$work/trimmed.wav")
    after=$(((length + 1600 + 1600 + 104 + 959) / 960 * 960 - 104 - 1600 - length))
    sox -D "$work/trimmed.wav" "$work/level.wav" gain "$gain" fade t 0.005 0 0.01 pad 1600s "${after}s"
    # A fixed serial and no padding: the same words give the same bytes.
    opusenc --quiet --speech --hard-cbr --bitrate 12 --framesize 60 --comp 10 --serial 1 --padding 0 \
        "$work/level.wav" "$file"
    soxi -D "$work/level.wav"
}

rm -f ./*.opus
while IFS='|' read -r _ file member words _; do
    read -r file <<<"$file" && read -r member <<<"$member" && read -r words <<<"$words"
    seconds=$(printf '%.1f' "$(make_one "$file" "$member" "$words")")
    sed -i -E "s/^(\| $file \|.*\| )[0-9.]+ \|$/\1$seconds |/" README.md
    echo "$file $seconds s"
done < <(grep -E '^\| [a-z]+-[0-9]{2}\.opus ' README.md)
echo "make-voices: $(cat ./*.opus | wc -c) bytes in all."
