"""What Telegram finds wrong with a call: texts, captions, keyboards, pictures, places, inline results."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

_WHERE = {"chat_id", "message_thread_id", "reply_parameters", "reply_markup"}
_WORDS = {"parse_mode", "link_preview_options"}
ALLOWED = {
    "getMe": set(),
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "deleteWebhook": {"drop_pending_updates"},
    "setWebhook": {"url", "max_connections", "allowed_updates", "drop_pending_updates", "secret_token"},
    "sendMessage": {*_WHERE, *_WORDS, "text"},
    "sendPhoto": {*_WHERE, "photo", "caption", "parse_mode"},
    "sendDocument": {*_WHERE, "document", "caption", "parse_mode"},
    "sendVenue": {*_WHERE, "latitude", "longitude", "title", "address"},
    "sendChatAction": {"chat_id", "message_thread_id", "action"},
    "editMessageText": {*_WORDS, "chat_id", "message_id", "text", "reply_markup"},
    "answerCallbackQuery": {"callback_query_id", "text"},
    "answerInlineQuery": {"inline_query_id", "results", "cache_time", "is_personal", "button"},
    "getChatMember": {"chat_id", "user_id"},
    **{f"getMy{what}": {"language_code"} for what in ("Commands", "Name", "Description", "ShortDescription")},
    "setMyCommands": {"commands", "language_code"}, "setMyName": {"name", "language_code"},
    "setMyDescription": {"description", "language_code"}, "setMyShortDescription": {"short_description", "language_code"},
}  # fmt: skip
REQUIRED = {
    "sendMessage": {"chat_id", "text"}, "sendPhoto": {"chat_id", "photo"}, "sendDocument": {"chat_id", "document"},
    "sendVenue": {"chat_id", "latitude", "longitude", "title", "address"}, "sendChatAction": {"chat_id", "action"},
    "editMessageText": {"chat_id", "message_id", "text"}, "answerCallbackQuery": {"callback_query_id"},
    "answerInlineQuery": {"inline_query_id", "results"}, "getChatMember": {"chat_id", "user_id"}, "setWebhook": {"url"},
}  # fmt: skip


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


def plain(html: str) -> str:
    """What a person sees of a message in HTML."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def read(value: Any) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


def text_fault(params: dict[str, str]) -> str | None:
    text = params["text"]
    if (
        params.get("parse_mode") != "HTML"
        or (read(params.get("link_preview_options")) or {}).get("is_disabled") is not True
    ):
        return "not HTML without previews"
    if not _is_html(text):
        return "can't parse entities"
    if not 1 <= len(plain(text).encode("utf-16-le")) // 2 <= 4096 or not plain(text).strip():
        return "message is too long or empty"
    return _keyboard_fault(params)


def caption_fault(params: dict[str, str]) -> str | None:
    caption = params.get("caption", "")
    if caption and (params.get("parse_mode") != "HTML" or not _is_html(caption)):
        return "can't parse entities"
    return (
        "message caption is too long"
        if len(plain(caption).encode("utf-16-le")) // 2 > 1024
        else _keyboard_fault(params)
    )


def _is_html(text: str) -> bool:
    """Only our own marks, each closed in its turn."""
    opened: list[str] = []
    for slash, mark in re.findall("<(/?)(b|i|pre)>", text):
        if slash and (not opened or opened.pop() != mark):
            return False
        if not slash:
            opened.append(mark)
    return not opened and "<" not in re.sub(r"</?(?:[bi]|pre)>", "", text)


def _keyboard_fault(params: dict[str, str]) -> str | None:
    rows = (read(params.get("reply_markup")) or {}).get("inline_keyboard", [])
    for one in itertools.chain(*rows):
        if not one.get("text") or ("url" in one) == ("callback_data" in one):
            return "Text buttons are unallowed in the inline keyboard"
        if not 1 <= len(one.get("callback_data", "x").encode()) <= 64:
            return "BUTTON_DATA_INVALID"
        if "url" in one and not one["url"].startswith("https://t.me/"):
            return "BUTTON_URL_INVALID"
    return None


def venue_fault(params: dict[str, str]) -> str | None:
    if not (-90 <= float(params["latitude"]) <= 90 and -180 <= float(params["longitude"]) <= 180):
        return "wrong coordinates"
    return None if params.get("title") and params.get("address") else "no title or address"


def photo_fault(upload: Upload) -> str | None:
    """A photo is an image file of at most 10 MB whose sides sum to at most 10,000 and differ by at most twenty times."""
    if not upload.content.startswith(b"\x89PNG"):
        return "IMAGE_PROCESS_FAILED"
    wide, high = (int.from_bytes(upload.content[at : at + 4]) for at in (16, 20))
    sound = len(upload.content) <= 10 * 2**20 and wide + high <= 10_000 and max(wide, high) <= 20 * min(wide, high)
    return None if sound else "PHOTO_INVALID_DIMENSIONS"


def results_fault(params: dict[str, str]) -> str | None:
    """At most fifty results, none twice, each with all it needs; a start parameter of the letters Telegram allows."""
    results = read(params.get("results", "[]"))
    if len(results) > 50 or len({one["id"] for one in results}) != len(results):
        return "RESULT_ID_DUPLICATE"
    for one in results:
        shown = one.get("input_message_content", {}).get("message_text") or one.get("caption") or ""
        if one["type"] not in ("article", "photo") or not 1 <= len(one["id"].encode()) <= 64 or not one.get("title"):
            return "RESULT_TYPE_INVALID"
        if not shown or not _is_html(shown) or _keyboard_fault({"reply_markup": json.dumps(one.get("reply_markup"))}):
            return "can't parse entities"
    start = (read(params.get("button")) or {}).get("start_parameter", "x")
    return None if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start) else "START_PARAM_INVALID"
