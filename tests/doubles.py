"""Doubles for the edge: a Bot API over HTTP that validates what it is sent, a store in memory."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlite_utils import Database

from bot.state.sqlite_reminders import SqliteReminders, create_reminders
from bot.state.store import ReminderStore
from knowledge.model import Lang

TOKEN = "123456:ABCdefGHIjklMNOpqrSTUvwxYZ012345678"
ALLOWED = {
    "getMe": set(),
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setMyCommands": {"commands", "scope", "language_code"},
    "deleteWebhook": {"drop_pending_updates"},
    "setWebhook": {
        "url",
        "certificate",
        "ip_address",
        "max_connections",
        "allowed_updates",
        "drop_pending_updates",
        "secret_token",
    },
    "sendMessage": {"chat_id", "text", "parse_mode", "link_preview_options", "reply_markup"},
    "sendPhoto": {"chat_id", "photo", "caption", "parse_mode", "reply_markup"},
    "sendDocument": {"chat_id", "document", "caption", "parse_mode", "reply_markup"},
    "sendVenue": {"chat_id", "latitude", "longitude", "title", "address", "reply_markup"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert", "url", "cache_time"},
}


class MemoryStore:
    """Chats' languages and questions without an answer for as long as a test lasts."""

    def __init__(self) -> None:
        self.chosen: dict[int, Lang] = {}
        self.unanswered: list[tuple[str, Lang, date]] = []
        self.files: dict[str, str] = {}
        database = Database(memory=True)
        create_reminders(database)
        self._reminders = SqliteReminders(database, self._do)

    @property
    def reminders(self) -> ReminderStore:
        return self._reminders

    async def _do(self, work: Callable[[], Any]) -> Any:
        return work()

    async def language(self, chat: int) -> Lang | None:
        return self.chosen.get(chat)

    async def choose(self, chat: int, lang: Lang) -> None:
        self.chosen[chat] = lang

    async def note_unanswered(self, question: str, lang: Lang, day: date) -> None:
        self.unanswered.append((question, lang, day))

    async def sent_file(self, key: str) -> str | None:
        return self.files.get(key)

    async def keep_file(self, key: str, file_id: str) -> None:
        self.files[key] = file_id

    async def close(self) -> None:
        self.chosen.clear()


@dataclass
class Call:
    """One call the bot made, and what was wrong with it."""

    method: str
    params: dict[str, Any]
    fault: str | None
    file: Upload | None = None


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


