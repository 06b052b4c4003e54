"""Rules for ways to enter and for the words of journeys: every condition is of a known kind, and figures that belong together agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from knowledge.check_texts import Context
from knowledge.files import Fault, RawBase, RawFile
from knowledge.regime import CHECKPOINTS, COUNTED, ENTRIES, PASSPORTS, PURPOSES

_NEEDED = ("traveller", "destination", "explained_by")
_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "traveller": ("RU", "CN"), "destination": ("RU", "CN", "HK", "MO"), "passport": PASSPORTS, "days_counted": COUNTED, "entries": ENTRIES,
    "checkpoints": CHECKPOINTS,
}  # fmt: skip
_COUNTS = ("party_least", "party_most", "days_most", "days_year")
_FLAGS = ("onward", "visa", "unconfirmed")
_LISTS = ("purposes", "places", "towns")
_KNOWN = frozenset({*_NEEDED, *_ONE_OF, *_COUNTS, *_FLAGS, *_LISTS})
_IN_ORDER = (("party_least", "party_most"), ("days_most", "days_year"))


def regime_faults(file: RawFile, context: Context) -> Iterator[Fault]:
    """Everything wrong with the ``[regime]`` of one file; nothing for a file that is none."""
    if file.folder != "regimes":
        return
    rule = file.data["regime"]
    for key in sorted(rule.keys() - _KNOWN):
        yield Fault(file.name, f"regime.{key}", "unknown key", f"Known keys: {', '.join(sorted(_KNOWN))}")
    for key in _NEEDED:
        if key not in rule:
            yield Fault(file.name, f"regime.{key}", "missing key", "Add it")
    yield from _kinds(file, rule)
    yield from _names(file, rule, context)
    for low, high in _IN_ORDER:
        if _is_count(rule.get(low)) and _is_count(rule.get(high)) and rule[low] > rule[high]:
            yield Fault(file.name, f"regime.{low}", f"is above {high}", "Put them in order")


def _kinds(file: RawFile, rule: Mapping[str, Any]) -> Iterator[Fault]:
    for key, allowed in _ONE_OF.items():
        if key in rule and rule[key] not in allowed:
            yield Fault(file.name, f"regime.{key}", f"unknown value {rule[key]!r}", f"Use one of {', '.join(allowed)}")
    for key in _COUNTS:
        if key in rule and not _is_count(rule[key]):
            yield Fault(
                file.name, f"regime.{key}", "must be a whole number above nought", "Leave it out where it is not known"
            )
    for key in _FLAGS:
        if key in rule and not isinstance(rule[key], bool):
            yield Fault(file.name, f"regime.{key}", "must be true or false", "Write true, or leave it out")


def _names(file: RawFile, rule: Mapping[str, Any], context: Context) -> Iterator[Fault]:
    towns = context.raw.vocabulary.get("trips", {}).get("town", {})
    for key, known in (("purposes", PURPOSES), ("places", tuple(towns)), ("towns", tuple(towns))):
        for name in _unknown(rule.get(key, []), known):
            yield Fault(file.name, f"regime.{key}", f"unknown value {name!r}", f"Use one of {', '.join(known)}")
    if "explained_by" in rule and rule["explained_by"] not in {other.id for other in context.raw.entries}:
        fault = f"no entry {rule['explained_by']!r}"
        yield Fault(file.name, "regime.explained_by", fault, "Name the entry that explains this regime")


def _unknown(names: object, known: Iterable[str]) -> list[object]:
    return [name for name in names if name not in known] if isinstance(names, list) else [names]


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def trip_faults(raw: RawBase) -> Iterator[Fault]:
    """Everything wrong with the vocabulary of journeys; nothing where a base has none."""
    table, name = raw.vocabulary.get("trips", {}), "vocabulary/trips.toml"
    entries = {file.id for file in raw.entries}
    for item, row in table.get("town", {}).items():
        if row.get("country") not in ("RU", "CN") or not row.get("ru") or not row.get("zh"):
            yield Fault(name, f"town.{item}", "not a town", "Write its country, RU or CN, and its names in ru and zh")
        if row.get("province", item) not in table["town"]:
            yield Fault(
                name, f"town.{item}.province", f"unknown value {row['province']!r}", "Name a town of this table"
            )
    for kind, known in (("purpose", PURPOSES), ("passport", PASSPORTS)):
        for item in _unknown(list(table.get(kind, {})), known):
            yield Fault(name, f"{kind}.{item}", "unknown key", f"Known keys: {', '.join(known)}")
    for kind in ("general", "neighbours"):
        for way, named in table.get(kind, {}).items():
            for entry in [named] if isinstance(named, str) else named:
                if entry not in entries:
                    yield Fault(name, f"{kind}.{way}", f"no entry {entry!r}", "Name an entry of the base")
