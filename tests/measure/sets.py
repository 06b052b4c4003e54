"""The question sets and their split. One seed, one split, for ever: nothing is fitted or tuned on the test part."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from knowledge.model import Lang

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


def split_of(family: str) -> Split:
    """The part a family of near-copies belongs to: by a hash of its name, 40 % fit, 30 % dev, 30 % test."""
    place = int(hashlib.sha256(f"most-qiao:{family}".encode()).hexdigest()[:8], 16) % 10
    return "fit" if place < 4 else "dev" if place < 7 else "test"


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


def _read(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
