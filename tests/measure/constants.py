"""What the constants of the search and of the choice rest on: `python -m tests.measure.constants` tries others on the development split.

One table each, for docs/decisions; the constant in use stands in bold. The weights stay as they were fitted, the test split is not looked at.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median
from time import process_time
from types import ModuleType

from bot.app import KNOWLEDGE
from bot.encoder import open_ranker
from handlers import ask
from handlers.dialogue import Dialogue, open_dialogue
from knowledge import catalogue, index, search
from knowledge.catalogue import Catalogue, open_catalogue
from knowledge.model import LANGS
from knowledge.rank import Ranker
from knowledge.search import candidates
from tests.measure import fit, judge, sets
from tests.measure.calibration import threshold_table
from tests.measure.judge import Judged
from tests.measure.progress import progress
from tests.measure.tables import Table, markdown, share

CLARIFY = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
RELATED = (0.0, 0.2, 0.34, 0.5, 0.67)
SHORTLIST = (6, 12, 24, 48)
HELD_AGAINST = (64, 128, 256, 512, 100_000)
MOST_POSTINGS = (300, 1000, 3000, 10_000, 1_000_000)
COMMON = (0.5, 1.0, 1.5, 2.0, 3.0)
HEAD = ("language", "right entry among the candidates", "right", "wrong", "out of scope answered", "ms of processor")


@dataclass(frozen=True)
class Tried:
    """One development question searched: where the right entry stood, what the ranker made of it, how much of the processor it took."""

    one: sets.Asked
    recalled: bool
    told: bool
    right: bool
    ms: float


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


def searched(base: Catalogue, ranker: Ranker, asked: Sequence[sets.Asked], title: str) -> list[Tried]:
    """Search alone, without what is computed before it."""
    return [_searched(base, ranker, one) for one in progress(asked, title)]


def _searched(base: Catalogue, ranker: Ranker, one: sets.Asked) -> Tried:
    question = base.question(one.text, fit.TODAY)
    start = process_time()
    found = candidates(base.data.index, question, fit.TODAY.year)
    ranked = ranker.rank(one.lang, question.line, found)
    ms = (process_time() - start) * 1000
    right = bool(ranked.entries) and ranked.entries[0] in one.entries
    return Tried(one, bool(set(found.entries) & set(one.entries)), ranked.answered, right, ms)


def _row(ranker: Ranker, tried: Sequence[Tried], lang: str) -> Sequence[object]:
    part = [one for one in tried if one.one.lang == lang]
    told = [one for one in part if one.told]
    inside, outside = [one for one in part if one.one.entries], [one for one in part if not one.one.entries]
    return (
        lang, share(sum(one.recalled for one in inside), len(inside)), share(sum(one.right for one in told), len(inside)),
        share(sum(not one.right and bool(one.one.entries) for one in told), len(inside)),
        share(sum(not one.one.entries for one in told), len(outside)), f"{median(one.ms for one in part):.2f}",
    )  # fmt: skip


def bound_table(dialogue: Dialogue, asked: Sequence[sets.Asked], name: str, values: Sequence[int]) -> Table:
    """A bound of the search, tried at several values."""
    rows: list[Sequence[object]] = []
    for value in values:
        with tried_as(name, value, search):
            tried = searched(dialogue.base, dialogue.ranker, asked, f"{name} {value}")
        shown = _shown(value, getattr(search, name))
        rows += [(shown, *_row(dialogue.ranker, tried, lang)) for lang in LANGS]
    return name, (name, *HEAD), rows


def common_table(dialogue: Dialogue, asked: Sequence[sets.Asked]) -> Table:
    """COMMON shapes the index, so that it is built anew for each value, from texts read once."""
    rows: list[Sequence[object]] = []
    build = _texts_read_once()
    for value in COMMON:
        with tried_as("COMMON", value, index, search):
            base = replace(dialogue.base, data=replace(dialogue.base.data, index=build()))
            tried = searched(base, dialogue.ranker, asked, f"COMMON {value}")
        shown = _shown(value, index.COMMON)
        rows += [(shown, *_row(dialogue.ranker, tried, lang)) for lang in LANGS]
    return "COMMON", ("COMMON", *HEAD), rows


def _texts_read_once() -> Callable[[], index.Index]:
    """What builds the index of the base, without reading its texts again."""
    kept: list[Callable[[], index.Index]] = []

    def watched(*texts: object) -> index.Index:
        kept.append(lambda: index.build_index(*texts))  # type: ignore[arg-type]
        return kept[0]()

    with tried_as("build_index", watched, catalogue):  # type: ignore[arg-type]
        open_catalogue(KNOWLEDGE, None)
    return kept[0]


def clarify_table(dialogue: Dialogue, told: Sequence[Judged]) -> Table:
    """From which probability on choices are offered: how often the right one is among them, and how often there is none."""
    silent = [one.asked for one in told if one.reply.reason in ("close", "alone", "unsure")]
    rows: list[Sequence[object]] = []
    for value in CLARIFY:
        weights = {lang: replace(row, clarify=value) for lang, row in dialogue.ranker.weights.items()}
        tried = list(judge.judge(replace(dialogue, ranker=Ranker(weights)), progress(silent, f"clarify {value}")))
        for lang in LANGS:
            part = [one for one in tried if one.asked.lang == lang]
            rows.append((_shown(value, fit.CLARIFY), lang, *_offers(part)))
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
            rows.append((_shown(value, ask.RELATED), lang, len(inside), hits, len(outside), f"{named:.2f}"))
    head = ("RELATED", "language", "silent", "right topic named", "out of scope", "topics named")
    return "RELATED", head, rows


def _holds_right(one: Judged) -> bool:
    return any(choice.entry in one.asked.entries for choice in one.reply.choices)


def _shown(value: float, used: float) -> str:
    return f"**{value}**" if value == used else str(value)


def all_tables(dialogue: Dialogue) -> Iterator[Table]:
    asked = [one for one in [*sets.in_domain(), *sets.out_of_scope()] if one.split == "dev"]
    told = list(judge.judge(dialogue, progress(asked, "Development split")))
    yield threshold_table(dialogue.base, dialogue.ranker, told)
    yield clarify_table(dialogue, told)
    yield related_table(dialogue, told)
    for name, values in (("SHORTLIST", SHORTLIST), ("HELD_AGAINST", HELD_AGAINST), ("MOST_POSTINGS", MOST_POSTINGS)):
        yield bound_table(dialogue, asked, name, values)
    yield common_table(dialogue, asked)


def main() -> None:
    dialogue = open_dialogue(open_catalogue(KNOWLEDGE, None), open_ranker())
    for table in all_tables(dialogue):
        sys.stdout.write(markdown([table]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
