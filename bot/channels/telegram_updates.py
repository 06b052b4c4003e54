"""What Telegram tells us, as plain values; read from the Bot API's own JSON, so that no library's types go further than its adapter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["private", "group", "channel"]
Raw = Mapping[str, Any]

KINDS = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""Updates that are asked for; all others are of no use to us."""
_SERVICE = re.compile(
    r"^(?:new_|left_|delete_|group_chat|supergroup_chat|channel_chat|pinned_|message_auto|migrate_|forum_|general_|video_chat|chat_|"
    r"users_shared|giveaway|boost_|write_access|proximity|web_app|successful_payment|refunded|gift|unique_gift|paid_|direct_|suggested_|checklist_tasks)"
)
_CONTENT = (
    "voice", "video_note", "photo", "sticker", "location", "contact", "document", "video", "audio", "animation", "poll", "dice", "story",
)  # fmt: skip


@dataclass(frozen=True)
class Chat:
    """Where something happens. ``thread`` is the topic of a forum."""

    id: int
    kind: Kind
    thread: int | None = None


@dataclass(frozen=True)
class Said:
    """A message. ``content`` is ``text``, what else it holds (``voice``, ``location``…), or None for a note of Telegram's own.

    ``sender`` is None where a chat speaks for itself: ``as_chat``. ``to`` is the sender of the message it replies to.
    """

    chat: Chat
    message: int
    sender: int | None
    client: str | None
    text: str
    content: str | None
    edited: bool = False
    to: int | None = None
    names: tuple[int, ...] = ()
    place: tuple[float, float] | None = None
    as_chat: int | None = None
    passed_on: bool = False
    album: str | None = None


@dataclass(frozen=True)
class Pressed:
    """A button. ``message`` is the one it stands under, None where that can no longer be reached; ``editable`` where it is plain text."""

    query: str
    sender: int
    client: str | None
    data: str
    chat: Chat | None
    message: int | None
    editable: bool


@dataclass(frozen=True)
class Sought:
    """An inline query."""

    query: str
    sender: int
    client: str | None
    text: str


@dataclass(frozen=True)
class Member:
    """We were let into a chat, or are no longer in it."""

    chat: Chat
    client: str | None
    present: bool
    was_present: bool


@dataclass(frozen=True)
class Moved:
    """A group became a supergroup with another id."""

    old: int
    new: int


Update = Said | Pressed | Sought | Member | Moved


def read(raw: Raw) -> Update | None:
    """The update, or None where it is none of those we answer: channel posts, reactions, polls and all that is still to be invented."""
    for kind in ("message", "edited_message"):
        if raw.get(kind):
            return _message(raw[kind], edited=kind == "edited_message")
    if raw.get("callback_query"):
        return _pressed(raw["callback_query"])
    if raw.get("inline_query"):
        query = raw["inline_query"]
        return Sought(
            str(query["id"]), query["from"]["id"], query["from"].get("language_code"), query.get("query") or ""
        )
    return _member(raw["my_chat_member"]) if raw.get("my_chat_member") else None


def _message(raw: Raw, *, edited: bool) -> Said | Moved | None:
    if raw.get("migrate_to_chat_id"):
        return Moved(raw["chat"]["id"], raw["migrate_to_chat_id"])
    chat = _chat(raw)
    if chat.kind == "channel":
        return None
    sender, text = raw.get("from") or {}, raw.get("text") or raw.get("caption") or ""
    place = raw.get("location") or (raw.get("venue") or {}).get("location")
    return Said(
        chat, raw["message_id"], sender.get("id"), sender.get("language_code"), text, _content(raw), edited,
        ((raw.get("reply_to_message") or {}).get("from") or {}).get("id"), _named(raw),
        (place["latitude"], place["longitude"]) if place else None, (raw.get("sender_chat") or {}).get("id"),
        bool(raw.get("is_automatic_forward") or raw.get("via_bot") or (sender.get("is_bot") and not raw.get("sender_chat"))),
        raw.get("media_group_id"),
    )  # fmt: skip


def _content(raw: Raw) -> str | None:
    if raw.get("text"):
        return "text"
    found = next((name for name in _CONTENT if raw.get(name)), None)
    if found:
        return found
    return None if any(_SERVICE.match(key) for key in raw) else "other"


def _named(raw: Raw) -> tuple[int, ...]:
    """People named by a link instead of an @name."""
    marks = [*(raw.get("entities") or ()), *(raw.get("caption_entities") or ())]
    return tuple(mark["user"]["id"] for mark in marks if mark.get("type") == "text_mention" and mark.get("user"))


def _pressed(raw: Raw) -> Pressed:
    message, sender = raw.get("message") or {}, raw["from"]
    reachable = bool(message.get("date"))
    return Pressed(
        str(raw["id"]), sender["id"], sender.get("language_code"), raw.get("data") or "", _chat(message) if message else None,
        message.get("message_id") if reachable else None, reachable and bool(message.get("text")),
    )  # fmt: skip


def _member(raw: Raw) -> Member:
    return Member(
        _chat(raw), raw["from"].get("language_code"), _present(raw["new_chat_member"]), _present(raw["old_chat_member"])
    )


def _present(member: Raw) -> bool:
    status = member.get("status")
    return status in ("member", "administrator", "creator") or (
        status == "restricted" and bool(member.get("is_member"))
    )


def _chat(raw: Raw) -> Chat:
    kind = raw["chat"].get("type")
    thread = raw.get("message_thread_id") if raw.get("is_topic_message") else None
    return Chat(
        raw["chat"]["id"],
        "private" if kind in ("private", "sender") else "channel" if kind == "channel" else "group",
        thread,
    )
