"""How fast and how big: process start to first answer, answers a second of the stream, peak memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from bot import app

RUNS = 5
QUESTIONS = 2000


@dataclass(frozen=True)
class Figures:
    """What was measured, with the bound asked for beside it in ``table``."""

    first_answer_s: float
    answers_per_s: float
    p50_ms: float
    p99_ms: float
    peak_mb: float


def run(kb: Path, as_json: bool) -> int:
    """Measure in child processes and print; the questions are the curated phrasings, each cut short so that none is known by heart."""
    figures = measure(kb)
    sys.stdout.write(json.dumps(asdict(figures)) + "\n" if as_json else table(figures))
    return 0


def measure(kb: Path) -> Figures:
    dialogue = app.build_dialogue(kb)
    entries = dialogue.base.data.entries.values()
    lines = [
        phrase[: max(4, len(phrase) - 3)] for entry in entries for phrases in entry.ask.values() for phrase in phrases
    ]
    step = max(1, len(lines) // QUESTIONS)
    asked = (
        "\n".join(json.dumps({"id": n, "q": q}, ensure_ascii=False) for n, q in enumerate(lines[::step][:QUESTIONS]))
        + "\n"
    )
    command = [sys.executable, str(app.ROOT / "main.py"), "ask", "--kb", str(kb)]
    starts = [_seconds([*command, "товарооборот России и Китая за 2023 год"]) for _ in range(RUNS)]
    start = perf_counter()
    out = subprocess.run([*command, "--stream"], input=asked.encode(), stdout=subprocess.PIPE, check=True).stdout  # noqa: S603
    took = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    times = sorted(json.loads(line)["ms"] for line in out.splitlines())
    return Figures(
        first_answer_s=round(median(starts), 2),
        answers_per_s=round(len(times) / took, 0),
        p50_ms=times[len(times) // 2],
        p99_ms=times[int(len(times) * 0.99)],
        peak_mb=round(peak, 0),
    )


def _seconds(command: Iterable[str]) -> float:
    start = perf_counter()
    subprocess.run(list(command), stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    return perf_counter() - start


def table(figures: Figures) -> str:
    rows = (
        ("process start to first answer", f"{figures.first_answer_s:.2f} s", "at most 1.0 s"),
        ("ask --stream, one core", f"{figures.answers_per_s:.0f} answers/s", "at least 200"),
        ("one answer, median", f"{figures.p50_ms:.1f} ms", "at most 5 ms"),
        ("one answer, 99th percentile", f"{figures.p99_ms:.1f} ms", "at most 100 ms"),
        ("peak memory of the stream", f"{figures.peak_mb:.0f} MB", "at most 150 MB"),
    )
    return "".join(f"{name:32}{value:>16}   {bound}\n" for name, value, bound in rows)
