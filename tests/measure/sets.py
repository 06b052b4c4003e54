"""The question sets and their split. One seed, one split, for ever: nothing is fitted or tuned on the test part."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from knowledge.model import LANGS, Lang

FOLDER = Path(__file__).parent.parent / "questions"
Split = Literal["fit", "dev", "test"]


@dataclass(frozen=True)
class Asked:
    """One question of a set; ``entries`` are the right ones, empty where nothing may be told."""

    text: str
    lang: Lang
    style: str
    entries: tuple[str, ...]
    split: Split


@dataclass(frozen=True)
class Conversation:
    """Messages of one chat; ``entries`` are right for the last of them, empty where nothing may be told. ``pause`` is the silence before it."""

    turns: tuple[str, ...]
    lang: Lang
    kind: str
    entries: tuple[str, ...]
    pause: timedelta
    split: Literal["dev", "test"]


def split_of(family: str) -> Split:
    """The part a family of near-copies belongs to: by a hash of its name, 40 % fit, 30 % dev, 30 % test."""
    place = _place(family)
    return "fit" if place < 4 else "dev" if place < 7 else "test"


def half_of(family: str) -> Literal["dev", "test"]:
    """Dev or test by the same hash, half and half, for what nothing is fitted on; the fit part falls to dev."""
    return "dev" if _place(family) < 5 else "test"


def _place(family: str) -> int:
    return int(hashlib.sha256(f"most-qiao:{family}".encode()).hexdigest()[:8], 16) % 10


def out_of_scope() -> list[Asked]:
    """Questions that must get no answer, near misses above all; a family is one question with its variants."""
    return [Asked(row["q"], row["lang"], row["style"], (), split_of(row["family"])) for row in _lines("out_of_scope")]


def in_domain() -> list[Asked]:
    """Questions written without sight of the phrasings, with the entries that answer them; an entry is a family."""
    return [
        Asked(row["q"], row["lang"], row["style"], tuple(row["entries"]), split_of(row["entries"][0]))
        for row in _lines("in_domain")
    ]


def _lines(folder: str) -> Iterator[dict[str, Any]]:
    for path in sorted((FOLDER / folder).glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def must_answer() -> list[dict[str, Any]]:
    return list(_read("must_answer")["row"])


def follow_ups() -> list[Conversation]:
    """Conversations whose last turn leaves something out; those with the same right entry are a family."""
    table = _read("follow_ups")
    return [_conversation(lang, row) for lang in LANGS for row in table.get(lang, ())]


def _conversation(lang: Lang, row: dict[str, Any]) -> Conversation:
    turns, entries = tuple(row["turns"]), tuple(row["entries"])
    pause = timedelta(minutes=row.get("pause", 0))
    return Conversation(turns, lang, row["kind"], entries, pause, half_of(entries[0] if entries else turns[-1]))


def _read(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
