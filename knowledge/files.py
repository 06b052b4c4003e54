"""The knowledge folder as it lies on disk: every file parsed, nothing interpreted yet."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from knowledge.model import KnowledgeError

FOLDERS = {"facts": "", "events": "event.", "regimes": "regime."}
"""Folder of entry files, and what stands before the path in the ids of its entries."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one file: where, which rule, and what to do about it."""

    file: str
    key: str
    rule: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.rule}. {self.mend}"


@dataclass(frozen=True)
class RawFile:
    """One TOML file of an entry: where it lies, its id, and its tables as written."""

    name: str
    id: str
    folder: str
    data: Mapping[str, Any]


@dataclass
class RawBase:
    """Everything below the knowledge folder, by kind; ``faults`` holds what could not even be parsed."""

    entries: list[RawFile] = field(default_factory=list)
    sources: Mapping[str, Any] = field(default_factory=dict)
    vocabulary: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    package: Mapping[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_folder(root: Path) -> RawBase:
    """Parse every file of the knowledge folder. Raises KnowledgeError where it is not a knowledge folder at all."""
    if not (root / "facts").is_dir():
        raise KnowledgeError(f"no knowledge base in {root}: it has no folder facts/. Name another one with --kb DIR")
    base = RawBase()
    base.sources = _toml(base, root, root / "sources.toml") or {}
    for folder, prefix in FOLDERS.items():
        base.entries.extend(_entries(base, root, folder, prefix))
    for path in sorted((root / "vocabulary").glob("*.toml")):
        base.vocabulary[path.stem] = _toml(base, root, path) or {}
    _read_series(base, root / "series", root)
    return base


def _entries(base: RawBase, root: Path, folder: str, prefix: str) -> Iterator[RawFile]:
    for path in sorted((root / folder).rglob("*.toml")):
        inner = path.relative_to(root / folder).with_suffix("")
        data = _toml(base, root, path)
        if data is not None:
            yield RawFile(str(path.relative_to(root)), prefix + ".".join(inner.parts), folder, data)


def _toml(base: RawBase, root: Path, path: Path) -> Mapping[str, Any] | None:
    name = str(path.relative_to(root))
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        base.faults.append(Fault(name, "file", "missing", "Create it"))
    except UnicodeDecodeError as error:
        base.faults.append(Fault(name, "file", f"not UTF-8 ({error.reason})", "Save it as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        base.faults.append(Fault(name, "file", f"not TOML ({error})", "Mend the line it names"))
    return None


def _read_series(base: RawBase, folder: Path, root: Path) -> None:
    package = folder / "datapackage.json"
    if not package.is_file():
        return
    name = str(package.relative_to(root))
    try:
        base.package = json.loads(package.read_text("utf-8"))
    except ValueError as error:
        base.faults.append(Fault(name, "file", f"not JSON ({error})", "Mend the line it names"))
        return
    for resource in base.package.get("resources", []):
        path = folder / str(resource.get("path", ""))
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as lines:
                base.rows[str(path.relative_to(root))] = list(csv.DictReader(lines))
