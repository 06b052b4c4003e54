"""Rules for the texts of one entry: placeholders, figures typed in, phrasings and titles that another entry has too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.files import Fault, RawBase, RawFile
from knowledge.regime import TEXTS

PHRASINGS = 8
"""Ways to ask, at least, for each entry and language."""

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)(?::(?:day|in|of))?\}")
_FREE = {"from", "until", "dates"}


@dataclass(frozen=True)
class Context:
    """What a rule may look at besides the file it checks."""

    raw: RawBase
    today: date | None
    owners: Mapping[tuple[str, str], list[RawFile]]
    titles: Mapping[tuple[str, str], list[RawFile]]


Rule = Callable[[RawFile, Context], Iterator[Fault]]


def _texts(file: RawFile, _: Context) -> Iterator[Fault]:
    values = set(file.data.get("values", {}))
    used: set[str] = set()
    for key in ("answer", "ended", *TEXTS):
        for lang, text in _told(file.data.get(key, {})):
            names = {match[1] for match in _PLACEHOLDER.finditer(text)}
            used |= names
            plain = _PLACEHOLDER.sub("", text)
            for name in sorted(names - values - _FREE):
                yield Fault(
                    file.name,
                    f"{key}.{lang}",
                    f"broken placeholder {{{name}}}",
                    "Give it a value under [values] or correct the name",
                )
            if "{" in plain or "}" in plain:
                yield Fault(
                    file.name,
                    f"{key}.{lang}",
                    "broken braces",
                    "A placeholder is {name}, {name:day}, {name:in} or {name:of}",
                )
            if re.search(r"\d", plain):
                yield Fault(
                    file.name, f"{key}.{lang}", "a figure typed into the text", "Put it under [values] and write {name}"
                )
    for name in sorted(values - used):
        yield Fault(file.name, f"values.{name}", "a value no text uses", "Use it in a text or delete it")


def _told(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a table with its language; a list holds several."""
    for lang, told in table.items():
        for text in told if isinstance(told, list) else [told]:
            yield lang, text


def _phrasings(file: RawFile, context: Context) -> Iterator[Fault]:
    for lang, lines in file.data.get("ask", {}).items():
        if len(lines) < PHRASINGS:
            yield Fault(
                file.name,
                f"ask.{lang}",
                f"only {len(lines)} phrasings",
                f"Write at least {PHRASINGS}, from different mouths",
            )
        if len({folded(line) for line in lines}) < len(lines):
            yield Fault(file.name, f"ask.{lang}", "a phrasing stands twice", "Delete one")
        for line in lines:
            others = [o.name for o in context.owners[lang, folded(line)] if o is not file and _one_scope(o, file)]
            if others:
                yield Fault(
                    file.name, f"ask.{lang}", f"{line!r} is also asked of {', '.join(others)}", "Give it to one of them"
                )


def _one_scope(one: RawFile, other: RawFile) -> bool:
    """Two entries whose scopes do not tell them apart."""
    first, second = one.data.get("scope", {}), other.data.get("scope", {})
    return all(first[key] == second[key] for key in first.keys() & second.keys())


def _title_alone(file: RawFile, context: Context) -> Iterator[Fault]:
    title = file.data.get("title") or file.data.get("name") or {}
    for lang, text in title.items():
        others = [other.name for other in context.titles[lang, text] if other is not file]
        if others:
            yield Fault(
                file.name, f"title.{lang}", f"the same title as {', '.join(others)}", "A button must tell them apart"
            )


def folded(line: str) -> str:
    """A phrasing with case, ё and punctuation taken away: what makes two phrasings the same."""
    return " ".join(re.sub(r"[\W_]+", " ", line.casefold().replace("ё", "е")).split())


TEXT_RULES: tuple[Rule, ...] = (_texts, _phrasings, _title_alone)
