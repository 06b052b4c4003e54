"""The base as compiled: standing under the clock, SQLite, review, phrasings, the compiled form."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlite_utils import Database

from bot.app import KNOWLEDGE, ROOT
from handlers import curate
from handlers.render import LONGEST, entry_reply
from knowledge.build import build
from knowledge.catalogue import Catalogue, open_catalogue
from knowledge.files import read_folder
from knowledge.model import LANGS
from knowledge.standing import standing

TODAY = date(2026, 11, 24)


def kb(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "kb", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_base_is_sound() -> None:
    assert [str(fault) for fault in curate.check(read_folder(KNOWLEDGE), TODAY)] == []


def test_every_answer_is_told_in_both_languages_on_any_day(base: Catalogue) -> None:
    """First sentence, caveats, source and date; never longer than a phone screen, never a placeholder left open."""
    data = base.data
    for entry in data.entries.values():
        for lang in LANGS:
            for day in (date(2020, 1, 1), TODAY, date(2040, 1, 1)):
                reply = entry_reply(entry, lang, day, data.sources, data.vocabulary)
                assert len(reply.text) <= LONGEST, entry.id
                assert "{" not in reply.text, entry.id
                assert reply.sources, entry.id
                assert data.sources[entry.sources[0]].publisher in reply.text.splitlines()[-1], entry.id


def test_standing_follows_the_clock(base: Catalogue) -> None:
    """Each side of each bound: the day before, the day, the day after."""
    for entry in base.data.entries.values():
        start, until = entry.valid.start, entry.valid.until
        one = timedelta(days=1)
        if until:
            assert standing(entry, until) != "ended"
            assert standing(entry, until + one) == "ended"
        if start:
            assert standing(entry, start - one) == "upcoming"
            assert standing(entry, start) != "upcoming"
        if not until and not entry.event:
            assert standing(entry, entry.checked + timedelta(days=entry.again_after_days) + one) == "overdue"


def test_an_ended_rule_says_so_and_where_to_check(base: Catalogue) -> None:
    """Once the term is over the text is another one, with the last day, and a place to ask."""
    data = base.data
    ruled = [entry for entry in data.entries.values() if entry.valid.until]
    assert ruled
    for entry in ruled:
        assert entry.valid.until is not None
        day = entry.valid.until + timedelta(days=1)
        for lang, words in (("ru", "Опубликованный срок истёк"), ("zh", "公布的期限已于")):
            reply = entry_reply(entry, "ru" if lang == "ru" else "zh", day, data.sources, data.vocabulary)
            assert reply.standing == "ended"
            assert words in reply.text
            assert data.vocabulary.authority(entry).url in reply.text


def test_the_base_becomes_one_sqlite_file(base: Catalogue, tmp_path: Path) -> None:
    """Foreign keys hold, full text finds two languages, and building twice replaces the file."""
    file = tmp_path / "sub" / "kb.db"
    for _ in range(2):
        build(base.data, file)
    with sqlite3.connect(file) as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert len(connection.execute("pragma foreign_key_list(points)").fetchall()) == 2
    database = Database(file)
    assert database.table("entries").count == len(base.data.entries)
    for word in ("博览会", "Харбин"):
        assert list(database.table("entries").search(word))


def test_kb_commands_speak() -> None:
    """check, phrases, show and review as interface.md says."""
    check = kb("check")
    assert (check.returncode, "0 faults" in check.stdout) == (0, True)
    phrases = [json.loads(line) for line in kb("phrases").stdout.splitlines()]
    assert {frozenset(row) for row in phrases} == {frozenset({"entry", "lang", "phrase"})}
    entry = phrases[0]["entry"]
    shown = kb("show", entry, "--lang", "zh", "--now", "2026-11-24")
    assert (shown.returncode, "来源：" in shown.stdout) == (0, True)
    assert kb("show", "no.such").returncode == 2
    review = json.loads(kb("review", "--json", "--now", "2027-12-01").stdout)
    assert {"ended", "overdue"} <= {row["reason"] for row in review["entries"]}


def test_what_ends_soon_is_shown_before_it_does(base: Catalogue) -> None:
    entry = next(entry for entry in base.data.entries.values() if entry.valid.until)
    assert entry.valid.until is not None
    before = entry.valid.until - timedelta(days=10)
    assert (entry.id, "ends soon") in {(item.entry, item.reason) for item in curate.review(base.data, before)}


def test_every_phrasing_is_answered_by_its_own_entry_alone(base: Catalogue) -> None:
    lines = [(lang, line) for entry in base.data.entries.values() for lang in LANGS for line in entry.ask[lang]]
    assert len(lines) == len(set(lines))


def same(one: Any, other: Any) -> bool:
    """Equal to the last field, arrays number by number."""
    if is_dataclass(one):
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(np.array_equal(one, other)) if isinstance(one, np.ndarray) else bool(one == other)


def test_the_compiled_form_is_used_until_a_file_changes(tmp_path: Path) -> None:
    """A second start reads the compiled form; a changed fact shows at once; a spoilt cache does no harm."""
    root = Path(
        shutil.copytree(KNOWLEDGE, tmp_path / "knowledge", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    )
    cache = tmp_path / "cache"
    started = time.perf_counter()
    first = open_catalogue(root, cache)
    compiled = time.perf_counter()
    second = open_catalogue(root, cache)
    assert time.perf_counter() - compiled < (compiled - started) / 4
    assert same(second.data.index, first.data.index)
    file = next((root / "facts").rglob("*.toml"))
    text = file.read_text("utf-8")
    title = first.data.entries[".".join(file.relative_to(root / "facts").with_suffix("").parts)].title["ru"]
    file.write_text(text.replace(f'ru = "{title}"', 'ru = "Новый заголовок"', 1), "utf-8")
    assert "Новый заголовок" in {entry.title["ru"] for entry in open_catalogue(root, cache).data.entries.values()}
    next(cache.glob("*.pickle")).write_bytes(b"spoilt")
    assert open_catalogue(root, cache).data.entries
