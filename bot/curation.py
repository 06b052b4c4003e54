"""The ``kb`` commands: what curators see on the terminal."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from typing import TextIO

from bot import app
from bot.settings import read_settings
from bot.state.sqlite import opinions, unanswered
from handlers import curate
from handlers.messages import Incoming
from knowledge.files import read_folder
from knowledge.model import LANGS


def run(arguments: Namespace, kb: Path, today: date, out: TextIO) -> int:
    return _VERBS[arguments.kb_command](arguments, kb, today, out)


def _check(_: Namespace, kb: Path, today: date, out: TextIO) -> int:
    raw = read_folder(kb)
    found = curate.check(raw, today)
    for fault in found:
        out.write(f"{fault}\n")
    out.write(f"{len(raw.entries)} entries, {len(raw.rows)} series, {len(raw.sources)} sources: {len(found)} faults\n")
    return 1 if found else 0


def _build(arguments: Namespace, kb: Path, _: date, out: TextIO) -> int:
    from knowledge.build import build  # only this command writes SQLite

    base = app.build_dialogue(kb).base.data
    build(base, arguments.file)
    out.write(
        f"{arguments.file}: {len(base.entries)} entries, {len(base.sources)} sources, {len(base.series)} series\n"
    )
    return 0


def _phrases(_: Namespace, kb: Path, __: date, out: TextIO) -> int:
    for entry in app.build_dialogue(kb).base.data.entries.values():
        for lang in LANGS:
            for phrase in entry.ask[lang]:
                out.write(json.dumps({"entry": entry.id, "lang": lang, "phrase": phrase}, ensure_ascii=False) + "\n")
    return 0


def _show(arguments: Namespace, kb: Path, today: date, out: TextIO) -> int:
    dialogue = app.build_dialogue(kb)
    for lang in [arguments.lang] if arguments.lang else LANGS:
        reply = dialogue.entry(arguments.entry, Incoming("", datetime.combine(today, time()), chosen=lang))
        if reply is None:
            out.write(f"no entry {arguments.entry!r}: `kb phrases` lists them\n")
            return 2
        out.write(f"{reply.text}\n[{reply.standing}]\n\n")
    return 0


def _review(arguments: Namespace, kb: Path, today: date, out: TextIO) -> int:
    items = curate.review(app.build_dialogue(kb).base.data, today)
    url = read_settings().state_url
    missed, thought = unanswered(url), opinions(url)
    if arguments.json:
        rows = [{"entry": item.entry, "reason": item.reason, "date": item.day.isoformat()} for item in items]
        asked = [{"question": u.question, "lang": u.lang, "times": u.times, "last": u.last.isoformat()} for u in missed]
        judged = [{**asdict(one), "last": one.last.isoformat()} for one in thought]
        out.write(json.dumps({"entries": rows, "unanswered": asked, "feedback": judged}, ensure_ascii=False) + "\n")
        return 0
    for item in items:
        out.write(f"{item.reason:10} {item.day} {item.entry}\n")
    out.write(f"{len(items)} entries want a look\n")
    for question in missed:
        out.write(f"{question.times:10} {question.last} {question.lang} {question.question}\n")
    out.write(f"{len(missed)} questions without an answer\n")
    for one in thought:
        out.write(
            f"{one.times:10} {one.last} {one.lang} {'+' if one.good else '-'} {one.entry} {one.why}".rstrip() + "\n"
        )
    out.write(f"{len(thought)} opinions of answers\n")
    return 0


_VERBS: dict[str, Callable[[Namespace, Path, date, TextIO], int]] = {
    "check": _check, "build": _build, "phrases": _phrases, "show": _show, "review": _review,
}  # fmt: skip
