"""What the constants of the search and of the choice rest on: `python -m tests.measure.constants` tries others on the development split.

One table each, for docs/decisions; the constant in use stands in bold. The weights stay as they were fitted, the test split is not looked at.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from time import process_time

from bot.app import KNOWLEDGE
from bot.encoder import open_ranker
from handlers import several
from handlers.dialogue import Dialogue, open_dialogue
from knowledge import catalogue, index, parts, pinyin, search
from knowledge.catalogue import Catalogue, open_catalogue
from knowledge.model import LANGS
from knowledge.rank import Ranker
from knowledge.search import candidates
from tests.measure import fit, judge, noise, sets
from tests.measure.calibration import threshold_table
from tests.measure.progress import progress
from tests.measure.tables import Table, markdown, share
from tests.measure.tried import alike_table, clarify_table, judged_table, related_table, shown, tried_as

SHORTLIST = (6, 12, 24, 48)
HELD_AGAINST = (64, 128, 256, 512, 100_000)
MOST_POSTINGS = (300, 1000, 3000, 10_000, 1_000_000)
COMMON = (0.5, 1.0, 1.5, 2.0, 3.0)
LONG = (60, 90, 120, 100_000)
SURE = (0.7, 0.8, 0.9, 2.0)
SEEN = (1, 2, 3, 5, 1_000_000)
KNOWN_PAIRS = (0.0, 0.5, 0.8, 2.0)
HEAD = ("language", "right entry among the candidates", "right", "wrong", "out of scope answered", "ms of processor")


@dataclass(frozen=True)
class Tried:
    """One development question searched: where the right entry stood, what the ranker made of it, how much of the processor it took."""

    one: sets.Asked
    recalled: bool
    told: bool
    right: bool
    ms: float


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
        mark = shown(value, getattr(search, name))
        rows += [(mark, *_row(dialogue.ranker, tried, lang)) for lang in LANGS]
    return name, (name, *HEAD), rows


def common_table(dialogue: Dialogue, asked: Sequence[sets.Asked]) -> Table:
    """COMMON shapes the index, so that it is built anew for each value, from texts read once."""
    rows: list[Sequence[object]] = []
    build = _texts_read_once()
    for value in COMMON:
        with tried_as("COMMON", value, index, search):
            base = replace(dialogue.base, data=replace(dialogue.base.data, index=build()))
            tried = searched(base, dialogue.ranker, asked, f"COMMON {value}")
        mark = shown(value, index.COMMON)
        rows += [(mark, *_row(dialogue.ranker, tried, lang)) for lang in LANGS]
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


def all_tables(dialogue: Dialogue) -> Iterator[Table]:
    asked = [one for one in [*sets.in_domain(), *sets.out_of_scope()] if one.split == "dev"]
    told = list(judge.judge(dialogue, progress(asked, "Development split")))
    yield threshold_table(dialogue.base, dialogue.ranker, told)
    yield clarify_table(dialogue, told)
    yield related_table(dialogue, told)
    for name, values in (("SHORTLIST", SHORTLIST), ("HELD_AGAINST", HELD_AGAINST), ("MOST_POSTINGS", MOST_POSTINGS)):
        yield bound_table(dialogue, asked, name, values)
    yield common_table(dialogue, asked)
    learnt = [one for one in [*sets.in_domain(), *sets.out_of_scope()] if one.split != "test"]
    chinese = [one for one in learnt if one.lang == "zh"]
    yield judged_table(dialogue, [one for one in learnt if parts.size(one.text) >= min(LONG)], "LONG", LONG, parts)
    yield judged_table(dialogue, [one for one in learnt if len(parts.questions(one.text)) > 1], "SURE", SURE, several)
    yield judged_table(
        dialogue, [one for one in chinese if one.style == "typos" or not one.entries], "SEEN", SEEN, pinyin
    )
    latin = [one for one in learnt if one.text.isascii() and any(map(str.isalpha, one.text))]
    sounds = noise.noisy([one for one in chinese if one.style == "terse"])["pinyin"]
    yield judged_table(dialogue, [*latin, *sounds], "KNOWN_PAIRS", KNOWN_PAIRS, pinyin)
    yield alike_table(dialogue, [one.asked for one in told if one.reply.status == "clarify"])


def main() -> None:
    dialogue = open_dialogue(open_catalogue(KNOWLEDGE, None), open_ranker())
    for table in all_tables(dialogue):
        sys.stdout.write(markdown([table]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
