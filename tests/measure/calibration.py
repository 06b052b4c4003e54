"""Is the confidence worth its name: tenths against truth, the error in one figure, risk against coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from knowledge.catalogue import Catalogue
from knowledge.model import LANGS
from knowledge.rank import Ranker
from tests.measure import fit
from tests.measure.judge import Judged
from tests.measure.tables import Table, share

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
Guess = tuple[float, bool]
"""How sure, and whether it is right."""


def answers(told: Iterable[Judged]) -> list[Guess]:
    """The confidence of everything that was answered, questions beyond the base included."""
    return [(one.reply.confidence, one.verdict == "right") for one in told if one.reply.status == "answered"]


def tenths(found: Sequence[Guess]) -> list[tuple[int, list[Guess]]]:
    """What falls into each tenth of confidence, empty tenths left out."""
    parts = [(tenth, [one for one in found if min(int(one[0] * 10), 9) == tenth]) for tenth in range(10)]
    return [(tenth, part) for tenth, part in parts if part]


def expected_error(found: Sequence[Guess]) -> float:
    """Mean distance of said and true over the tenths, weighed by how many fall into each; 0 of nothing."""
    return sum(len(part) / len(found) * abs(_said(part) - _true(part)) for _, part in tenths(found))


def _said(part: Sequence[Guess]) -> float:
    return sum(sure for sure, _ in part) / len(part)


def _true(part: Sequence[Guess]) -> float:
    return sum(right for _, right in part) / len(part)


def guesses(base: Catalogue, ranker: Ranker, told: Iterable[Judged]) -> list[Guess]:
    """What each in-domain question would be told if the bot were never silent: its answer, or else the first candidate of the search."""
    found = []
    for one in told:
        if one.reply.status == "answered":
            found.append((one.reply.confidence, one.verdict == "right"))
        elif one.asked.entries:
            ranked = fit.ranked(base, ranker, one.asked.text, one.asked.lang)
            found.append((ranked.confidence, bool(ranked.entries) and ranked.entries[0] in one.asked.entries))
    return found


def risks(found: Sequence[Guess]) -> list[float]:
    """Share of wrong among the surest one, two, three …; of equally sure ones the wrong come first, so that order flatters nobody."""
    wrong = accumulate(not right for _, right in sorted(found, key=lambda one: (-one[0], one[1])))
    return [count / place for place, count in enumerate(wrong, 1)]


def area_under_risk(found: Sequence[Guess]) -> float:
    """AURC: the mean of ``risks`` over all coverages; 0 is perfect, the share of wrong guesses is what chance ordering gets."""
    curve = risks(found)
    return sum(curve) / len(curve) if curve else 0.0


def risk_table(base: Catalogue, ranker: Ranker, told: Sequence[Judged]) -> Table:
    rows: list[Sequence[object]] = []
    for lang in LANGS:
        found = guesses(base, ranker, [one for one in told if one.asked.lang == lang and one.asked.entries])
        curve = risks(found)
        at = [f"{100 * curve[int(coverage * len(curve)) - 1]:.1f} %" if curve else "-" for coverage in COVERAGES]
        rows.append((lang, len(found), *at, f"{area_under_risk(found):.4f}"))
    head = ("language", "asked", *(f"{coverage:.0%}" for coverage in COVERAGES), "AURC")
    return "Wrong among the surest, in-domain questions of the test split", head, rows


def threshold_table(base: Catalogue, ranker: Ranker, told: Sequence[Judged]) -> Table:
    """What each threshold would answer, and how much of that wrongly: the thresholds are chosen from this table."""
    rows: list[Sequence[object]] = []
    for lang in LANGS:
        part = []
        for one in told:
            if one.asked.lang == lang:
                ranked = fit.ranked(base, ranker, one.asked.text, lang)
                first = ranked.entries[0] if ranked.entries else None
                part.append((ranked.confidence, first in one.asked.entries, bool(one.asked.entries)))
        rows += [(lang, *_at(part, threshold)) for threshold in THRESHOLDS]
    head = ("language", "threshold", "right", "wrong", "out of scope answered")
    return "Search alone on the development split", head, rows


def _at(part: Sequence[tuple[float, bool, bool]], threshold: float) -> Sequence[object]:
    inside = [right for sure, right, known in part if known and sure >= threshold]
    outside = [sure for sure, _, known in part if not known and sure >= threshold]
    count = sum(known for *_, known in part)
    wrong = len(inside) - sum(inside)
    return threshold, share(sum(inside), count), share(wrong, count), share(len(outside), len(part) - count)


def reliability_table(told: Sequence[Judged]) -> Table:
    """Confidence against truth, for what was answered, in tenths."""
    rows: list[Sequence[object]] = []
    for lang in LANGS:
        found = answers(one for one in told if one.asked.lang == lang)
        rows += [
            (lang, f"{tenth / 10:.1f}", len(part), f"{_said(part):.2f}", f"{_true(part):.2f}")
            for tenth, part in tenths(found)
        ]
        rows.append((lang, "expected calibration error", len(found), "", f"{expected_error(found):.3f}"))
    return "Confidence of what was answered on the test split", ("language", "from", "answers", "said", "true"), rows
