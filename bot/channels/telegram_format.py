"""A reply as Telegram shows it: HTML with everything escaped, choices as buttons whose data fits 64 bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise

from bot.channels.enclosures import Enclosure
from handlers.ask import unlisted
from handlers.messages import Choice, Reply
from locales.catalogues import catalogue

BUTTON_BYTES = 64
LABEL_CHARACTERS = 60
TEXT_UNITS = 4096
_BREAKS = ("\n\n", "\n", ". ", "。", " ")
"""Where a long text is cut, the best place first."""
_TOKEN = re.compile(r"<[^>]+>|&[^;\s]+;|.", re.DOTALL)


@dataclass(frozen=True)
class Button:
    """One inline button: what it says, and what it sends back or, with ``url``, where it leads."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True)
class Outgoing:
    """One message to send: HTML, a column of buttons with a row of small ones under it, and what goes along, a picture or file with
    it, a pin after it. ``menu`` takes the place of the menu it was chosen from."""

    html: str
    buttons: tuple[Button, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    row: tuple[Button, ...] = ()
    menu: bool = False


def outgoing(reply: Reply) -> Outgoing:
    """The message for a reply: its source line set apart, columns in a fixed width, its listed choices shown as buttons instead."""
    buttons, text = (*map(_button, reply.choices), *_offers(reply)), unlisted(reply.text, reply.choices)
    if reply.status != "answered":
        return Outgoing(escape(text, quote=False), buttons, menu=reply.menu)
    answer, _, source = text.rpartition("\n")
    html = f"{_with_columns(answer, reply.aligned)}\n\n<i>{escape(source, quote=False)}</i>"
    return Outgoing(html, buttons, menu=reply.menu)


def _with_columns(text: str, aligned: str) -> str:
    """Text as HTML, the part whose columns must line up in a type of fixed width."""
    before, found, after = text.partition(aligned) if aligned else (text, "", "")
    columns = f"<pre>{escape(found, quote=False)}</pre>" if found else ""
    return escape(before, quote=False) + columns + escape(after, quote=False)


def _offers(reply: Reply) -> Iterator[Button]:
    for attachment in reply.attachments:
        if attachment.offered:
            yield Button(catalogue(reply.lang).say("Show the chart"), f"q:/chart {attachment.name}")


def _button(choice: Choice) -> Button:
    label = choice.label if len(choice.label) <= LABEL_CHARACTERS else choice.label[: LABEL_CHARACTERS - 1] + "…"
    data = f"e:{choice.entry}" if choice.entry else f"q:{choice.ask}"
    if len(data.encode()) > BUTTON_BYTES:
        raise ValueError(f"{data!r} does not fit a Telegram button")
    return Button(label, data)


def button(label: str, data: str) -> Button | None:
    """A button, or None where Telegram would not carry what it sends back."""
    return Button(label, data) if len(data.encode()) <= BUTTON_BYTES else None


def keyboard(answer: Outgoing) -> list[list[dict[str, str]]]:
    """The buttons as the Bot API wants them: each in a line of its own, the small ones together."""
    rows = [[one] for one in answer.buttons] + ([list(answer.row)] if answer.row else [])
    return [
        [{"text": one.label, **({"url": one.url} if one.url else {"callback_data": one.data})} for one in row]
        for row in rows
    ]


def units(html: str) -> int:
    """The length of a text as Telegram counts it: UTF-16 units of what is seen."""
    return len(unescape(re.sub(r"<[^>]+>", "", html)).encode("utf-16-le")) // 2


def pieces(html: str, most: int = TEXT_UNITS) -> list[str]:
    """HTML of ours in pieces that Telegram takes, cut between paragraphs where it can be, marks closed and opened again."""
    if len(html) <= most:  # what is seen is never longer than what is written
        return [html]
    tokens = _TOKEN.findall(html)
    cuts = [0, *_cuts(tokens, most), len(tokens)]
    found, opened = [], ""
    for first, after in pairwise(cuts):
        piece = opened + "".join(tokens[first:after])
        opened = "".join(_open(piece))
        closing = "".join(f"</{mark[1:]}" for mark in reversed(_open(piece)))
        if units(piece):
            found.append(piece.strip("\n ") + closing)
    return found


def _cuts(tokens: list[str], most: int) -> Iterator[int]:
    """Where pieces end, as indexes of tokens."""
    start, length, at = 0, 0, 0
    while at < len(tokens):
        length += units(tokens[at])
        if length > most:
            start = _best(tokens, start, at)
            yield start
            length, at = 0, start
            continue
        at += 1


def _best(tokens: list[str], start: int, end: int) -> int:
    """The best place to cut between two tokens: after the last break of the best kind in the second half, else where the room ends."""
    for mark in _BREAKS:
        for at in range(end, start + (end - start) // 2, -1):
            if "".join(tokens[at - len(mark) : at]) == mark:
                return at
    return end


def _open(html: str) -> list[str]:
    """Marks that are opened and not closed."""
    found: list[str] = []
    for mark in re.findall(r"<[^>]+>", html):
        if mark.startswith("</"):
            found.pop()
        else:
            found.append(mark)
    return found
