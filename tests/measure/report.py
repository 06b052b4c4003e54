"""`make quality`: what the bot does with questions it was not fitted on, beside the usual engines, printed as tables.

``--write`` renews docs/quality.md and the ratchet; ``--because "…"`` goes with it where a figure is lowered. data/misses.* are always written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.app import CACHE, KNOWLEDGE, ROOT, show_progress
from bot.encoder import open_ranker
from handlers.dialogue import Dialogue, open_dialogue
from knowledge.catalogue import open_catalogue
from knowledge.model import LANGS
from knowledge.search import SHORTLIST, candidates
from tests.measure import baselines, calibration, judge, misses, ratchet, sets, tables
from tests.measure.judge import Judged, Measured
from tests.measure.tables import Table, share

PAGE = ROOT / "docs" / "quality.md"
SPLITS: tuple[sets.Split, ...] = ("fit", "dev", "test")
HEAD = "# Measured quality\n\nWritten by `make quality` with --write; the question sets are described in tests/questions/README.md.\n\n"


def all_tables(dialogue: Dialogue, measured: Measured) -> Iterator[Table]:
    base, ranker = dialogue.base, dialogue.ranker
    test = [one for one in measured.told if one.asked.split == "test"]
    inside = [one for one in test if one.asked.entries]
    yield _needs(dialogue)
    yield tables.by_split(measured.told)
    yield tables.by_style(inside)
    yield tables.by_area(base, inside)
    yield tables.beyond([one for one in test if not one.asked.entries])
    yield tables.by_noise(measured.noisy)
    yield tables.by_conversation(measured.talks)
    yield calibration.reliability_table(test)
    yield calibration.risk_table(base, ranker, test)
    yield calibration.threshold_table(base, ranker, [one for one in measured.told if one.asked.split == "dev"])
    yield _shortlist(dialogue, measured.told)
    yield baselines.baseline_table(base, [one.asked for one in measured.told if one.asked.split != "fit"])


def _needs(dialogue: Dialogue) -> Table:
    rows: list[Sequence[object]] = []
    for lang in LANGS:
        asked = [need for need in judge.needs() if need.lang == lang]
        rows.append((lang, len(asked), sum(judge.failing(dialogue, need) is None for need in asked)))
    return "The needs that must always be answered", ("language", "asked", "right"), rows


def _shortlist(dialogue: Dialogue, told: Sequence[Judged]) -> Table:
    found: dict[str, list[bool]] = {lang: [] for lang in LANGS}
    for one in told:
        if one.asked.entries:
            question = dialogue.base.question(one.asked.text, judge.NOW.date())
            near = candidates(dialogue.base.data.index, question, judge.NOW.year).entries
            found[one.asked.lang].append(bool(set(near) & set(one.asked.entries)))
    rows = [(lang, len(hits), SHORTLIST, share(sum(hits), len(hits))) for lang, hits in found.items()]
    return "Is the right entry among the candidates", ("language", "asked", "candidates", "recall"), list(rows)


def main(arguments: Sequence[str], page: Path = PAGE, kept: Path = ratchet.FILE, data: Path = CACHE) -> int:
    """Measure, print and write; 1 where a figure fell, or would be lowered without a reason."""
    options = _options(arguments)
    base = open_catalogue(KNOWLEDGE, data, show_progress)
    dialogue = open_dialogue(base, open_ranker())
    measured = judge.measure(dialogue, SPLITS)
    missed = misses.misses(dialogue, measured.told)
    misses.write(missed, data)
    text = tables.markdown([*all_tables(dialogue, measured), misses.causes(missed)])
    sys.stdout.write(text)
    before = ratchet.read(kept.read_text("utf-8")) if kept.is_file() else {}
    found = ratchet.figures(base, dialogue.ranker, measured)
    if not options.write:
        fallen = ratchet.fallen(before, found)
        sys.stdout.write("".join(f"fallen: {line}\n" for line in fallen))
        return 1 if fallen else 0
    return _write(text, before, found, options.because, page, kept)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.measure.report", description="measure quality")
    parser.add_argument("--write", action="store_true", help="renew docs/quality.md and the ratchet")
    parser.add_argument("--because", default="", metavar="WHY", help="why figures of the ratchet are lowered")
    return parser.parse_args(arguments)


def _write(
    text: str, before: dict[str, ratchet.Kept], found: ratchet.Figures, because: str, page: Path, kept: Path
) -> int:
    try:
        renewed = ratchet.renewed(before, found, because)
    except ratchet.FallenError as fallen:
        sys.stderr.write(f"Nothing written, figures fell:\n{fallen}\n")
        return 1
    kept.write_text(ratchet.written(renewed), "utf-8")
    page.write_text(HEAD + text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
