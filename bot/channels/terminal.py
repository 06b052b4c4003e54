"""The terminal chat: history and line editing, numbered choices, commands; piped lines are answered one by one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory

from bot.app import Clock
from handlers.ask import listed
from handlers.dialogue import Dialogue
from handlers.followup import Turn
from handlers.messages import Choice, Incoming, Reply
from knowledge.model import Lang
from locales.catalogues import catalogue
from locales.negotiate import negotiate

_DIM, _PLAIN = "\x1b[2m", "\x1b[0m"


@dataclass
class TerminalChat:
    """One person at one terminal. ``lang`` is the language chosen, None until then; choices are those last offered."""

    dialogue: Dialogue
    clock: Clock
    out: TextIO
    lang: Lang | None = None
    colours: bool = False
    choices: tuple[Choice, ...] = ()
    turn: Turn | None = None

    def hear(self, line: str) -> bool:
        """Answer one line; False ends the chat."""
        line = line.strip()
        if not line:
            return True
        if line in ("/quit", "/exit", "/q"):
            return False
        self._say(self._reply(line))
        if line == "/help":
            self._print("Terminal help.")
        return True

    def _reply(self, line: str) -> Reply:
        incoming = Incoming(line, self.clock(), chosen=self.lang, client=os.environ.get("LANG", "").split(".")[0])
        if line.isdigit() and 0 < int(line[:3]) <= len(self.choices):
            choice = self.choices[int(line) - 1]
            found = self.dialogue.entry(choice.entry, incoming) if choice.entry else None
            if found:
                return found
            incoming = replace(incoming, text=choice.ask)
        reply, self.turn = self.dialogue.converse(incoming, self.turn)
        return reply

    def _say(self, reply: Reply) -> None:
        self.choices = reply.choices
        for effect in reply.effects:
            self.lang = effect.lang
        text = reply.text
        if self.colours and reply.status == "answered":
            head, _, source = text.rpartition("\n")
            text = f"{head}\n{_DIM}{source}{_PLAIN}"
        if reply.status == "answered" and reply.choices:
            text = listed(text, reply.choices)
        self.out.write(text + "\n\n")
        self.out.flush()

    def _print(self, message: str) -> None:
        self.out.write(catalogue(self.spoken).say(message) + "\n")
        self.out.flush()

    @property
    def spoken(self) -> str:
        return self.lang or negotiate(os.environ.get("LANG", "").split(".")[0]) or self.dialogue.default_lang


def run(dialogue: Dialogue, clock: Clock, lang: Lang | None) -> None:
    """Talk until the person leaves; Ctrl-C and Ctrl-D leave like /quit."""
    interactive = sys.stdin.isatty()
    colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    chat = TerminalChat(dialogue, clock, sys.stdout, lang, colours)
    if interactive:
        chat.hear("/start")
    for line in _typed() if interactive else _piped():
        if not chat.hear(line):
            break
    if interactive:
        sys.stdout.write(catalogue(chat.spoken).say("Bye.") + "\n")


def _typed() -> Iterator[str]:
    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    read: Callable[[str], str] = session.prompt
    while True:
        try:
            yield read("› ")
        except (EOFError, KeyboardInterrupt):
            return


def _piped() -> Iterable[str]:
    """Lines of standard input as UTF-8 whatever the locale; bytes that are none are shown as �."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace")
