"""`make quality`: what the bot does with questions it was not fitted on, printed as tables. ``--write`` renews docs/quality.md."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.app import KNOWLEDGE, ROOT
from handlers.dialogue import Dialogue, open_dialogue
from knowledge.catalogue import Catalogue, open_catalogue
from knowledge.model import LANGS
from knowledge.rank import read_weights
from knowledge.search import SHORTLIST, candidates
from tests.measure import fit, judge, sets
from tests.measure.judge import Judged

PAGE = ROOT / "docs" / "quality.md"
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
Table = tuple[str, Sequence[str], list[Sequence[object]]]


def tables(base: Catalogue, dialogue: Dialogue) -> Iterator[Table]:
    yield _needs(dialogue)
    told = list(judge.judge(dialogue, [*sets.in_domain(), *sets.out_of_scope()]))
    yield _by_split(told)
    yield _by_style([one for one in told if one.asked.split == "test" and one.asked.entries])
    yield _risk(base, [one for one in told if one.asked.split == "dev"])
    yield _reliability([one for one in told if one.asked.split == "test"])
    yield _shortlist(base, told)


def _needs(dialogue: Dialogue) -> Table:
    rows: list[Sequence[object]] = []
    for lang in LANGS:
        asked = [need for need in judge.needs() if need.lang == lang]
        rows.append((lang, len(asked), sum(judge.failing(dialogue, need) is None for need in asked)))
    return "The needs that must always be answered", ("language", "asked", "right"), rows


def _by_split(told: Sequence[Judged]) -> Table:
    rows: list[Sequence[object]] = []
    for split in ("fit", "dev", "test"):
        for lang in LANGS:
            part = [one for one in told if (one.asked.split, one.asked.lang) == (split, lang)]
            inside = Counter(one.verdict for one in part if one.asked.entries)
            outside = [one for one in part if not one.asked.entries]
            wrong = sum(one.verdict == "wrong" for one in outside)
            count = sum(inside.values())
            shares = [_share(inside[verdict], count) for verdict in ("right", "wrong", "clarify", "unknown")]
            rows.append((split, lang, count, *shares, len(outside), _share(wrong, len(outside))))
    head = ("split", "language", "in domain", "right", "wrong", "clarified", "silent", "out of scope", "answered")
    return "Questions of the sets", head, rows


def _by_style(told: Sequence[Judged]) -> Table:
    rows: list[Sequence[object]] = []
    for style in sorted({one.asked.style for one in told}):
        for lang in LANGS:
            part = Counter(one.verdict for one in told if (one.asked.style, one.asked.lang) == (style, lang))
            count = sum(part.values())
            if count:
                rows.append((style, lang, count, _share(part["right"], count), _share(part["wrong"], count)))
    return "In-domain questions of the test split by style", ("style", "language", "asked", "right", "wrong"), rows


def _risk(base: Catalogue, told: Sequence[Judged]) -> Table:
    """What each threshold would answer, and how much of that wrongly: the thresholds are chosen from this table."""
    rows: list[Sequence[object]] = []
    ranker = read_weights()
    for lang in LANGS:
        part = []
        for one in told:
            if one.asked.lang == lang:
                ranked = fit.ranked(base, ranker, one.asked.text, lang)
                first = ranked.entries[0] if ranked.entries else None
                part.append((ranked.confidence, first in one.asked.entries, bool(one.asked.entries)))
        for threshold in THRESHOLDS:
            inside = [right for sure, right, known in part if known and sure >= threshold]
            outside = [sure for sure, _, known in part if not known and sure >= threshold]
            count, other = sum(known for *_, known in part), sum(not known for *_, known in part)
            rows.append(
                (lang, threshold, _share(sum(inside), count), _share(len(inside) - sum(inside), count), _share(len(outside), other))
            )  # fmt: skip
    return (
        "Search alone on the development split",
        ("language", "threshold", "right", "wrong", "out of scope answered"),
        rows,
    )


def _reliability(told: Sequence[Judged]) -> Table:
    """Confidence against truth, for what was answered or could have been, in tenths."""
    rows: list[Sequence[object]] = []
    for lang in LANGS:
        part = [
            (one.reply.confidence, one.verdict == "right")
            for one in told
            if one.asked.lang == lang and one.reply.status == "answered"
        ]
        error = 0.0
        for tenth in range(10):
            held = [row for row in part if tenth <= row[0] * 10 < tenth + 1 or (tenth == 9 and row[0] == 1)]
            if held:
                sure, true = sum(row[0] for row in held) / len(held), sum(row[1] for row in held) / len(held)
                error += len(held) / len(part) * abs(sure - true)
                rows.append((lang, f"{tenth / 10:.1f}", len(held), f"{sure:.2f}", f"{true:.2f}"))
        rows.append((lang, "expected calibration error", len(part), "", f"{error:.3f}"))
    return "Confidence of what was answered on the test split", ("language", "from", "answers", "said", "true"), rows


def _shortlist(base: Catalogue, told: Iterable[Judged]) -> Table:
    rows: list[Sequence[object]] = []
    found: dict[str, list[int]] = {lang: [] for lang in LANGS}
    for one in told:
        if one.asked.entries:
            question = base.question(one.asked.text, judge.NOW.date())
            near = candidates(base.data.index, question, judge.NOW.year).entries
            found[one.asked.lang].append(bool(set(near) & set(one.asked.entries)))
    for lang, hits in found.items():
        rows.append((lang, len(hits), SHORTLIST, _share(sum(hits), len(hits))))
    return "Is the right entry among the candidates", ("language", "asked", "candidates", "recall"), rows


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def markdown(found: Iterable[Table]) -> str:
    parts = []
    for title, head, rows in found:
        lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows)]
        parts.append("\n".join([f"## {title}", "", *lines, ""]))
    return "\n".join(parts)


def main(arguments: Sequence[str], page: Path = PAGE) -> None:
    base = open_catalogue(KNOWLEDGE, None)
    text = markdown(tables(base, open_dialogue(base, read_weights())))
    sys.stdout.write(text)
    if "--write" in arguments:
        page.write_text(
            "# Measured quality\n\nWritten by `make quality`; the question sets are described in tests/questions/README.md.\n\n"
            + text,
            "utf-8",
        )


if __name__ == "__main__":
    main(sys.argv[1:])
