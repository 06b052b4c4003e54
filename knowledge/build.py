"""The knowledge base as one SQLite file with foreign keys and full-text search, fit for Datasette."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from knowledge.catalogue import Compiled
from knowledge.model import LANGS, Entry

_CONDITIONS = (
    "passport", "purposes", "party_least", "party_most", "days_most", "days_counted", "days_year", "entries", "checkpoints", "places", "towns",
    "onward", "visa", "unconfirmed",
)  # fmt: skip
"""What is computed with; a condition that is not known is left out."""


def build(base: Compiled, file: Path) -> None:
    """Write the file anew; one that stands there already is replaced only when the new one is whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(file.name + ".half")
    half.unlink(missing_ok=True)
    database = Database(half)
    _tables(database)
    database.table("sources").insert_all(_source_rows(base))
    database.table("entries").insert_all(map(_entry_row, base.entries.values()))
    database.table("entry_sources").insert_all(
        {"entry": entry.id, "place": place, "source": source}
        for entry in base.entries.values()
        for place, source in enumerate(dict.fromkeys(entry.sources), 1)
    )
    database.table("phrases").insert_all(
        {"entry": entry.id, "lang": lang, "phrase": phrase}
        for entry in base.entries.values()
        for lang in LANGS
        for phrase in entry.ask[lang]
    )
    database.table("regimes").insert_all(_regime_rows(base))
    database.table("series").insert_all(
        {"metric": s.metric, "title_ru": s.title["ru"], "title_zh": s.title["zh"], "unit": s.unit, "method": s.method}
        for s in base.series.values()
    )
    database.table("points").insert_all(_point_rows(base))
    database.table("entries").enable_fts(["title_ru", "title_zh", "answer_ru", "answer_zh"], tokenize="trigram")
    database.table("phrases").enable_fts(["phrase"], tokenize="trigram")
    database.close()
    half.replace(file)


def _tables(database: Database) -> None:
    make = database.table
    make("sources").create({"id": str, "publisher": str, "title": str, "url": str, "date": str}, pk="id")
    make("entries").create(
        {
            "id": str, "topic": str, "title_ru": str, "title_zh": str, "answer_ru": str, "answer_zh": str, "as_of": str, "checked": str,
            "confidence": str, "valid_from": str, "valid_to": str, "traveller": str, "destination": str, "flow": str, "period": str,
            "event": str, "edition": int, "city": str, "first_day": str, "last_day": str, "values": str,
        },
        pk="id",
    )  # fmt: skip
    make("entry_sources").create(
        {"entry": str, "place": int, "source": str},
        pk=("entry", "place"),
        foreign_keys=[("entry", "entries"), ("source", "sources")],
    )
    make("phrases").create(
        {"id": int, "entry": str, "lang": str, "phrase": str}, pk="id", foreign_keys=[("entry", "entries")]
    )
    make("regimes").create(
        {
            "id": str,
            "title_ru": str,
            "title_zh": str,
            "traveller": str,
            "destination": str,
            "conditions": str,
            "explained_by": str,
        },
        pk="id",
        foreign_keys=[("explained_by", "entries")],
    )
    make("series").create({"metric": str, "title_ru": str, "title_zh": str, "unit": str, "method": str}, pk="metric")
    make("points").create(
        {"metric": str, "period": str, "value": float, "yoy": float, "source": str, "note": str},
        pk=("metric", "period"),
        foreign_keys=[("metric", "series"), ("source", "sources")],
    )


def _source_rows(base: Compiled) -> Iterator[dict[str, Any]]:
    for source in base.sources.values():
        yield {
            "id": source.id,
            "publisher": source.publisher,
            "title": source.title,
            "url": source.url,
            "date": _text(source.day),
        }


def _entry_row(entry: Entry) -> dict[str, Any]:
    event, scope = entry.event, entry.scope
    return {
        "id": entry.id, "topic": entry.topic, "title_ru": entry.title["ru"], "title_zh": entry.title["zh"],
        "answer_ru": entry.answer["ru"], "answer_zh": entry.answer["zh"], "as_of": _text(entry.as_of), "checked": _text(entry.checked),
        "confidence": entry.confidence, "valid_from": _text(entry.valid.start), "valid_to": _text(entry.valid.until),
        "traveller": scope.traveller, "destination": scope.destination, "flow": scope.flow, "period": scope.period,
        "event": scope.event, "edition": scope.edition, "city": event.city if event else None,
        "first_day": _text(event.first) if event else None, "last_day": _text(event.last) if event else None,
        "values": json.dumps({name: str(value) for name, value in entry.values.items()}, ensure_ascii=False),
    }  # fmt: skip


def _regime_rows(base: Compiled) -> Iterator[dict[str, Any]]:
    for regime in base.regimes.values():
        conditions = {
            key: value for key, value in vars(regime).items() if key in _CONDITIONS and value not in (None, (), False)
        }
        conditions |= {"valid_from": _text(regime.valid.start), "valid_to": _text(regime.valid.until)}
        yield {
            "id": regime.id, "title_ru": regime.title["ru"], "title_zh": regime.title["zh"], "traveller": regime.traveller,
            "destination": regime.destination, "conditions": json.dumps(conditions), "explained_by": regime.explained_by,
        }  # fmt: skip


def _point_rows(base: Compiled) -> Iterator[dict[str, Any]]:
    for series in base.series.values():
        for point in series.points.values():
            yield {
                "metric": series.metric, "period": point.period, "value": float(point.value),
                "yoy": None if point.yoy is None else float(point.yoy), "source": point.source, "note": point.note,
            }  # fmt: skip


def _text(day: object) -> str | None:
    return str(day) if day else None
