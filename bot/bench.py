"""How fast and how big: process start to first answer, answers a second of the stream, peak memory, and what a grown base would cost."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from bot import app
from handlers.dialogue import Dialogue
from handlers.messages import Incoming

RUNS = 5
NOW = datetime(2026, 11, 24, tzinfo=UTC)
QUESTIONS = 2000
GROWN_QUESTIONS = 400
"""Questions asked of the base and of its multiple in one process, one after the other."""
ROUNDS = 3
"""The first fills what is remembered between questions; of the others the better counts, whatever else the machine does meanwhile."""
MOST_GROWTH = 3
"""How many times as long the median answer may take over a hundred times as many phrasings."""


@dataclass(frozen=True)
class Figures:
    """What was measured, with the bound asked for beside it in ``table``; ``grown_*`` are zero where the base was not multiplied."""

    first_answer_s: float
    answers_per_s: float
    p50_ms: float
    p99_ms: float
    peak_mb: float
    times: int = 1
    grown_from_ms: float = 0.0
    grown_p50_ms: float = 0.0


def run(kb: Path, as_json: bool, times: int = 1) -> int:
    """Measure in child processes and print; the questions are the curated phrasings, each cut short so that none is known by heart."""
    figures = measure(kb)
    if times > 1:
        figures = replace(figures, times=times, **grown(kb, times))
    sys.stdout.write(json.dumps(asdict(figures)) + "\n" if as_json else table(figures))
    return 0


def measure(kb: Path) -> Figures:
    lines = questions(app.build_dialogue(kb), QUESTIONS)
    asked = "".join(json.dumps({"id": n, "q": q}, ensure_ascii=False) + "\n" for n, q in enumerate(lines))
    command = [sys.executable, str(app.ROOT / "main.py"), "ask", "--kb", str(kb)]
    starts = [_seconds([*command, "товарооборот России и Китая за 2023 год"]) for _ in range(RUNS)]
    start = perf_counter()
    out = subprocess.run([*command, "--stream"], input=asked.encode(), stdout=subprocess.PIPE, check=True).stdout  # noqa: S603 - our own program
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


def questions(dialogue: Dialogue, count: int) -> list[str]:
    """Phrasings from all over the base, their ends cut off."""
    entries = dialogue.base.data.entries.values()
    lines = [line[: max(4, len(line) - 3)] for entry in entries for lines in entry.ask.values() for line in lines]
    return lines[:: max(1, len(lines) // count)][:count]


def grown(kb: Path, times: int) -> dict[str, float]:
    """The median of one answer over the base as it is, and over the base with twins: the same questions in turn, each at its best of ``ROUNDS``."""
    from bot.twins import multiplied  # only this measurement makes twins

    small = app.build_dialogue(kb)
    asked = questions(small, GROWN_QUESTIONS)
    sys.stderr.write(f"Making {times - 1} twins of every entry ...\n")
    large = replace(small, base=multiplied(small.base, times))
    gc.collect()
    gc.freeze()
    # A dialogue made anew remembers no question of the round before.
    rounds = [
        [[_milliseconds(one, text) for text in asked] for one in (replace(small), replace(large))]
        for _ in range(ROUNDS)
    ]
    before, after = (map(min, *tries) for tries in zip(*rounds, strict=True))
    return {"grown_from_ms": round(median(before), 3), "grown_p50_ms": round(median(after), 3)}


def _milliseconds(dialogue: Dialogue, text: str) -> float:
    start = perf_counter()
    dialogue.reply(Incoming(text, NOW))
    return (perf_counter() - start) * 1000


def _seconds(command: Iterable[str]) -> float:
    start = perf_counter()
    subprocess.run(list(command), stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own program
    return perf_counter() - start


def table(figures: Figures) -> str:
    rows = (
        ("process start to first answer", f"{figures.first_answer_s:.2f} s", "at most 1.0 s"),
        ("ask --stream, one core", f"{figures.answers_per_s:.0f} answers/s", "at least 200"),
        ("one answer, median", f"{figures.p50_ms:.1f} ms", "at most 2 ms"),
        ("one answer, 99th percentile", f"{figures.p99_ms:.1f} ms", "at most 40 ms"),
        ("peak memory of the stream", f"{figures.peak_mb:.0f} MB", "at most 250 MB"),
    )
    lines = [f"{name:32}{value:>16}   {bound}\n" for name, value, bound in rows]
    if figures.times > 1:
        bound = f"at most {MOST_GROWTH} times the {figures.grown_from_ms:.1f} ms of the base as it is"
        lines.append(f"{f'median, {figures.times} times the base':32}{figures.grown_p50_ms:>13.1f} ms   {bound}\n")
    return "".join(lines)
