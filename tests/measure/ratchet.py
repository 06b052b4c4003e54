"""The ratchet: what the test split once reached is not given up again without a written reason.

``tests/measure/ratchet.toml`` holds a figure per line. One that was lowered stands as ``{ now = …, was = …, because = "…" }`` until it is back.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.catalogue import Catalogue
from knowledge.model import LANGS, Lang
from knowledge.rank import Ranker
from tests.measure.calibration import answers, area_under_risk, expected_error, guesses
from tests.measure.judge import Measured

FILE = Path(__file__).parent / "ratchet.toml"
LESS_IS_BETTER = ("wrong", "out of scope answered", "calibration error", "area under risk")
HEAD = """\
# Written by `make quality` with --write; read by tests/test_quality.py, which fails where a figure falls.
# Shares are in % of the questions of the test split; the two last figures of a language are explained in tests/measure/calibration.py.
# A figure is lowered only by `python -m tests.measure.report --write --because "..."`, and the reason stays beside it.
"""

Figures = Mapping[str, float]
"""By name: ``ru.right``, ``zh.style.typos``; what a table of the file holds shares the part before the last dot."""


class FallenError(Exception):
    """A figure would be lowered without a reason; the message names each, and what to write."""


@dataclass(frozen=True)
class Kept:
    """One figure of the file: what must be reached, and, where it was lowered, from what and why."""

    now: float
    was: float | None = None
    because: str = ""


def figures(base: Catalogue, ranker: Ranker, measured: Measured) -> dict[str, float]:
    """Everything that may not fall, measured on the test split."""
    return {f"{lang}.{name}": value for lang in LANGS for name, value in _figures(base, ranker, measured, lang)}


def _figures(base: Catalogue, ranker: Ranker, measured: Measured, lang: Lang) -> Iterator[tuple[str, float]]:
    told = [one for one in measured.told if (one.asked.split, one.asked.lang) == ("test", lang)]
    inside = [one for one in told if one.asked.entries]
    talks = [one.verdict for one in measured.talks if (one.talk.split, one.talk.lang) == ("test", lang)]
    yield "right", _percent([one.verdict for one in inside])
    yield "wrong", _percent([one.verdict for one in inside], "wrong")
    yield "out of scope answered", _percent([one.verdict for one in told if not one.asked.entries], "wrong")
    yield "follow-ups right", _percent(talks)
    yield "calibration error", round(expected_error(answers(told)), 3)
    yield "area under risk", round(area_under_risk(guesses(base, ranker, inside)), 4)
    for style in sorted({one.asked.style for one in inside}):
        yield f"style.{style}", _percent([one.verdict for one in inside if one.asked.style == style])
    for kind, damaged in measured.noisy.items():
        verdicts = [one.verdict for one in damaged if one.asked.lang == lang]
        if verdicts:
            yield f"noise.{kind}", _percent(verdicts)


def _percent(verdicts: Sequence[str], which: str = "right") -> float:
    return round(100 * verdicts.count(which) / len(verdicts), 1) if verdicts else 0.0


def fallen(kept: Mapping[str, Kept], found: Figures) -> list[str]:
    """Each kept figure that is worse now or no longer measured, with by how much."""
    return [line for name, one in kept.items() if (line := _fall(name, one.now, found.get(name)))]


def _fall(name: str, before: float, now: float | None) -> str | None:
    if now is None:
        return f"{name} is no longer measured (it was {before:g})"
    worse = before - now if not _less_is_better(name) else now - before
    return f"{name}: {before:g} → {now:g}, worse by {round(worse, 4):g}" if worse > 1e-9 else None


def _less_is_better(name: str) -> bool:
    return name.split(".", 1)[1] in LESS_IS_BETTER


def renewed(kept: Mapping[str, Kept], found: Figures, because: str) -> dict[str, Kept]:
    """The figures to keep from now on. Raises FallenError where one is worse, or gone, and there is no reason."""
    worse = fallen(kept, found)
    if worse and not because.strip():
        raise FallenError("\n".join([*worse, 'Say why: python -m tests.measure.report --write --because "..."']))
    return {name: _renewed(name, kept.get(name), value, because) for name, value in found.items()}


def _renewed(name: str, before: Kept | None, value: float, because: str) -> Kept:
    if before is None:
        return Kept(value)
    best = before.now if before.was is None else before.was
    if _fall(name, best, value) is None:
        return Kept(value)
    return Kept(value, best, because if _fall(name, before.now, value) else before.because)


def read(text: str) -> dict[str, Kept]:
    """The figures of a file by name. Raises ValueError for one that was lowered without a reason."""
    return {name: _kept(name, value) for name, value in _flat(tomllib.loads(text), "")}


def _flat(table: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict) and "now" not in value:
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def _kept(name: str, value: Any) -> Kept:
    if not isinstance(value, dict):
        return Kept(float(value))
    if not str(value.get("because", "")).strip():
        raise ValueError(f'{name} was lowered without a reason: write because = "..." beside it')
    return Kept(float(value["now"]), float(value["was"]), value["because"])


def written(kept: Mapping[str, Kept]) -> str:
    lines, table = [HEAD], ""
    for name in sorted(kept, key=_table_of):
        if _table_of(name) != table:
            table = _table_of(name)
            lines.append(f"[{table}]" if len(lines) == 1 else f"\n[{table}]")
        lines.append(f"{_key(name.removeprefix(f'{table}.'))} = {_value(kept[name])}")
    return "\n".join(lines) + "\n"


def _table_of(name: str) -> str:
    return name.rsplit(".", 1)[0]


def _key(name: str) -> str:
    return name if name.replace("-", "").isalnum() else json.dumps(name, ensure_ascii=False)


def _value(one: Kept) -> str:
    if one.was is None:
        return f"{one.now:g}"
    return f"{{ now = {one.now:g}, was = {one.was:g}, because = {json.dumps(one.because, ensure_ascii=False)} }}"