@dataclass
class FakeBotApi:
    """Answers like Telegram for the methods we use; anything else, or a malformed call, is refused and remembered."""

    calls: list[Call] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    refuse: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    buttons: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def server(self) -> TestServer:
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._handle)
        return TestServer(application)

    def says(self, text: str, chat: int = 7, lang: str = "ru") -> dict[str, Any]:
        """Queue a message of a person and return its update."""
        number = next(self._ids)
        person = {"id": chat, "is_bot": False, "first_name": "P", "language_code": lang}
        message = {
            "message_id": number,
            "date": 1,
            "chat": {"id": chat, "type": "private"},
            "from": person,
            "text": text,
        }
        return self._queued({"message": message})

    def taps(self, data: str, chat: int = 7, lang: str = "ru") -> dict[str, Any]:
        """Queue a pressed button and return its update."""
        person = {"id": chat, "is_bot": False, "first_name": "P", "language_code": lang}
        message = {"message_id": next(self._ids), "date": 1, "chat": {"id": chat, "type": "private"}, "text": "?"}
        key = f"cb{next(self._ids)}"
        self.buttons.add(key)
        return self._queued(
            {"callback_query": {"id": key, "from": person, "message": message, "chat_instance": "1", "data": data}}
        )

    def sent(self) -> list[dict[str, Any]]:
        return [call.params for call in self.calls if call.method == "sendMessage" and call.fault is None]

    def media(self) -> list[Call]:
        """Pictures and files that were accepted."""
        return [call for call in self.calls if call.method in ("sendPhoto", "sendDocument") and call.fault is None]

    def button(self, number: int) -> str:
        """What the so-manieth button of the last message with buttons sends back."""
        rows = [json.loads(m["reply_markup"])["inline_keyboard"] for m in self.sent() if m.get("reply_markup")][-1]
        return str(rows[number - 1][0]["callback_data"])

    async def wait_for(self, messages: int, seconds: float = 10.0) -> None:
        """Until so many messages were sent."""
        async with asyncio.timeout(seconds):
            while len(self.sent()) < messages:
                await asyncio.sleep(0.01)

    def _queued(self, update: dict[str, Any]) -> dict[str, Any]:
        update = {"update_id": next(self._ids), **update}
        self.updates.append(update)
        return update

    async def _handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        form = await request.post()
        params = {key: value for key, value in form.items() if isinstance(value, str)}
        upload = _upload(form, params.get("photo") or params.get("document") or "")
        for at, (name, code, extra) in enumerate(self.refuse):
            if name == method:
                del self.refuse[at]
                self.calls.append(Call(method, params, f"told to answer {code}"))
                return web.json_response(
                    {"ok": False, "error_code": code, "description": "told so", **extra}, status=code
                )
        fault = "wrong token" if request.match_info["token"] != TOKEN else self._fault(method, params, upload)
        if method != "getUpdates":
            self.calls.append(Call(method, params, fault, upload))
        if fault:
            code = 401 if fault == "wrong token" else 400
            return web.json_response({"ok": False, "error_code": code, "description": fault}, status=code)
        return web.json_response({"ok": True, "result": await self._result(method, params, upload)})

    def _fault(self, method: str, params: dict[str, str], upload: Upload | None) -> str | None:
        if method not in ALLOWED:
            return f"unknown method {method}"
        if params.keys() - ALLOWED[method]:
            return f"unknown parameters {sorted(params.keys() - ALLOWED[method])}"
        if method == "sendMessage":
            return _message_fault(params)
        if method in ("sendPhoto", "sendDocument"):
            known = params.get("photo") or params.get("document")
            if upload is None and known not in self.files:
                return "wrong file identifier/HTTP URL specified"
            return _caption_fault(params) or (_photo_fault(upload) if upload and method == "sendPhoto" else None)
        if method == "sendVenue":
            return _venue_fault(params)
        if method == "answerCallbackQuery" and params["callback_query_id"] not in self.buttons:
            return "query is too old and response timeout expired or query ID is invalid"
        return None

    async def _result(self, method: str, params: dict[str, str], upload: Upload | None) -> Any:
        if method == "getMe":
            return {"id": 123456, "is_bot": True, "first_name": "Most", "username": "most_bot"}
        if method == "getUpdates":
            offset = int(params.get("offset") or 0)
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            await asyncio.sleep(0 if self.updates else 0.02)
            return self.updates
        if method in ("sendMessage", "sendVenue"):
            return {
                "message_id": next(self._ids),
                "date": 1,
                "chat": {"id": int(params["chat_id"]), "type": "private"},
                **({"text": plain(params["text"])} if method == "sendMessage" else {}),
            }
        if method in ("sendPhoto", "sendDocument"):
            return self._media_sent(method, params, upload)
        return True

    def _media_sent(self, method: str, params: dict[str, str], upload: Upload | None) -> Any:
        file_id = params.get("photo") or params.get("document") or ""
        if upload:
            file_id = f"F{next(self._ids)}"
            self.files[file_id] = upload.content
        file = {"file_id": file_id, "file_unique_id": f"u{file_id}"}
        sizes = [
            {**file, "file_id": f"{file_id}small", "width": 90, "height": 60},
            {**file, "width": 1200, "height": 800},
        ]
        sent = {"photo": sizes} if method == "sendPhoto" else {"document": file}
        chat = {"id": int(params["chat_id"]), "type": "private"}
        return {
            "message_id": next(self._ids),
            "date": 1,
            "chat": chat,
            "caption": plain(params.get("caption", "")),
            **sent,
        }


def _upload(form: Any, value: str) -> Upload | None:
    """The file a parameter refers to as ``attach://NAME``."""
    part = form.get(value.removeprefix("attach://")) if value.startswith("attach://") else None
    return Upload(part.filename, part.file.read()) if isinstance(part, web.FileField) else None


def _caption_fault(params: dict[str, str]) -> str | None:
    caption = params.get("caption", "")
    if not caption:
        return None
    if params.get("parse_mode") != "HTML" or re.sub(r"</?(?:[bi]|pre)>", "", caption).count("<"):
        return "can't parse entities"
    return "message caption is too long" if len(plain(caption)) > 1024 else None


def _photo_fault(upload: Upload) -> str | None:
    """A photo is an image file of at most 10 MB whose sides sum to at most 10,000 and differ by at most twenty times."""
    if not upload.content.startswith(b"\x89PNG"):
        return "IMAGE_PROCESS_FAILED"
    wide, high = (int.from_bytes(upload.content[at : at + 4]) for at in (16, 20))
    sound = len(upload.content) <= 10 * 2**20 and wide + high <= 10_000 and max(wide, high) <= 20 * min(wide, high)
    return None if sound else "PHOTO_INVALID_DIMENSIONS"


def plain(html: str) -> str:
    """What a person sees of a message in HTML."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def _venue_fault(params: dict[str, str]) -> str | None:
    if not (-90 <= float(params["latitude"]) <= 90 and -180 <= float(params["longitude"]) <= 180):
        return "wrong coordinates"
    return None if params.get("title") and params.get("address") else "no title or address"


def _message_fault(params: dict[str, str]) -> str | None:
    text = params.get("text", "")
    if (
        params.get("parse_mode") != "HTML"
        or json.loads(params.get("link_preview_options", "{}")).get("is_disabled") is not True
    ):
        return "not HTML without previews"
    marks = re.findall("<(/?)(b|i|pre)>", text)
    if re.sub(r"</?(?:[bi]|pre)>", "", text).count("<") or marks[::2] != [("", mark) for _, mark in marks[1::2]]:
        return "can't parse entities"
    if not 1 <= len(plain(text)) <= 4096:
        return "message is too long or empty"
    for row in json.loads(params.get("reply_markup", "{}")).get("inline_keyboard", []):
        for button in row:
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                return "BUTTON_DATA_INVALID"
    return None
