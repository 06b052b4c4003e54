"""The question sets and their split. One seed, one split, for ever: nothing is fitted or tuned on the test part."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
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


def split_of(family: str) -> Split:
    """The part a family of near-copies belongs to: by a hash of its name, 40 % fit, 30 % dev, 30 % test."""
    place = int(hashlib.sha256(f"most-qiao:{family}".encode()).hexdigest()[:8], 16) % 10
    return "fit" if place < 4 else "dev" if place < 7 else "test"


def out_of_scope() -> list[Asked]:
    table = _read("out_of_scope")
    return [Asked(text, lang, "out of scope", (), split_of(text)) for lang in LANGS for text in table.get(lang, ())]


def in_domain() -> list[Asked]:
    """Questions written by people who had not seen the phrasings, with the entries that answer them."""
    found = []
    for row in _read("in_domain").get("question", []):
        entries = tuple(row["entries"])
        found.append(Asked(row["text"], row["lang"], row["style"], entries, split_of(entries[0])))
    return found


def must_answer() -> list[dict[str, Any]]:
    return list(_read("must_answer")["row"])


def _read(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
