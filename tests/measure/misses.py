"""Misses a curator can act on: every question of the fit and development parts that went wrong, with everything that decided it.

``data/misses.jsonl`` holds one a line, ``data/misses.md`` reads by entry, those with most misses first. The test part stays unseen.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.explained import as_object, as_text
from handlers.dialogue import Dialogue
from handlers.explain import Explanation, explain
from handlers.messages import Incoming
from knowledge.scope import contradiction
from tests.measure.judge import NOW, Judged
from tests.measure.progress import progress
from tests.measure.tables import Table

NOWHERE = "beyond the base"
"""What the questions that must get no answer stand under."""
LOST = (
    "kept out by scope",
    "not among the candidates",
    "second or later",
    "first, but not sure",
    "told of another entry",
    NOWHERE,
)
"""What became of the right entry, in the order of the way it is lost."""


@dataclass(frozen=True)
class Miss:
    """One miss, explained; ``lost`` is what became of the right entry, ``detail`` which contradiction or which place."""

    judged: Judged
    found: Explanation
    lost: str
    detail: str = ""


def misses(dialogue: Dialogue, told: Sequence[Judged]) -> list[Miss]:
    """Everything but right answers of the fit and development parts."""
    missed = [one for one in told if one.verdict != "right" and one.asked.split != "test"]
    return [_miss(dialogue, one) for one in progress(missed, "Misses explained")]


def _miss(dialogue: Dialogue, judged: Judged) -> Miss:
    found = explain(dialogue, Incoming(judged.asked.text, NOW))
    return Miss(judged, found, *_lost(dialogue, judged, found))


def _lost(dialogue: Dialogue, judged: Judged, found: Explanation) -> tuple[str, str]:
    """What became of the right entry on its way to the answer."""
    if not judged.asked.entries:
        return NOWHERE, judged.asked.style
    places = [place for place, one in enumerate(found.near, 1) if one.entry in judged.asked.entries]
    if not places:
        why = _against(dialogue, judged)
        return ("kept out by scope", why) if why else ("not among the candidates", "")
    if places[0] > 1:
        return "second or later", str(places[0])
    return ("told of another entry", found.reason) if judged.verdict == "wrong" else ("first, but not sure", "")


def _against(dialogue: Dialogue, judged: Judged) -> str | None:
    """The contradiction that keeps every right entry out; None where one of them is not kept out."""
    base = dialogue.base
    question, index = base.question(judged.asked.text, NOW.date()), base.data.index
    right = [index.reaches[index.ids.index(entry)] for entry in judged.asked.entries if entry in index.ids]
    found = [contradiction(question, reach, NOW.year) for reach in right]
    return ", ".join(dict.fromkeys(filter(None, found))) if found and all(found) else None


def causes(found: Sequence[Miss]) -> Table:
    """Where right entries are lost, and what is answered that should not be."""
    rows: list[Sequence[object]] = []
    for lost in LOST:
        for lang in ("ru", "zh"):
            part = [one for one in found if (one.lost, one.judged.asked.lang) == (lost, lang)]
            details = Counter(one.detail for one in part if one.detail).most_common(5)
            if part:
                rows.append((lost, lang, len(part), ", ".join(f"{detail} {times}" for detail, times in details)))
    return (
        "Misses of the fit and development parts by what became of the right entry",
        ("lost", "language", "misses", "most often"),
        rows,
    )


def write(found: Sequence[Miss], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(_as_object(one), ensure_ascii=False) + "\n" for one in found)
    (folder / "misses.jsonl").write_text(lines, "utf-8")
    (folder / "misses.md").write_text("\n".join(_page(found)) + "\n", "utf-8")


def _as_object(miss: Miss) -> dict[str, Any]:
    asked, reply = miss.judged.asked, miss.judged.reply
    return {
        "q": asked.text, "lang": asked.lang, "split": asked.split, "style": asked.style, "right": asked.entries,
        "verdict": miss.judged.verdict, "told": reply.entry, "confidence": round(reply.confidence, 4),
        "choices": [choice.entry for choice in reply.choices], "lost": miss.lost, "detail": miss.detail,
        "explain": as_object(miss.found),
    }  # fmt: skip


def _page(found: Sequence[Miss]) -> Iterator[str]:
    yield "# Misses of the fit and development parts\n\nWritten by `make quality`. Entries with most misses first.\n"
    grouped = defaultdict(list)
    for miss in found:
        grouped[miss.judged.asked.entries[0] if miss.judged.asked.entries else NOWHERE].append(miss)
    for entry, part in sorted(grouped.items(), key=lambda row: (row[0] == NOWHERE, -len(row[1]), row[0])):
        yield f"## {entry}: {len(part)}\n"
        for miss in part:
            yield from _told(miss)


def _told(miss: Miss) -> Iterable[str]:
    reply = miss.judged.reply
    offered = ", ".join(choice.entry or choice.label for choice in reply.choices)
    got = (
        f"told {reply.entry}"
        if reply.status == "answered"
        else f"{reply.status}, offering {offered}"
        if offered
        else reply.status
    )
    detail = f" ({miss.detail})" if miss.detail else ""
    return (
        f"### {miss.judged.asked.text}\n",
        f"{miss.judged.verdict}: {got}. The right entry: {miss.lost}{detail}.\n",
        f"```text\n{as_text(miss.found)}```\n",
    )
