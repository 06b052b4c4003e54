"""Golden dialogues: conversations a trade expert can read, run on the core and on every channel.

A step says something (``say``) or picks one of the choices last offered (``pick``), and names what must come back: the status, the
entry and its standing, and words the answer has to hold. Prose may change freely; what is told may not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handlers.dialogue import Dialogue
from handlers.followup import Turn
from handlers.messages import Choice, Incoming, Reply
from knowledge.model import LANGS, Lang
from tests.conftest import NOW

FOLDER = Path(__file__).parent / "dialogues"
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Step:
    """One turn: what a person does, and what the reply must be."""

    say: str | None
    pick: int | None
    status: str
    entry: str | None
    standing: str | None
    holds: tuple[str, ...]


@dataclass(frozen=True)
class Golden:
    """A whole conversation of one person in one language."""

    name: str
    lang: Lang
    steps: tuple[Step, ...]


def dialogues() -> list[Golden]:
    return [golden for lang in LANGS for golden in _read(lang)]


def _read(lang: Lang) -> Iterator[Golden]:
    table = tomllib.loads((FOLDER / f"{lang}.toml").read_text("utf-8"))
    for row in table["dialogue"]:
        yield Golden(row["name"], lang, tuple(map(_step, row["step"])))


def _step(row: dict[str, Any]) -> Step:
    return Step(
        row.get("say"), row.get("pick"), row.get("status", "answered"), row.get("entry"), row.get("standing"),
        tuple(row.get("holds", ())),
    )  # fmt: skip


def played(dialogue: Dialogue, golden: Golden) -> Iterator[tuple[Step, str, Reply]]:
    """Each step with the line it comes to and the reply of the core."""
    offered: tuple[Choice, ...] = ()
    turn: Turn | None = None
    for step in golden.steps:
        if step.pick is not None:
            choice = offered[step.pick - 1]
            line = str(step.pick)
            reply = dialogue.entry(choice.entry, Incoming("", NOW, chosen=golden.lang)) if choice.entry else None
            if reply is None:
                reply, turn = dialogue.converse(Incoming(choice.ask, NOW, chosen=golden.lang), turn)
        else:
            line = step.say or ""
            reply, turn = dialogue.converse(Incoming(line, NOW, chosen=golden.lang), turn)
        offered = reply.choices
        yield step, line, reply


def differs(step: Step, reply: Reply) -> str | None:
    """What is not as it must be; None where all is well."""
    told = reply.text.translate(_SPACES)
    if reply.status != step.status:
        return f"status {reply.status}, entry {reply.entry}: {told}"
    if step.entry and reply.entry != step.entry:
        return f"entry {reply.entry}"
    if step.standing and reply.standing != step.standing:
        return f"standing {reply.standing}"
    missing = [words for words in step.holds if words not in told]
    return f"does not say {missing}: {told}" if missing else None
