"""No figure of the test split falls: measured here again, all but the usual engines, and held against tests/measure/ratchet.toml."""

from __future__ import annotations

from handlers.dialogue import Dialogue
from tests.measure import judge, ratchet


def test_no_figure_falls(dialogue: Dialogue) -> None:
    """A figure that must fall is lowered with a reason: `python -m tests.measure.report --write --because "..."`."""
    kept = ratchet.read(ratchet.FILE.read_text("utf-8"))
    found = ratchet.figures(dialogue.base, dialogue.ranker, judge.measure(dialogue, ("test",)))
    assert ratchet.fallen(kept, found) == []
    assert sorted(found) == sorted(kept), "new figures: `python -m tests.measure.report --write` keeps them"
