"""From tables as written to the shapes of ``knowledge.model``. Checked files only: see ``knowledge.check`` for faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.files import RawBase, RawFile
from knowledge.model import (
    LANGS,
    MARKS,
    Amount,
    Days,
    Edition,
    Entry,
    Occasion,
    Period,
    Point,
    Scope,
    Series,
    Source,
    Term,
    Texts,
    Value,
    Verbatim,
    Year,
)
from knowledge.regime import TEXTS, Regime


def sources(raw: RawBase) -> dict[str, Source]:
    return {
        key: Source(key, row["publisher"], row["title"], row["url"], row.get("date"))
        for key, row in raw.sources.items()
    }


def entry(file: RawFile, again_after_days: int) -> Entry:
    """One fact or event; an event's name is its title, its dates and edition its scope."""
    data = file.data
    event = _occasion(data) if "event" in data else None
    scope = Scope(event=event.series, edition=event.edition) if event else Scope(**data.get("scope", {}))
    return Entry(
        id=file.id,
        topic=data["topic"],
        title=_texts(data.get("title") or data["name"]),
        sources=tuple(data["sources"]),
        as_of=data.get("as_of"),
        checked=data["checked"],
        confidence=data["confidence"],
        ask={"ru": tuple(data["ask"]["ru"]), "zh": tuple(data["ask"]["zh"])},
        answer=_texts(data["answer"]),
        ended=_texts(data["ended"]) if "ended" in data else None,
        scope=scope,
        valid=_term(data),
        values=_values(data, event),
        event=event,
        research=tuple(data.get("research", ())),
        figures=tuple(data.get("figures", ())),
        again_after_days=data.get("again_after_days", again_after_days),
    )


def value(table: Mapping[str, Any]) -> Value:
    """One row of ``[values]``. Raises ValueError where its keys are of no known shape."""
    make = _SHAPES.get(frozenset(table))
    if make is None:
        raise ValueError(f"a value with the keys {', '.join(sorted(table))} is of no known shape")
    return make(table)


_SHAPES: Mapping[frozenset[str], Callable[[Mapping[str, Any]], Value]] = {
    frozenset({"amount", "unit"}): lambda t: Amount(Decimal(t["amount"]), t["unit"]),
    frozenset({"low", "high", "unit"}): lambda t: Amount(Decimal(t["low"]), t["unit"], Decimal(t["high"])),
    frozenset({"number"}): lambda t: Amount(Decimal(t["number"])),
    frozenset({"edition"}): lambda t: Edition(t["edition"]),
    frozenset({"year"}): lambda t: Year(t["year"]),
    frozenset({"date"}): lambda t: Days(t["date"], t["date"]),
    frozenset({"first", "last"}): lambda t: Days(t["first"], t["last"]),
    frozenset({"period"}): lambda t: Period(t["period"]),
    frozenset({"text"}): lambda t: Verbatim(t["text"], t["text"]),
    frozenset({"ru", "zh"}): lambda t: Verbatim(t["ru"], t["zh"]),
}


def regime(file: RawFile) -> Regime:
    """One way to enter; lists become tuples, so that the rule can be shared and compared."""
    data = file.data
    rule: dict[str, Any] = {
        key: tuple(told) if isinstance(told, list) else told for key, told in data["regime"].items()
    }
    return Regime(
        id=file.id,
        title=_texts(data["title"]),
        sources=tuple(data["sources"]),
        as_of=data.get("as_of"),
        checked=data["checked"],
        valid=_term(data),
        research=tuple(data.get("research", ())),
        values=_values(data, None),
        texts={key: _texts(data[key]) for key in TEXTS if key in data and key != "documents"},
        documents={lang: tuple(data["documents"][lang]) for lang in LANGS} if "documents" in data else {},
        **rule,
    )


def series(raw: RawBase) -> dict[str, Series]:
    found = {}
    for resource in raw.package.get("resources", []):
        rows = raw.rows[f"series/{resource['path']}"]
        points = {row["period"]: _point(row) for row in rows}
        found[resource["name"]] = Series(
            resource["name"],
            _texts(resource["titles"]),
            resource["unit"],
            resource["method"],
            points,
            resource.get("comparable", True),
        )
    return found


def _point(row: Mapping[str, str]) -> Point:
    yoy = Decimal(row["yoy"]) if row["yoy"] else None
    mark = next((mark for mark in MARKS if row["note"].startswith(f"{mark}:")), None)
    return Point(row["period"], Decimal(row["value"]), yoy, row["source"], row["note"], mark)


def _texts(table: Mapping[str, str]) -> Texts:
    return {"ru": table["ru"], "zh": table["zh"]}


def _term(data: Mapping[str, Any]) -> Term:
    valid = data.get("valid", {})
    return Term(valid.get("from"), valid.get("until"))


def _occasion(data: Mapping[str, Any]) -> Occasion:
    return Occasion(**{**data["event"], "venue": _texts(data["venue"]) if "venue" in data else None})


def _values(data: Mapping[str, Any], event: Occasion | None) -> dict[str, Value]:
    """The values as written, and those every entry has for free: ``{from}``, ``{until}``, ``{dates}``."""
    found = {name: value(table) for name, table in data.get("values", {}).items()}
    term = _term(data)
    if term.start:
        found["from"] = Days(term.start, term.start)
    if term.until:
        found["until"] = Days(term.until, term.until)
    if event and isinstance(event.first, date):
        found["dates"] = Days(event.first, event.last or event.first)
    return found
