"""Questions as JSON Lines in, answers as JSON Lines out, in order; a bad line gets an error and the stream goes on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from time import perf_counter
from typing import Any, TextIO

from bot.app import Clock
from bot.turns import Turns
from bot.wire import as_json
from handlers.dialogue import Dialogue
from handlers.messages import Incoming, Reply


def answer(turns: Turns, incoming: Incoming, chat: str | None = None) -> tuple[Reply, float]:
    """A reply and the milliseconds it took."""
    start = perf_counter()
    reply = turns.reply(chat, incoming)
    return reply, (perf_counter() - start) * 1000


def run(dialogue: Dialogue, lines: Iterable[bytes], out: TextIO, clock: Clock) -> None:
    """Answer line by line until the input ends; blank lines are passed over. Each answer is flushed."""
    turns = Turns(dialogue)
    for line in lines:
        if line.strip():
            out.write(json.dumps(_answered(turns, line, clock), ensure_ascii=False) + "\n")
            out.flush()


def _answered(turns: Turns, line: bytes, clock: Clock) -> dict[str, Any]:
    try:
        asked = json.loads(line.decode("utf-8"))
    except ValueError as error:
        return {"id": None, "error": f"not a line of JSON in UTF-8 ({error})"}
    if not isinstance(asked, dict):
        return {"id": None, "error": 'not an object: write {"id": "q1", "q": "..."}'}
    fault = _fault(asked)
    if fault:
        return {"id": asked.get("id"), "error": fault}
    reply, ms = answer(turns, Incoming(asked["q"], clock(), chosen=asked.get("lang")), asked.get("chat"))
    return as_json(reply, ms, asked.get("id"))


def _fault(asked: dict[str, Any]) -> str | None:
    if not isinstance(asked.get("q"), str):
        return 'no text in "q"'
    if not isinstance(asked.get("chat"), (str, int, type(None))):
        return '"chat" is a text or null'
    if asked.get("lang") not in (None, "ru", "zh"):
        return '"lang" is ru, zh or null'
    return None
