"""A reply as Telegram shows it: HTML with everything escaped, choices as buttons whose data fits 64 bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from bot.channels.enclosures import Enclosure, is_offer
from handlers.messages import Choice, Reply
from locales.catalogues import catalogue

BUTTON_BYTES = 64
LABEL_CHARACTERS = 60


@dataclass(frozen=True)
class Button:
    """One inline button: what it says and what it sends back."""

    label: str
    data: str


@dataclass(frozen=True)
class Outgoing:
    """One message to send: HTML, a column of buttons, and what goes along, a picture or file with it, a pin after it."""

    html: str
    buttons: tuple[Button, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


def outgoing(reply: Reply) -> Outgoing:
    """The message for a reply: its source line set apart, columns in a fixed width, choices as buttons instead of a list."""
    buttons = (*map(_button, reply.choices), *_offers(reply))
    if reply.status != "answered":
        text = reply.text.split("\n", 1)[0] if reply.choices else reply.text
        return Outgoing(escape(text, quote=False), buttons)
    answer, _, source = reply.text.rpartition("\n")
    html = f"{_with_columns(answer, reply.aligned)}\n\n<i>{escape(source, quote=False)}</i>"
    return Outgoing(html, buttons)


def _with_columns(text: str, aligned: str) -> str:
    """Text as HTML, the part whose columns must line up in a type of fixed width."""
    before, found, after = text.partition(aligned) if aligned else (text, "", "")
    columns = f"<pre>{escape(found, quote=False)}</pre>" if found else ""
    return escape(before, quote=False) + columns + escape(after, quote=False)


def _offers(reply: Reply) -> Iterator[Button]:
    for attachment in filter(is_offer, reply.attachments):
        yield Button(catalogue(reply.lang).say("Show the chart"), f"q:/chart {attachment.name}")


def _button(choice: Choice) -> Button:
    label = choice.label if len(choice.label) <= LABEL_CHARACTERS else choice.label[: LABEL_CHARACTERS - 1] + "…"
    data = f"e:{choice.entry}" if choice.entry else f"q:{choice.ask}"
    if len(data.encode()) > BUTTON_BYTES:
        raise ValueError(f"{data!r} does not fit a Telegram button")
    return Button(label, data)
