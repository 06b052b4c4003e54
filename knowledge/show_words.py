"""The words requests to show a series are read by: forms, grains, names of series, groups of the menu."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from knowledge.figures import MetricNames, Name, metric_names
from knowledge.lexicon import Lexicon
from knowledge.model import LANGS, Texts


@dataclass(frozen=True)
class Group:
    """A part of the menu: its title, the words that name it, and what the ids of its series begin with."""

    id: str
    title: Texts
    words: frozenset[str]
    starts: tuple[str, ...]


@dataclass(frozen=True)
class ShowWords:
    """Everything a request is read by, compiled from the vocabulary of pictures and the names of metrics."""

    forms: Mapping[str, re.Pattern[str]]
    grains: Mapping[str, re.Pattern[str]]
    excel: re.Pattern[str]
    besides: frozenset[str]
    besides_zh: re.Pattern[str]
    names: tuple[Name, ...]
    groups: tuple[Group, ...]


def show_words(table: Mapping[str, Any], metrics: MetricNames, lexicon: Lexicon) -> ShowWords:
    """Compile the vocabulary of pictures; a base without one shows series by their ids only."""
    own = metric_names({"filler": {"ru": [], "zh": []}, **table.get("name", {})}, (), lexicon)
    besides = table.get("besides", {"ru": [], "zh": []})
    lemmas = {token.lemma for word in besides["ru"] for token in lexicon.tokens(word)}
    return ShowWords(
        {form: _phrases(row) for form, row in table.get("form", {}).items()},
        {grain: _phrases(row) for grain, row in table.get("grain", {}).items()},
        _phrases(table.get("excel", {})),
        metrics.filler | lemmas,
        re.compile(f"{metrics.filler_zh.pattern}|{'|'.join(map(re.escape, _longest_first(besides['zh'])))}|$^"),
        tuple(name for known in (metrics, own) for name in (*chain(*known.russian.values()), *known.chinese)),
        tuple(
            Group(key, {"ru": row["ru"], "zh": row["zh"]}, frozenset({key, *row["words"]}), tuple(row["starts"]))
            for key, row in table.get("group", {}).items()
        ),
    )


def _phrases(row: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """Whole words in Russian and Latin, anything in Chinese; the longest first."""
    words = [word for lang in LANGS for word in row.get(lang, ())]
    spaced = [word for word in words if re.fullmatch(r"[\w -]+", word) and not re.search(r"[\u3400-\u9fff]", word)]
    joined = [word for word in words if word not in spaced]
    parts = [rf"(?<![а-яa-z-])(?:{'|'.join(map(re.escape, _longest_first(spaced)))})(?![а-яa-z-])"] if spaced else []
    return re.compile("|".join([*parts, *map(re.escape, _longest_first(joined))]) or "$^")


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def group_named(groups: Sequence[Group], line: str) -> Group | None:
    """The group of the menu that a line names by its id, title or a word of it."""
    return next((g for g in groups if line in g.words or line in {t.casefold() for t in g.title.values()}), None)
