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
class Reminder:
    """An event a chat is reminded of, and how many days before its first day; days already told are no longer here."""

    event: str
    days: tuple[int, ...]


@dataclass(frozen=True)
class Incoming:
    """One message of a person. ``chosen`` is the chat's language, ``client`` the code its client sent.

    ``delivers`` says whether the channel can speak first, later; ``reminders`` are those the chat has; ``told`` names the last answer.
    """

    text: str
    now: datetime
    chosen: Lang | None = None
    client: str | None = None
    delivers: bool = False
    reminders: tuple[Reminder, ...] = ()
    told: str | None = None

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


@dataclass(frozen=True)
class Remind:
    """An effect: tell the chat of this event so many days before it, and nothing else about it. ``first`` is the first day as known now, if any."""

    event: str
    days: tuple[int, ...]
    first: date | None


@dataclass(frozen=True)
class Unremind:
    """An effect: tell the chat of this event no more; None of all events."""

    event: str | None


@dataclass(frozen=True)
class Forget:
    """An effect: erase everything kept about the chat."""


@dataclass(frozen=True)
class Judge:
    """An effect: keep for the curators what somebody thinks of an answer, without who. ``why`` is one of ours or their own words."""

    entry: str
    good: bool
    why: str = ""


Effect = Chosen | Remind | Unremind | Forget | Judge


@dataclass(frozen=True)
class Attachment:
    """Something beside the text, by kind and name; a channel that cannot show it leaves it out.

    A ``chart`` whose name has a span (``trade.total:2015..2025``) is shown with the text, one named by its metric alone is only
    offered. A ``csv`` is a file. ``handlers.series`` makes both from the name.
    """

    kind: str
    name: str

    @property
    def offered(self) -> bool:
        """Whether it may be asked for and is not sent unasked."""
        return self.kind == "chart" and ":" not in self.name


@dataclass(frozen=True)
class Reply:
    """What the bot says, as plain text, with everything a channel or a reader needs to check it.

    ``reason`` says for curators how it was decided (``handlers/explain.py``); a reply without one was computed or is talk.
    ``form`` is what the conversation goes on with where the reply belongs to a form.
    ``aligned`` is the part of the text whose columns line up only in a type of fixed width. A ``menu`` may take the place of the menu
    it was chosen from; a ``brief`` one may pass as a notice.
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
    aligned: str = ""
    menu: bool = False
    brief: bool = False
    reason: str = ""
    form: Form | None = None
