"""What each command of the command line does. Errors a person can mend are one line and exit code 2."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot import app
from bot.settings import Settings, SettingsError, read_settings
from knowledge.model import KnowledgeError

ANSWERED, FAULTS, USAGE, SILENT = 0, 1, 2, 3


class UsageError(Exception):
    """The arguments do not fit together; the message says what to write."""


def run(arguments: Namespace) -> int:
    """Carry out one parsed command and return its exit code."""
    try:
        return _COMMANDS[arguments.command or "start"](arguments)
    except (KnowledgeError, SettingsError, UsageError) as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    except KeyboardInterrupt:
        return ANSWERED
    except BrokenPipeError:
        sys.stderr.close()
        return ANSWERED


def _clock(arguments: Namespace) -> app.Clock:
    text = getattr(arguments, "now", None)
    if text is None:
        return app.Clock()
    try:
        return app.Clock(app.parse_moment(text))
    except ValueError:
        raise UsageError(f"--now {text!r}: write an ISO date such as 2026-11-24") from None


def _kb(arguments: Namespace) -> Path:
    return getattr(arguments, "kb", None) or app.KNOWLEDGE


def _start(arguments: Namespace) -> int:
    """What `make run` starts: Telegram where there is a token, the terminal chat where there is none."""
    settings = read_settings()
    if settings.bot_token:
        return _serve(settings, app.KNOWLEDGE, app.Clock(), None)
    return _talk(settings, arguments)


def _run(arguments: Namespace) -> int:
    settings = read_settings()
    if arguments.engine:
        settings = replace(settings, bot_engine=arguments.engine)
    return _serve(settings, _kb(arguments), _clock(arguments), arguments.mode)


def _serve(settings: Settings, kb: Path, clock: app.Clock, mode: str | None) -> int:
    from bot.channels import serving  # aiogram takes a second or more to import; only this command needs it

    return serving.serve(settings, kb, clock, mode)


def _talk(settings: Settings, arguments: Namespace) -> int:
    from bot.channels import terminal  # the line editor is not needed by the other commands

    clock = _clock(arguments)
    terminal.run(app.build_dialogue(_kb(arguments), settings.default_lang), clock, getattr(arguments, "lang", None))
    return ANSWERED


def _chat(arguments: Namespace) -> int:
    return _talk(read_settings(), arguments)


def _ask(arguments: Namespace) -> int:
    from bot import explained
    from bot.channels import stream
    from bot.turns import Turns
    from bot.wire import as_json
    from handlers.explain import explain
    from handlers.messages import Incoming

    if arguments.stream == (arguments.text is not None):
        raise UsageError('ask needs either a question, as in ask "виза в Китай", or --stream')
    if arguments.stream and arguments.explain:
        raise UsageError("--explain explains one question: write it in place of --stream")
    clock, settings = _clock(arguments), read_settings()
    dialogue = app.build_dialogue(_kb(arguments), settings.default_lang)
    if arguments.stream:
        stream.run(dialogue, sys.stdin.buffer, sys.stdout, clock)
        return ANSWERED
    incoming = Incoming(arguments.text, clock(), chosen=arguments.lang)
    reply, ms = stream.answer(Turns(dialogue), incoming)
    told: dict[str, object] = as_json(reply, ms)
    text = reply.text
    if arguments.explain:
        found = explain(dialogue, incoming)
        told["explain"], text = explained.as_object(found), f"{text}\n\n{explained.as_text(found).rstrip()}"
    sys.stdout.write((json.dumps(told, ensure_ascii=False) if arguments.json else text) + "\n")
    return ANSWERED if reply.status in ("answered", "chat") else SILENT


def _entry(arguments: Namespace) -> int:
    from handlers import visa
    from handlers.entry_request import FIELDS, RequestError, requested

    clock, settings = _clock(arguments), read_settings()
    base, lang = app.build_dialogue(_kb(arguments)).base, arguments.lang or settings.default_lang
    try:
        journey = requested(base, {name: getattr(arguments, name) for name in FIELDS})
    except RequestError as error:
        raise UsageError(f"entry: {error}") from None
    data = visa.as_data(base, journey, lang, clock())
    sys.stdout.write((json.dumps(data, ensure_ascii=False) if arguments.json else data["text"]) + "\n")
    return ANSWERED


def _settings(_: Namespace) -> int:
    sys.stdout.write(read_settings().shown() + "\n")
    return ANSWERED


def _bench(arguments: Namespace) -> int:
    from bot import bench

    if arguments.times < 1:
        raise UsageError(f"--times {arguments.times}: write 1 for the base as it is, or how many times its size")
    return bench.run(_kb(arguments), arguments.json, arguments.times)


def _knowledge(arguments: Namespace) -> int:
    from bot import curation

    return curation.run(arguments, _kb(arguments), _clock(arguments)().date(), sys.stdout)


_COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "start": _start, "run": _run, "chat": _chat, "ask": _ask, "entry": _entry, "settings": _settings, "bench": _bench, "kb": _knowledge,
}  # fmt: skip
