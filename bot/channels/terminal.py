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
from handlers import series
from handlers.dialogue import Dialogue
from handlers.followup import Turn
from handlers.messages import Attachment, Choice, Incoming, Reply
from handlers.table import Document
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
    saveable: tuple[Attachment, ...] = ()
    told_in: Lang = "ru"

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
        incoming = Incoming(line, self.clock(), chosen=self.lang, client=os.environ.get("LANG", "").split(".")[0])
        if line.isdigit() and 0 < int(line[:3]) <= len(self.choices):
            choice = self.choices[int(line) - 1]
            found = self.dialogue.entry(choice.entry, incoming) if choice.entry else None
            return found or self.dialogue.reply(replace(incoming, text=choice.ask))
        reply, self.turn = self.dialogue.converse(incoming, self.turn)
        return reply

    def _say(self, reply: Reply) -> None:
        self.choices = reply.choices
        for effect in reply.effects:
            self.lang = effect.lang
        self.told_in = reply.lang
        self.saveable = tuple(one for one in reply.attachments if one.kind == "csv" or ":" in one.name)
        text = reply.text
        if self.colours and reply.status == "answered":
            head, _, source = text.rpartition("\n")
            text = f"{head}\n{_DIM}{source}{_PLAIN}"
        self.out.write(text + "\n\n")
        if reply.status == "answered":
            self._show(reply)
        self.out.flush()

    def _show(self, reply: Reply) -> None:
        """The pictures of a reply as text charts, and the ways on that its text does not list."""
        for attachment in self.saveable:
            picture = series.picture_named(self.dialogue.base, attachment.name, reply.lang)
            if attachment.kind == "chart" and picture:
                from bot.text_chart import text_chart  # only charts need rich

                self.out.write(text_chart(picture, shutil.get_terminal_size().columns, colours=self.colours) + "\n\n")
        ways = [f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, 1)]
        ways += [catalogue(reply.lang).say("Save with /save.")] if self.saveable else []
        self.out.write("   ".join(ways) + "\n\n" if ways else "")

    def _save(self) -> None:
        """Write the picture or file of the last reply into the folder the chat was started in."""
        for attachment in self.saveable:
            file = saved_file(self.dialogue, attachment, self.told_in)
            try:
                Path(file.name).write_bytes(file.content)
                self._print("Saved: {path}", path=file.name)
            except OSError as error:
                self._print("Cannot save {path}: {fault}.", path=file.name, fault=error.strerror)
        if not self.saveable:
            self._print("Nothing to save.")

    def _print(self, message: str, **values: object) -> None:
        self.out.write(catalogue(self.spoken).say(message, **values) + "\n")
        self.out.flush()

    @property
    def spoken(self) -> str:
        return self.lang or negotiate(os.environ.get("LANG", "").split(".")[0]) or self.dialogue.default_lang


def saved_file(dialogue: Dialogue, attachment: Attachment, lang: Lang) -> Document:
    """The file an attachment stands for: a picture as PNG, a series as CSV."""
    if attachment.kind == "csv":
        document = series.document_named(dialogue.base, attachment.name, lang)
        if document:
            return document
    picture = series.picture_named(dialogue.base, attachment.name, lang)
    if picture is None:
        raise ValueError(f"{attachment.name!r} names no series of the base")
    from bot.charts import draw  # takes 80 MB: only who saves a picture needs it

    return Document(attachment.name.replace(":", "_") + ".png", draw(picture))


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
