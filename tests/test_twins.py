"""A base multiplied by synthetic twins behaves as a base of that size would, so that its speed may be measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import main
from bot.bench import Figures, questions, table
from bot.twins import multiplied
from handlers.dialogue import Dialogue
from handlers.messages import Incoming
from knowledge.catalogue import Catalogue
from knowledge.model import LANGS
from knowledge.scope import contradiction
from tests.conftest import NOW

TIMES = 3


@pytest.fixture(scope="module")
def grown(base: Catalogue) -> Catalogue:
    return multiplied(base, TIMES)


def test_once_is_the_base_itself(base: Catalogue) -> None:
    """What is computed anew for a larger base comes out as it was for one of the same size."""
    for lang, words in multiplied(base, 1).data.index.words.items():
        own = base.data.index.words[lang]
        assert (words.rows, words.lines) == (own.rows, own.lines)
        for name in ("weights", "absent", "where", "odds", "core", "asks", "lengths"):
            np.testing.assert_allclose(getattr(words, name), getattr(own, name), rtol=1e-5, atol=1e-5)
        for name in ("holders", "phrasings"):
            np.testing.assert_array_equal(getattr(words, name).ends, getattr(own, name).ends)
            np.testing.assert_array_equal(getattr(words, name).columns, getattr(own, name).columns)


def test_twins_have_ids_of_their_own_and_all_the_phrasings(base: Catalogue, grown: Catalogue) -> None:
    assert len(set(grown.data.index.ids)) == TIMES * len(base.data.entries) == len(grown.data.entries)
    for lang in LANGS:
        assert len(grown.data.index.words[lang].asks) == TIMES * len(base.data.index.words[lang].asks)


def test_common_words_are_shared_and_names_are_not(base: Catalogue, grown: Catalogue) -> None:
    """«Виза» stands in every twin; «китай» only in the originals, and so it tells more than it did."""
    before, after = base.data.index.words["ru"], grown.data.index.words["ru"]

    def holders(words: object, term: str) -> int:
        row = words.holders.row(words.rows[term])  # type: ignore[attr-defined]
        return row.stop - row.start  # type: ignore[no-any-return]

    assert holders(after, "виза") == TIMES * holders(before, "виза")
    assert holders(after, "китай") == holders(before, "китай")
    assert after.weights[after.rows["китай"]] > before.weights[before.rows["китай"]] + 0.5


def test_a_twin_is_about_another_country(base: Catalogue, grown: Catalogue) -> None:
    """A question about the two countries speaks against the twins of what it speaks for."""
    index, question = grown.data.index, base.question("нужна ли виза в китай россиянам", NOW.date())
    own, twin = (index.reaches[index.ids.index(name)] for name in ("visa.cn.now", "visa.cn.now~1"))
    assert contradiction(question, own, NOW.year) is None
    assert contradiction(question, twin, NOW.year) == "direction"


def test_the_originals_still_answer(dialogue: Dialogue, grown: Catalogue) -> None:
    large = replace(dialogue, base=grown)
    for text, entry in (("нужна ли виза в китай россиянам", "visa.cn.now"), ("2023年中俄贸易额", "trade.total.2023")):
        assert large.reply(Incoming(text, NOW)).entry == entry


def test_the_questions_of_the_bench_come_from_all_over_the_base(dialogue: Dialogue) -> None:
    asked = questions(dialogue, 50)
    assert len(asked) == 50 and not set(asked) & {
        line for e in dialogue.base.data.entries.values() for line in e.ask["ru"]
    }


def test_a_base_cannot_shrink(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["bench", "--times", "0"]) == 2
    assert "--times 0: write 1" in capsys.readouterr().err


def test_the_row_of_a_grown_base_stands_only_where_it_was_measured() -> None:
    figures = Figures(0.5, 400, 2.0, 10.0, 110)
    assert "times the base" not in table(figures)
    assert "median, 100 times the base" in table(replace(figures, times=100, grown_from_ms=2.0, grown_p50_ms=5.0))
