"""Scores speech that came over a line against what was said: PESQ (wide band) and PLCMOS.

One JSON object a line on standard input, {"id", "said", "heard", "begins"}: two wav files, and where in the second the
speech begins, in seconds. For each a line on standard output: {"id", "pesq", "plcmos"}; without a score that failed.
Each file is scored in pieces of about 8 s, which are aligned one by one because the delay moves during a call; the
scores are the means of the pieces. A piece in which PESQ finds no speech counts as 1, the least.
"""
import json
import math
import sys
import traceback

import numpy as np
import soundfile
from pesq import PesqError, pesq
from scipy.signal import fftconvolve, resample_poly
from speechmos import plcmos

RATE = 16000
PIECE_S = 8
# How far the delay may be from the usual one, in samples.
SLACK = RATE // 2


def load(path):
    sound, rate = soundfile.read(path, dtype="float64", always_2d=True)
    divisor = math.gcd(rate, RATE)
    return resample_poly(sound.mean(axis=1), RATE // divisor, rate // divisor)


def cut(sound, start, length):
    """`length` samples from `start` on, with silence where there are none."""
    before = max(0, -start)
    part = sound[max(0, start) : max(0, start + length)]
    return np.pad(part, (before, max(0, length - before - len(part))))[:length]


def aligned(piece, sound, start):
    """What of `sound` is most like `piece`, near `start`."""
    around = cut(sound, start - SLACK, len(piece) + 2 * SLACK)
    likeness = fftconvolve(around, piece[::-1], mode="valid")
    return cut(around, int(np.argmax(likeness)), len(piece))


def pesq_of(piece, part):
    # Very rarely its own code comes to no number for what it scores at the next try.
    for _ in range(4):
        try:
            return pesq(RATE, piece, part, "wb")
        except PesqError:
            return 1.0
        except ValueError as error:
            problem = error
    raise problem


def score(said, heard, begins):
    count = max(1, round(len(said) / (PIECE_S * RATE)))
    length = len(said) // count
    scores = {"pesq": [], "plcmos": []}
    for number in range(count):
        piece = said[number * length : (number + 1) * length]
        part = aligned(piece, heard, round(begins * RATE) + number * length)
        scores["pesq"].append(pesq_of(piece, part))
        scores["plcmos"].append(float(plcmos.run(np.clip(part, -1, 1), RATE)["plcmos"]))
    return {name: float(np.mean(values)) for name, values in scores.items()}


print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    job = json.loads(line)
    answer = {"id": job["id"]}
    try:
        answer |= score(load(job["said"]), load(job["heard"]), job["begins"])
    except Exception:
        print(job, file=sys.stderr)
        traceback.print_exc()
    print(json.dumps(answer), flush=True)
