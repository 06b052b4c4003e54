"""What comes in and what goes out, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from handlers.forms import Form
from knowledge.model import Lang, Source

Status = Literal["answered", "clarify", "unknown", "chat"]
Standing = Literal["current", "upcoming", "ended", "overdue"]


@dataclass(frozen=True)
class Incoming:
    """One message of a person. ``chosen`` is the chat's language, ``client`` the code its client sent."""

    text: str
    now: datetime
    chosen: Lang | None = None
    client: str | None = None

    @property
    def today(self) -> date:
        return self.now.date()


@dataclass(frozen=True)
class Choice:
    """A way on: what the button says, and the question or command it asks. ``entry`` names the entry where it is one."""

    label: str
    ask: str
    entry: str | None = None


@dataclass(frozen=True)
class Chosen:
    """An effect: the chat reads this language from now on. Whoever keeps chats carries it out."""

    lang: Lang


Effect = Chosen


@dataclass(frozen=True)
class Attachment:
    """Something beside the text, by kind and name; a channel that cannot show it leaves it out."""

    kind: str
    name: str


@dataclass(frozen=True)
class Reply:
    """What the bot says, as plain text, with everything a channel or a reader needs to check it.

    ``reason`` says for curators how it was decided (``handlers/explain.py``); a reply without one was computed or is talk.
    ``form`` is what the conversation goes on with where the reply belongs to a form.
    """

    status: Status
    lang: Lang
    text: str
    confidence: float = 0.0
    entry: str | None = None
    standing: Standing | None = None
    as_of: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    sources: tuple[Source, ...] = ()
    choices: tuple[Choice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    effects: tuple[Effect, ...] = ()
    reason: str = ""
    form: Form | None = None
