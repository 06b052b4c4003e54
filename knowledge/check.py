"""Every rule the files of the knowledge base must keep. A fault names the rule and how to mend it; nothing stops at the first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from knowledge.check_calendar import calendar_faults
from knowledge.check_entry import RULES
from knowledge.check_regime import trip_faults
from knowledge.check_series import series_faults
from knowledge.check_texts import Context, folded
from knowledge.files import Fault, RawBase, RawFile
from knowledge.model import LANGS
from knowledge.regime import TEXTS

_COMMON = {"topic": str, "sources": list, "checked": date, "confidence": str, "title": dict}
_OPTIONAL = {
    "research": list, "as_of": date, "note": str, "valid": dict, "values": dict, "ended": dict, "scope": dict, "again_after_days": int,
    "figures": list,
}  # fmt: skip
_SHAPES: Mapping[str, tuple[Mapping[str, type], Mapping[str, type]]] = {
    "facts": ({**_COMMON, "ask": dict, "answer": dict}, _OPTIONAL),
    "events": (
        {
            **{k: v for k, v in _COMMON.items() if k != "title"},
            "event": dict,
            "name": dict,
            "ask": dict,
            "answer": dict,
        },
        {**_OPTIONAL, "title": dict, "venue": dict},
    ),
    "regimes": ({**_COMMON, "regime": dict}, {**_OPTIONAL, **dict.fromkeys(TEXTS, dict)}),
}

_LISTS = ("ask", "documents")
"""Tables that hold several texts in each language."""


def faults(raw: RawBase, today: date | None = None) -> list[Fault]:
    """Everything wrong with a knowledge folder, file by file. Without ``today`` nothing is held against the clock."""
    found = list(raw.faults)
    context = Context(raw, today, *_owners(raw))
    for file in raw.entries:
        shaped = list(_shape(file))
        found.extend(shaped)
        if not shaped:
            for rule in RULES:
                found.extend(rule(file, context))
    found.extend(_sources(raw, today))
    found.extend(_topics(raw))
    found.extend(series_faults(raw))
    found.extend(calendar_faults(raw))
    found.extend(trip_faults(raw))
    return found


def _shape(file: RawFile) -> Iterator[Fault]:
    required, optional = _SHAPES[file.folder]
    for key in file.data.keys() - required.keys() - optional.keys():
        yield Fault(file.name, key, "unknown key", f"Known keys: {', '.join(sorted({**required, **optional}))}")
    for key, kind in {**required, **optional}.items():
        if key not in file.data:
            if key in required:
                yield Fault(file.name, key, "missing key", "Add it; CONTRIBUTING.md shows a whole file")
        elif not isinstance(file.data[key], kind):
            yield Fault(
                file.name,
                key,
                f"must be a {kind.__name__}",
                "Dates are written bare: 2026-11-23" if kind is date else "See CONTRIBUTING.md",
            )
        elif kind is list and not all(isinstance(item, str) for item in file.data[key]):
            yield Fault(file.name, key, "must hold text only", 'Write ["...", "..."]')
    for key in ("ask", "answer", "ended", "title", "name", *TEXTS):
        yield from _both_languages(file, key)


def _both_languages(file: RawFile, key: str) -> Iterator[Fault]:
    table = file.data.get(key)
    if not isinstance(table, dict):
        return
    kind = list if key in _LISTS else str
    for lang in LANGS:
        if not table.get(lang):
            yield Fault(file.name, f"{key}.{lang}", "missing language", "Every text stands in ru and zh")
        elif not isinstance(table[lang], kind) or (
            kind is list and not all(isinstance(item, str) for item in table[lang])
        ):
            yield Fault(
                file.name,
                f"{key}.{lang}",
                "wrong kind of text",
                "A list of texts under [ask] and [documents], one text elsewhere",
            )
    for other in table.keys() - set(LANGS):
        yield Fault(file.name, f"{key}.{other}", "unknown language", "Languages are ru and zh")


def _sources(raw: RawBase, today: date | None) -> Iterator[Fault]:
    for key, row in raw.sources.items():
        for need in ("publisher", "title"):
            if not isinstance(row.get(need), str) or not row[need]:
                yield Fault(
                    "sources.toml", f"{key}.{need}", "missing key", "Name who published it and what it is called"
                )
        if not re.match("https?://[^ ]+$", str(row.get("url", ""))):
            yield Fault(
                "sources.toml",
                f"{key}.url",
                "not an address",
                "Write the whole address, with https://, of a page a reader can open",
            )
        if "date" in row and not isinstance(row["date"], date):
            yield Fault(
                "sources.toml",
                f"{key}.date",
                "must be a date",
                "Dates are written bare; leave it out where the page bears none",
            )
        elif today and "date" in row and row["date"] > today:
            yield Fault("sources.toml", f"{key}.date", "is in the future", "Write the day the page bears")


def _topics(raw: RawBase) -> Iterator[Fault]:
    ids = {file.id for file in raw.entries}
    for name, row in raw.vocabulary.get("topics", {}).items():
        for entry in row.get("entries", []):
            if entry not in ids:
                yield Fault("vocabulary/topics.toml", name, f"no entry {entry!r}", "Name an entry of the base")
    for name, rule in raw.vocabulary.get("review", {}).get("topic", {}).items():
        if rule.get("authority") not in raw.vocabulary["review"].get("authority", {}):
            yield Fault("vocabulary/review.toml", f"topic.{name}", "unknown authority", "Add it under [authority]")


def _owners(raw: RawBase) -> tuple[dict[tuple[str, str], list[RawFile]], dict[tuple[str, str], list[RawFile]]]:
    asked: dict[tuple[str, str], list[RawFile]] = defaultdict(list)
    titles: dict[tuple[str, str], list[RawFile]] = defaultdict(list)
    for file in raw.entries:
        for lang, lines in _tables(file, "ask"):
            for line in lines if isinstance(lines, list) else []:
                asked[lang, folded(str(line))].append(file)
        for lang, text in _tables(file, "title") or _tables(file, "name"):
            titles[lang, str(text)].append(file)
    return asked, titles


def _tables(file: RawFile, key: str) -> list[tuple[str, Any]]:
    table = file.data.get(key)
    return list(table.items()) if isinstance(table, dict) else []
