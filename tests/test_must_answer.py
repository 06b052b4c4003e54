"""The needs that must always be answered: every row, each language, three phrasings that no entry has."""

from __future__ import annotations

import pytest

from handlers.dialogue import Dialogue
from knowledge.check_texts import folded
from knowledge.model import LANGS
from tests.measure import judge, sets

NEEDS = judge.needs()


def test_all_are_there() -> None:
    assert len(NEEDS) == 276
    assert {(row["n"], len(row["ru"]), len(row["zh"])) for row in sets.must_answer()} == {
        (n, 3, 3) for n in range(1, 47)
    }


def test_none_is_a_curated_phrasing(dialogue: Dialogue) -> None:
    curated = {
        folded(line) for entry in dialogue.base.data.entries.values() for lang in LANGS for line in entry.ask[lang]
    }
    assert [need.text for need in NEEDS if folded(need.text) in curated] == []


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: f"{need.row} {need.lang} {need.text}")
def test_is_answered_right_with_source_and_date(dialogue: Dialogue, need: judge.Need) -> None:
    assert judge.failing(dialogue, need) is None
