"""Deep links: what an address such as ``t.me/BOT?start=…`` opens, in the few letters Telegram allows."""

from __future__ import annotations

import base64
import binascii
import re

from handlers.messages import Reply

LONGEST = 64
"""Letters of a ``start`` parameter."""
OPENABLE = frozenset({"chart", "table", "csv", "expo", "topics", "visa", "sources", "help"})
"""Commands a link may carry: they show something. One that changes or erases anything is not obeyed from a link."""


def payload(target: str) -> str | None:
    """The parameter for an entry's id or a command; None where it is too long."""
    coded = base64.urlsafe_b64encode(target.encode()).decode().rstrip("=")
    return coded if 0 < len(coded) <= LONGEST else None


def target(parameter: str) -> str | None:
    """What a parameter stands for; None where it is none of ours."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", parameter):
        return None
    try:
        found = base64.urlsafe_b64decode(parameter + "=" * (-len(parameter) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    if found.startswith("/"):
        return found if found[1:].split(" ")[0] in OPENABLE else None
    return found


def shown_by(reply: Reply) -> str | None:
    """What a link has to carry so that it opens this reply: a picture's command, an event's card, an entry or figure; None for talk."""
    if reply.status != "answered":
        return None
    for attachment in reply.attachments:
        if attachment.kind == "chart" and not attachment.offered:
            return f"/chart {attachment.name}"
        if attachment.kind in ("ics", "venue") and reply.entry:
            return f"/expo {reply.entry}"
    return reply.entry
