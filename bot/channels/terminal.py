"""The terminal chat: history and line editing, numbered choices, commands; piped lines are answered one by one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory

from bot.app import Clock
from bot.channels.enclosures import Drawing, Enclosure, Pin, enclosed
from handlers.dialogue import Dialogue
from handlers.followup import Turn
from handlers.messages import Choice, Chosen, Incoming, Reply
from handlers.table import Document
from knowledge.model import Lang
from locales.catalogues import catalogue
from locales.negotiate import negotiate

LINE = 80
"""Characters of ways on that stand on one line; more stand one below another."""
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
    told: str | None = None
    saveable: tuple[Drawing | Document, ...] = ()
    folder: Path = Path()

    def hear(self, line: str) -> bool:
        """Answer one line; False ends the chat."""
        line = line.strip()
        if not line:
            return True
        if line in ("/quit", "/exit", "/q"):
            return False
        if line == "/save":
            self._save()
            return True
        self._say(self._reply(line))
        if line == "/help":
            self._print("Terminal help.")
        return True

    def _reply(self, line: str) -> Reply:
        incoming = Incoming(
            line, self.clock(), chosen=self.lang, client=os.environ.get("LANG", "").split(".")[0], told=self.told
        )
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
        self.told = reply.entry if reply.status == "answered" and reply.entry else self.told
        for effect in reply.effects:
            if isinstance(effect, Chosen):
                self.lang = effect.lang
        text = reply.text
        if self.colours and reply.status == "answered":
            head, _, source = text.rpartition("\n")
            text = f"{head}\n{_DIM}{source}{_PLAIN}"
        enclosures = enclosed(self.dialogue.base, reply, self.clock())
        self.saveable = tuple(one for one in enclosures if not isinstance(one, Pin))
        self.out.write("".join(f"{part}\n\n" for part in (text, *beside(reply, enclosures, colours=self.colours))))
        self.out.flush()

    def _save(self) -> None:
        """Write the pictures and files of the last reply where the chat was started; one that is there already is never overwritten."""
        for one in self.saveable:
            place = self.folder / one.name
            try:
                with place.open("xb") as file:
                    file.write(one.content if isinstance(one, Document) else _drawn(one))
                self._print("Saved: {path}", path=place)
            except OSError as error:
                self._print("Cannot save {path}: {fault}.", path=place, fault=error.strerror)
        if not self.saveable:
            self._print("Nothing to save.")

    def _print(self, message: str, **values: object) -> None:
        self.out.write(catalogue(self.spoken).say(message, **values) + "\n")
        self.out.flush()

    @property
    def spoken(self) -> str:
        return self.lang or negotiate(os.environ.get("LANG", "").split(".")[0]) or self.dialogue.default_lang


def beside(reply: Reply, enclosures: Iterable[Enclosure], *, colours: bool = False) -> Iterator[str]:
    """What stands under a reply: charts as text, places, and the ways on that its text does not list."""
    ways = [
        f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, 1) if choice.label not in reply.text
    ]
    for enclosure in enclosures:
        if isinstance(enclosure, Pin):
            where = f"{enclosure.latitude}, {enclosure.longitude}"
            yield catalogue(reply.lang).say(
                "On the map: {address}, {coordinates}.", address=enclosure.address, coordinates=where
            )
            continue
        if isinstance(enclosure, Drawing):
            from bot.text_chart import text_chart  # only charts need rich

            yield text_chart(enclosure.picture, shutil.get_terminal_size().columns, colours=colours)
        save = catalogue(reply.lang).say("Save with /save.")
        ways += [save] if save not in ways else []
    if ways:
        line = "   ".join(ways)
        yield line if len(line) <= LINE else "\n".join(ways)


def _drawn(drawing: Drawing) -> bytes:
    from bot.charts import draw  # takes 80 MB: only who saves a picture needs it

    return draw(drawing.picture)


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
