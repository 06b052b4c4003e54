"""Doubles for the edge: a Bot API over HTTP that validates what it is sent, a store in memory."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

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
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert", "url", "cache_time"},
}


class MemoryStore:
    """Chats' languages and questions without an answer for as long as a test lasts."""

    def __init__(self) -> None:
        self.chosen: dict[int, Lang] = {}
        self.forms: dict[int, str] = {}
        self.unanswered: list[tuple[str, Lang, date]] = []

    async def language(self, chat: int) -> Lang | None:
        return self.chosen.get(chat)

    async def choose(self, chat: int, lang: Lang) -> None:
        self.chosen[chat] = lang

    async def form(self, chat: int) -> str | None:
        return self.forms.get(chat)

    async def keep_form(self, chat: int, form: str | None, day: date) -> None:
        if form is None:
            self.forms.pop(chat, None)
        else:
            self.forms[chat] = form

    async def note_unanswered(self, question: str, lang: Lang, day: date) -> None:
        self.unanswered.append((question, lang, day))

    async def close(self) -> None:
        self.chosen.clear()


@dataclass
class Call:
    """One call the bot made, and what was wrong with it."""

    method: str
    params: dict[str, Any]
    fault: str | None


@dataclass
class FakeBotApi:
    """Answers like Telegram for the methods we use; anything else, or a malformed call, is refused and remembered."""

    calls: list[Call] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    refuse: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    buttons: set[str] = field(default_factory=set)
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
        params = {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
        for at, (name, code, extra) in enumerate(self.refuse):
            if name == method:
                del self.refuse[at]
                self.calls.append(Call(method, params, f"told to answer {code}"))
                return web.json_response(
                    {"ok": False, "error_code": code, "description": "told so", **extra}, status=code
                )
        fault = "wrong token" if request.match_info["token"] != TOKEN else self._fault(method, params)
        if method != "getUpdates":
            self.calls.append(Call(method, params, fault))
        if fault:
            code = 401 if fault == "wrong token" else 400
            return web.json_response({"ok": False, "error_code": code, "description": fault}, status=code)
        return web.json_response({"ok": True, "result": await self._result(method, params)})

    def _fault(self, method: str, params: dict[str, str]) -> str | None:
        if method not in ALLOWED:
            return f"unknown method {method}"
        if params.keys() - ALLOWED[method]:
            return f"unknown parameters {sorted(params.keys() - ALLOWED[method])}"
        if method == "sendMessage":
            return _message_fault(params)
        if method == "answerCallbackQuery" and params["callback_query_id"] not in self.buttons:
            return "query is too old and response timeout expired or query ID is invalid"
        return None

    async def _result(self, method: str, params: dict[str, str]) -> Any:
        if method == "getMe":
            return {"id": 123456, "is_bot": True, "first_name": "Most", "username": "most_bot"}
        if method == "getUpdates":
            offset = int(params.get("offset") or 0)
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            await asyncio.sleep(0 if self.updates else 0.02)
            return self.updates
        if method == "sendMessage":
            return {
                "message_id": next(self._ids),
                "date": 1,
                "chat": {"id": int(params["chat_id"]), "type": "private"},
                "text": plain(params["text"]),
            }
        return True


def plain(html: str) -> str:
    """What a person sees of a message in HTML."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def _message_fault(params: dict[str, str]) -> str | None:
    text = params.get("text", "")
    if (
        params.get("parse_mode") != "HTML"
        or json.loads(params.get("link_preview_options", "{}")).get("is_disabled") is not True
    ):
        return "not HTML without previews"
    if re.sub(r"</?[bi]>", "", text).count("<") or text.count("<i>") != text.count("</i>"):
        return "can't parse entities"
    if not 1 <= len(plain(text)) <= 4096:
        return "message is too long or empty"
    for row in json.loads(params.get("reply_markup", "{}")).get("inline_keyboard", []):
        for button in row:
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                return "BUTTON_DATA_INVALID"
    return None
