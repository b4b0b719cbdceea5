"""Makes what a microphone hears in recorded rooms, has `main.rs` do what the client does, and scores what comes of it.

The recordings come from folders named by RIRS, SPEECH, NOISE and CLIPS. A job is a JSON object in a line on standard output, its
answer a line on standard input; other lines are for people. The page goes to docs/rooms.md.
"""
import glob
import json
import math
import os
import sys
import tempfile
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import soundfile
from pesq import pesq
from scipy.signal import fftconvolve, resample_poly
from speechmos import aecmos, dnsmos

RATE = 16000
SETTINGS = ("off", "auto", "headset", "speakers")
place = tempfile.mkdtemp(prefix="ingle-rooms-")
random = np.random.default_rng(1)


def load(path):
    sound, rate = soundfile.read(path, dtype="float64", always_2d=True)
    divisor = math.gcd(rate, RATE)
    return resample_poly(sound.mean(axis=1), RATE // divisor, rate // divisor)


def folder(name):
    found = sorted(glob.glob(os.path.join(os.environ.get(name, ""), "*.wav")))
    if not found:
        sys.exit(f"{name} is to name a folder of wav files")
    return found


def named(path):
    return os.path.splitext(os.path.basename(path))[0]


def power(sound):
    frames = sound[: len(sound) // 320 * 320].reshape(-1, 320)
    return (frames**2).mean(axis=1) + 1e-12


def level(sound, db):
    """With its sounding parts at so many dBFS."""
    loud = power(sound)
    return sound * 10 ** (db / 20) / np.sqrt(loud[loud > loud.max() * 1e-3].mean())


def noise(length, db=-75):
    return random.standard_normal(length) * 10 ** (db / 20)


def run(near, far=None, chain="auto", way="chain"):
    """What the client makes of it, and what is to be known of that."""
    job = {"chain": chain, "way": way, "near": place + "/near.wav", "out": place + "/out.wav"}
    wide = lambda sound: np.clip(resample_poly(sound, 3, 1), -1, 1)
    soundfile.write(job["near"], wide(near), 48000, subtype="FLOAT")
    if far is not None:
        job["far"] = place + "/far.wav"
        soundfile.write(job["far"], wide(far), 48000, subtype="FLOAT")
    print(json.dumps(job), flush=True)
    answer = json.loads(sys.stdin.readline())
    out = load(job["out"])
    if way == "chain":
        # What the chain holds back.
        out = out[272:] if chain != "off" else out
    return np.pad(out, (0, max(0, len(near) - len(out)))), answer


def aligned(said, heard):
    likeness = fftconvolve(heard, said[::-1])
    late = int(np.argmax(likeness)) - (len(said) - 1)
    heard = heard[late:] if late >= 0 else np.concatenate([np.zeros(-late), heard])
    return np.pad(heard, (0, max(0, len(said) - len(heard))))[: len(said)]


def pesq_of(said, heard):
    scores = []
    for at in range(0, max(1, len(said) - 4 * RATE), 8 * RATE):
        piece = said[at : at + 8 * RATE]
        around = heard[max(0, at - RATE // 2) : at + 8 * RATE + RATE]
        scores.append(pesq(RATE, piece, aligned(piece, around), "wb"))
    return float(np.mean(scores))


def quality(sound):
    length = int(9.01 * RATE)
    pieces = [sound[at : at + length] for at in range(0, max(1, len(sound) - length), length)]
    return float(np.mean([dnsmos.run(np.clip(piece, -1, 1), RATE)["ovrl_mos"] for piece in pieces]))


def echo_scores(far, near, out, talk):
    clips = {"lpb": far, "mic": near, "enh": out}
    scores = aecmos.run({name: np.clip(clip, -1, 1) for name, clip in clips.items()}, RATE, talk_type=talk)
    return scores["echo_mos"], scores["deg_mos"]


def heard_share(said, heard):
    """The share of the sounding moments (within 35 dB of the loudest) that came with at most 15 dB less."""
    db = lambda sound: 10 * np.log10(power(sound))
    was, came = db(said), db(aligned(said, heard))
    around = np.array([came[max(0, at - 4) : at + 5].max() for at in range(len(came))])
    return float((around > was - 15)[was > was.max() - 35].mean())


def echo(far, response, delay_ms, loss_db=6, ppm=0, jump=None):
    sound = fftconvolve(far, response)[: len(far)] if response is not None else far
    late = lambda ms: np.concatenate([np.zeros(int(ms * RATE / 1000)), sound])[: len(far)]
    out = late(delay_ms)
    if jump:
        out = np.concatenate([out[: 10 * RATE], late(delay_ms + jump)[10 * RATE :]])
    if ppm:
        out = np.interp(np.arange(len(out)) * (1 + ppm * 1e-6), np.arange(len(out)), out)
    return out * 10 ** (-loss_db / 20)


def whispered(sound):
    """The same words without a voice: noise through the shape of each moment's spectrum, with little below 1.5 kHz."""
    size, hop = 512, 128
    window, out = np.hanning(size), np.zeros(len(sound) + size)
    tilt = np.clip(np.fft.rfftfreq(size, 1 / RATE) / 1500, 0.03, 1)
    for at in range(0, len(sound) - size, hop):
        cepstrum = np.fft.irfft(np.log(np.abs(np.fft.rfft(sound[at : at + size] * window)) + 1e-7))
        cepstrum[30:-30] = 0
        shape = np.exp(np.fft.rfft(cepstrum).real) * tilt
        breath = np.fft.rfft(random.standard_normal(size) * window) / np.sqrt((window**2).sum())
        out[at : at + size] += np.fft.irfft(shape * breath) * window
    return out[: len(sound)]


def response(path):
    sound = load(path)
    sound = sound[max(0, int(np.argmax(np.abs(sound))) - 8) :]
    return sound / np.sqrt((sound**2).sum())


def echoes(page, rooms, far, near):
    page.append("## Echo\n\nThe loudspeaker at -24 dBFS, its echo 6 dB below that, the microphone's noise at -75 dBFS. Nobody else talks.")
    page.append("")
    page.append("| Room | Delay | Besides | Echo lost (ERLE) | AECMOS echo |\n|---|---|---|---|---|")
    for name, sound in rooms.items():
        for delay, ppm, jump, words in (
            (20, 0, None, ""), (80, 0, None, ""), (200, 0, None, ""), (80, 100, None, "100 ppm of drift"),
            (80, 0, 80, "1.5 s after a jump of 80 ms"),
        ):
            mic = echo(far, sound, delay, ppm=ppm, jump=jump) + noise(len(far))
            out, _ = run(mic, far)
            part = slice(int(11.5 * RATE), int(21.5 * RATE)) if jump else slice(2 * RATE, 12 * RATE)
            lost = 10 * math.log10((mic[part] ** 2).sum() / (out[part] ** 2).sum())
            score, _ = echo_scores(far[part], mic[part], out[part], "st")
            page.append(f"| {name} | {delay} ms | {words} | {lost:.1f} dB | {score:.2f} |")
    page.append("\n## Both at once\n\nI talk at -26 dBFS for as long as the recording lasts, after four seconds of the others.\n")
    page.append("| Room | Echo below the loudspeaker | AECMOS echo | AECMOS degradation | PESQ |\n|---|---|---|---|---|")
    begin, end = 4 * RATE, 4 * RATE + len(near)
    mine = np.zeros(len(far))
    mine[begin:end] = near
    for name, sound, loss in [("headset", None, 40)] + [(n, s, loss) for n, s in rooms.items() for loss in (6, 16)]:
        mic = echo(far, sound, 80, loss) + mine + noise(len(far))
        out, _ = run(mic, far)
        scores = echo_scores(far[begin:end], mic[begin:end], out[begin:end], "dt")
        page.append(f"| {name} | {loss} dB | {scores[0]:.2f} | {scores[1]:.2f} | {pesq_of(near, out[begin:]):.2f} |")


def noises(page, voices, sounds, mixed):
    page.append("\n## Noise and clean speech\n\nWhat a listener hears, on a perfect line: DNSMOS (overall) with noise as loud as the voice, PESQ without.\n")
    page.append("| Sound | " + " | ".join(SETTINGS) + " |\n|---|" + "---|" * len(SETTINGS))
    first = next(iter(voices.values()))
    noisy = dict(mixed)
    for name, sound in sounds.items():
        loud = power(first)
        steady = np.tile(sound, len(first) // len(sound) + 1)[: len(first)]
        scale = np.sqrt(loud[loud > loud.max() * 10**-3.5].mean() / (steady**2).mean())
        noisy[f"speech and {name}"] = first + steady * scale
    for name, sound in noisy.items():
        cells = [f"{quality(run(sound, chain=chain, way='call')[0]):.2f}" for chain in SETTINGS]
        page.append(f"| {name}, DNSMOS | " + " | ".join(cells) + " |")
    for name, sound in voices.items():
        cells = [f"{pesq_of(sound, run(sound, chain=chain, way='call')[0]):.2f}" for chain in SETTINGS]
        page.append(f"| {name}, PESQ | " + " | ".join(cells) + " |")


def clips(page, paths, fan, voice):
    page.append("\n## Voices without words\n\nThe share of their sounding moments that a listener hears, clips in a row with 1.5 s of silence between. Whispering is\nspeech whose voice was replaced by breath.\n")
    page.append("| Clips | Peaks | " + " | ".join(SETTINGS) + " | auto, 10 dB over a fan |\n|---|---|" + "---|" * (len(SETTINGS) + 1))
    kinds = {}
    for path in paths:
        kinds.setdefault(named(path).split(".")[0], []).append(load(path))
    kinds["whispering"] = [whispered(voice)]
    for kind in sorted(kinds):
        for peak in (-9, -29):
            parts = [np.zeros(RATE)]
            for sound in kinds[kind]:
                parts += [sound / np.abs(sound).max() * 10 ** (peak / 20), np.zeros(RATE * 3 // 2)]
            sound = np.concatenate(parts)
            shares = [heard_share(sound, run(sound, chain=chain, way="call")[0]) for chain in SETTINGS]
            loud = power(sound)
            steady = np.tile(fan, len(sound) // len(fan) + 1)[: len(sound)]
            scale = np.sqrt(loud[loud > loud.max() * 10**-3.5].mean() / (steady**2).mean() / 10)
            shares.append(heard_share(sound, run(sound + steady * scale, way="call")[0]))
            page.append(f"| {kind} | {peak} dBFS | " + " | ".join(f"{share:.0%}" for share in shares) + " |")


def keys(length, within_ms):
    """Somebody types, eight keys a second at -30 dBFS, each dying away within so long."""
    out, at = np.zeros(length), RATE
    while at < length - RATE // 4:
        die = np.arange(RATE // 6)
        out[at : at + len(die)] += random.standard_normal(len(die)) * np.exp(-die / (within_ms / 1000 * RATE)) * 10**-1.5
        at += int(random.uniform(0.06, 0.19) * RATE)
    return out + noise(length, -70)


def nobody(page, sounds):
    page.append("\n## Nobody\n\nThe share of half a minute that is sent though nobody is there.\n")
    page.append("| Sound | Level | off | auto |\n|---|---|---|---|")
    length = 30 * RATE
    found = [("silence", "", np.zeros(length))]
    found += [("the microphone's noise", f"{db} dBFS", noise(length, db)) for db in (-75, -60, -40)]
    found += [("keys", "-30 dBFS", keys(length, 12)), ("keys in an empty room", "-30 dBFS", keys(length, 50))]
    for name, sound in sounds.items():
        steady = np.tile(sound, length // len(sound) + 1)[:length]
        found += [(name, f"{db} dBFS", steady / np.sqrt((steady**2).mean()) * 10 ** (db / 20)) for db in (-20, -40, -55)]
    for name, level_of_it, sound in found:
        shares = [run(sound, chain=chain, way="call")[1]["sent_ms"] * RATE / 1000 / length for chain in ("off", "auto")]
        page.append(f"| {name} | {level_of_it} | " + " | ".join(f"{share:.0%}" for share in shares) + " |")


def main():
    rooms = {named(path): response(path) for path in folder("RIRS") if named(path) in os.environ.get("ROOMS", "rir1 room_rt60_0.79").split()}
    voices = {named(path): load(path) for path in folder("SPEECH")}
    sounds = {named(path): load(path) for path in folder("NOISE")}
    mixed = {name: sound for name, sound in sounds.items() if "snr0" in name}
    sounds = {name: sound for name, sound in sounds.items() if name not in mixed}
    names = list(voices)
    page = [
        "# In rooms\n\n`make bench-rooms` writes this page: what the capture chain makes of recorded speech, rooms and noise, which are"
        " not part of the\nproject. ERLE and AECMOS are of what the chain gives to the encoder; the rest is what a listener hears.\n"
    ]
    far, near = level(voices[names[0]], -24), level(voices[names[-1]], -26)
    print("echo", flush=True)
    echoes(page, rooms, far, near)
    print("noise", flush=True)
    noises(page, voices, sounds, mixed)
    print("clips", flush=True)
    clips(page, folder("CLIPS"), next(reversed(sounds.values())), voices[names[1 % len(names)]])
    nobody(page, sounds)
    text = "\n".join(page) + "\n"
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../docs/rooms.md")
    with open(target, "w") as file:
        file.write(text)
    print(text, flush=True)


main()
