"""A reply as Telegram shows it: HTML with everything escaped, choices as buttons whose data fits 64 bytes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from handlers.ask import unlisted
from handlers.messages import Choice, Reply

BUTTON_BYTES = 64
LABEL_CHARACTERS = 60


@dataclass(frozen=True)
class Button:
    """One inline button: what it says and what it sends back."""

    label: str
    data: str


@dataclass(frozen=True)
class Outgoing:
    """One message to send: HTML and a column of buttons."""

    html: str
    buttons: tuple[Button, ...] = ()


def outgoing(reply: Reply) -> Outgoing:
    """The message for a reply: its source line set apart, its listed choices shown as buttons instead."""
    told = unlisted(reply.text, reply.choices)
    html = escape(told, quote=False)
    if reply.status == "answered":
        answer, _, source = html.rpartition("\n")
        html = f"{answer}\n\n<i>{source}</i>"
    return Outgoing(html, tuple(map(_button, reply.choices)))


def _button(choice: Choice) -> Button:
    label = choice.label if len(choice.label) <= LABEL_CHARACTERS else choice.label[: LABEL_CHARACTERS - 1] + "…"
    data = f"e:{choice.entry}" if choice.entry else f"q:{choice.ask}"
    if len(data.encode()) > BUTTON_BYTES:
        raise ValueError(f"{data!r} does not fit a Telegram button")
    return Button(label, data)
