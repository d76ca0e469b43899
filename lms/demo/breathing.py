"""A two-minute sound for the breathing exercise, made from nothing but the standard library.

Ten cycles of twelve seconds: breathe in for 4 (the tone rises in pitch and loudness), hold for 2
(steady and soft), breathe out for 6 (it falls and fades). The pitch glides between C4 and G4, with
quiet harmonics. The file is a WAV (mono, 16 bit, 8 kHz, 1.9 MB), which every phone plays; the tones
stay far below the 4 kHz such a file can hold.
"""

import math
import sys
import wave
from array import array
from pathlib import Path

SAMPLE_RATE = 8000  # samples a second
SECONDS = 120
BREATHE_IN, HOLD, BREATHE_OUT = 4, 2, 6  # seconds; one cycle
CYCLE = BREATHE_IN + HOLD + BREATHE_OUT

LOW, HIGH = 261.63, 392.0  # Hz: C4 and G4
HARMONICS = ((1, 1.0), (2, 0.18), (3, 0.06))  # multiple of the pitch, strength
LOUDEST, HOLD_LEVEL = 0.5, 0.32  # of full scale

TABLE_SIZE = 4096  # one period of the tone


def write_breathing(path: str | Path) -> None:
    """Write the WAV file to `path`, replacing what is there. The same bytes every time.

    Takes about a tenth of a second. Raises OSError if the file cannot be written.
    """
    frames = _cycle() * (SECONDS // CYCLE)
    if sys.byteorder == "big":
        frames.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(frames.tobytes())


def _cycle() -> array:
    """The samples of one breath, from silence to silence."""
    table = _period()
    samples = array("h")
    phase = 0.0
    for index in range(CYCLE * SAMPLE_RATE):
        pitch, level = _pitch_and_level(index / SAMPLE_RATE)
        phase = (phase + pitch * TABLE_SIZE / SAMPLE_RATE) % TABLE_SIZE
        samples.append(round(32767 * level * table[int(phase)]))
    return samples


def _period() -> list[float]:
    """One period of the tone with its harmonics, between -1 and 1."""
    total = sum(strength for _, strength in HARMONICS)
    turn = 2 * math.pi / TABLE_SIZE
    return [
        sum(strength * math.sin(multiple * turn * step) for multiple, strength in HARMONICS) / total
        for step in range(TABLE_SIZE)
    ]


def _pitch_and_level(second: float) -> tuple[float, float]:
    """Pitch in Hz and loudness (0 to 1) at a moment of the cycle; both move without corners."""
    if second < BREATHE_IN:
        done = _ease(second / BREATHE_IN)
        return _glide(done), LOUDEST * done
    if second < BREATHE_IN + HOLD:
        done = _ease((second - BREATHE_IN) / HOLD)
        return HIGH, LOUDEST + (HOLD_LEVEL - LOUDEST) * done
    done = _ease((second - BREATHE_IN - HOLD) / BREATHE_OUT)
    return _glide(1 - done), HOLD_LEVEL * (1 - done)


def _ease(share: float) -> float:
    """0 to 1 along half a cosine: starts and ends level."""
    return (1 - math.cos(math.pi * share)) / 2


def _glide(share: float) -> float:
    """A pitch between LOW and HIGH, even to the ear."""
    return LOW * (HIGH / LOW) ** share
