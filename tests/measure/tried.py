"""Constants of the dialogue tried at other values: what becomes of the questions they may concern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import ModuleType

from handlers import ask
from handlers.dialogue import Dialogue
from knowledge.model import LANGS
from knowledge.rank import Ranker
from tests.measure import fit, judge, sets
from tests.measure.judge import Judged
from tests.measure.progress import progress
from tests.measure.tables import Table, share

CLARIFY = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
RELATED = (0.0, 0.2, 0.34, 0.5, 0.67)
ALIKE = (60, 75, 85, 101)


@contextmanager
def tried_as(name: str, value: float, *modules: ModuleType) -> Iterator[None]:
    """The constant ``name`` of the modules with another value for a while."""
    before = [getattr(module, name) for module in modules]
    for module in modules:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, one in zip(modules, before, strict=True):
            setattr(module, name, one)


def judged_table(
    dialogue: Dialogue, asked: Sequence[sets.Asked], name: str, values: Sequence[float], module: ModuleType
) -> Table:
    """A constant of the reading or of the dialogue, tried at several values on the questions it may concern."""
    rows: list[Sequence[object]] = []
    for value in values:
        with tried_as(name, value, module):
            tried = list(judge.judge(dialogue, progress(asked, f"{name} {value}")))
        mark = shown(value, getattr(module, name))
        rows += [(mark, lang, *_judged(tried, lang)) for lang in LANGS if any(one.lang == lang for one in asked)]
    return name, (name, "language", "in domain", "right", "wrong", "clarified", "out of scope", "answered"), rows


def _judged(tried: Sequence[Judged], lang: str) -> Sequence[object]:
    part = [one for one in tried if one.asked.lang == lang]
    inside, outside = [one for one in part if one.asked.entries], [one for one in part if not one.asked.entries]
    verdicts = [
        share(sum(one.verdict == kind for one in inside), len(inside)) for kind in ("right", "wrong", "clarify")
    ]
    return len(inside), *verdicts, len(outside), share(sum(one.verdict == "wrong" for one in outside), len(outside))


def clarify_table(dialogue: Dialogue, told: Sequence[Judged]) -> Table:
    """From which probability on choices are offered: how often the right one is among them, and how often there is none."""
    silent = [one.asked for one in told if one.reply.reason in ("close", "alone", "unsure")]
    rows: list[Sequence[object]] = []
    for value in CLARIFY:
        weights = {lang: replace(row, clarify=value) for lang, row in dialogue.ranker.weights.items()}
        tried = list(
            judge.judge(
                replace(dialogue, ranker=Ranker(weights, dialogue.ranker.meaning)), progress(silent, f"clarify {value}")
            )
        )
        for lang in LANGS:
            part = [one for one in tried if one.asked.lang == lang]
            rows.append((shown(value, fit.CLARIFY), lang, *_offers(part)))
    head = ("clarify", "language", "undecided", "choices", "with the right one", "out of scope", "choices")
    return "clarify", head, rows


def _offers(part: Sequence[Judged]) -> Sequence[object]:
    inside = [one for one in part if one.asked.entries]
    offered = [one for one in inside if one.reply.status == "clarify"]
    outside = [one for one in part if not one.asked.entries]
    return (
        len(inside), share(len(offered), len(inside)), share(sum(map(_holds_right, offered)), len(offered)),
        len(outside), share(sum(one.reply.status == "clarify" for one in outside), len(outside)),
    )  # fmt: skip


def related_table(dialogue: Dialogue, told: Sequence[Judged]) -> Table:
    """How much a topic has to share with a question to be named beside «I do not know»."""
    unknown = [one.asked for one in told if one.reply.reason in ("unsure", "alone")]
    rows: list[Sequence[object]] = []
    for value in RELATED:
        with tried_as("RELATED", value, ask):
            tried = list(judge.judge(dialogue, progress(unknown, f"RELATED {value}")))
        for lang in LANGS:
            inside = [one for one in tried if one.asked.lang == lang and one.asked.entries]
            outside = [one for one in tried if one.asked.lang == lang and not one.asked.entries]
            named = sum(len(one.reply.choices) for one in outside) / max(len(outside), 1)
            hits = share(sum(map(_holds_right, inside)), len(inside))
            rows.append((shown(value, ask.RELATED), lang, len(inside), hits, len(outside), f"{named:.2f}"))
    head = ("RELATED", "language", "silent", "right topic named", "out of scope", "topics named")
    return "RELATED", head, rows


def alike_table(dialogue: Dialogue, asked: Sequence[sets.Asked]) -> Table:
    """How like two titles may be before one is left out of the choices."""
    rows: list[Sequence[object]] = []
    for value in ALIKE:
        with tried_as("ALIKE", value, ask):
            tried = list(judge.judge(dialogue, progress(asked, f"ALIKE {value}")))
        for lang in LANGS:
            part = [one for one in tried if one.asked.lang == lang and one.asked.entries]
            offered = [one for one in part if one.reply.status == "clarify"]
            hits = share(sum(map(_holds_right, offered)), len(offered))
            rows.append((shown(value, ask.ALIKE), lang, len(part), share(len(offered), len(part)), hits))
    return "ALIKE", ("ALIKE", "language", "undecided", "choices", "with the right one"), rows


def _holds_right(one: Judged) -> bool:
    return any(choice.entry in one.asked.entries for choice in one.reply.choices)


def shown(value: float, used: float) -> str:
    return f"**{value}**" if value == used else str(value)
