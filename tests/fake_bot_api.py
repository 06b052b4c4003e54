"""A Bot API over HTTP that validates what it is sent, keeps what was said, and answers as Telegram does, faults included."""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fake_bot_rules import (
    ALLOWED,
    REQUIRED,
    Upload,
    caption_fault,
    photo_fault,
    plain,
    read,
    results_fault,
    text_fault,
    venue_fault,
)

TOKEN = "123456:ABCdefGHIjklMNOpqrSTUvwxYZ012345678"
ME = {"id": 123456, "is_bot": True, "first_name": "Most", "username": "most_bot"}
GROUP = -1001
SILENT_SECONDS = 2.0


@dataclass
class Call:
    """One call the bot made, and what was wrong with it."""

    method: str
    params: dict[str, Any]
    fault: str | None
    file: Upload | None = None

    def seen(self) -> tuple[Any, ...]:
        """The call as far as it can be told from another: JSON read, the file by its content."""
        return self.method, {key: read(value) for key, value in self.params.items()}, self.fault, self.file


@dataclass
class FakeBotApi:
    """Answers like Telegram for the methods we use; anything else, or a malformed call, is refused and remembered.

    ``refuse`` holds faults still to be told: method (``*`` is any), code, more of the answer. Code 0 drops the connection, -1 keeps silent
    for ``SILENT_SECONDS``.
    """

    calls: list[Call] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    refuse: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    queries: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    admins: set[int] = field(default_factory=set)
    profile: dict[tuple[str, str], Any] = field(default_factory=dict)
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def server(self) -> TestServer:
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._handle)
        return TestServer(application)

    def says(self, text: str, chat: int = 7, lang: str = "ru", **more: Any) -> dict[str, Any]:
        """Queue a message of a person and return its update; ``more`` is what else it holds."""
        return self._queued({"message": self.message(text, chat, lang, **more)})

    def edits(self, text: str, before: dict[str, Any]) -> dict[str, Any]:
        """Queue another text of a message said before."""
        return self._queued({"edited_message": {**before["message"], "edit_date": 2, "text": text}})

    def shows(self, chat: int = 7, lang: str = "ru", **content: Any) -> dict[str, Any]:
        """Queue a message without text."""
        message = self.message("", chat, lang, **content)
        del message["text"]
        return self._queued({"message": message})

    def taps(
        self, data: str, chat: int = 7, lang: str = "ru", message: int | None = None, who: int = 7
    ) -> dict[str, Any]:
        """Queue a pressed button, of a message sent before where it is named, and return its update."""
        under = self.messages.get((chat, message or 0)) or {
            "message_id": next(self._ids),
            "date": 1,
            "chat": _chat(chat),
            "text": "?",
        }
        self.messages[chat, under["message_id"]] = under
        key = self._query()
        pressed = {
            "id": key,
            "from": _person(who if chat < 0 else chat, lang),
            "message": under,
            "chat_instance": "1",
            "data": data,
        }
        return self._queued({"callback_query": pressed})

    def seeks(self, text: str, who: int = 7, lang: str = "ru") -> dict[str, Any]:
        """Queue an inline query."""
        return self._queued(
            {"inline_query": {"id": self._query(), "from": _person(who, lang), "query": text, "offset": ""}}
        )

    def member(self, status: str, before: str, chat: int = GROUP, lang: str = "ru") -> dict[str, Any]:
        """Queue what became of the bot in a chat."""
        states = {"old_chat_member": _member(before), "new_chat_member": _member(status)}
        return self._queued({"my_chat_member": {"chat": _chat(chat), "from": _person(7, lang), "date": 1, **states}})

    def message(self, text: str, chat: int = 7, lang: str = "ru", who: int = 7, **more: Any) -> dict[str, Any]:
        person = _person(who if chat < 0 else chat, lang)
        message = {"message_id": next(self._ids), "date": 1, "chat": _chat(chat), "from": person, "text": text, **more}
        if text.startswith("/") and len(text) > 1:
            message.setdefault("entities", [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}])
        return message

    def sent(self) -> list[dict[str, Any]]:
        return [call.params for call in self.calls if call.method == "sendMessage" and call.fault is None]

    def media(self) -> list[Call]:
        """Pictures and files that were accepted."""
        return [call for call in self.calls if call.method in ("sendPhoto", "sendDocument") and call.fault is None]

    def methods(self) -> list[str]:
        """The calls by name, without those that only show that something is on its way."""
        return [call.method for call in self.calls if call.method != "sendChatAction"]

    def faults(self) -> list[str]:
        return [f"{call.method}: {call.fault}" for call in self.calls if call.fault]

    def button(self, number: int) -> str:
        """What the so-manieth button of the last message with buttons sends back."""
        rows = [json.loads(m["reply_markup"])["inline_keyboard"] for m in self.sent() if m.get("reply_markup")][-1]
        return str(rows[number - 1][0]["callback_data"])

    async def wait_for(self, messages: int, seconds: float = 30.0) -> None:
        """Until so many messages were sent."""
        async with asyncio.timeout(seconds):
            while len(self.sent()) < messages:
                await asyncio.sleep(0.01)

    def _query(self) -> str:
        key = f"q{next(self._ids)}"
        self.queries.add(key)
        return key

    def _queued(self, update: dict[str, Any]) -> dict[str, Any]:
        update = {"update_id": next(self._ids), **update}
        self.updates.append(update)
        return update

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params, upload = await _given(request)
        told = next((one for one in self.refuse if one[0] in (method, "*") and method != "getUpdates"), None)
        if told:
            self.refuse.remove(told)
            self.calls.append(Call(method, params, f"told to answer {told[1]}"))
            if told[1] == -1:
                await asyncio.sleep(SILENT_SECONDS)
            if told[1] <= 0 and request.transport:
                request.transport.abort()
            return web.json_response(
                {"ok": False, "error_code": told[1], "description": "told so", **told[2]}, status=max(told[1], 0) or 500
            )
        fault = "Unauthorized" if request.match_info["token"] != TOKEN else self._fault(method, params, upload)
        if method != "getUpdates":
            self.calls.append(Call(method, params, fault, upload))
        if fault:
            code = 401 if fault == "Unauthorized" else 400
            return web.json_response(
                {"ok": False, "error_code": code, "description": f"Bad Request: {fault}"}, status=code
            )
        return web.json_response({"ok": True, "result": await self._result(method, params, upload)})

    def _fault(self, method: str, params: dict[str, str], upload: Upload | None) -> str | None:
        if method not in ALLOWED:
            return f"unknown method {method}"
        if params.keys() - ALLOWED[method]:
            return f"unknown parameters {sorted(params.keys() - ALLOWED[method])}"
        given = params.keys() | ({"photo", "document"} if upload else set())
        if REQUIRED.get(method, set()) - given:
            return f"no {sorted(REQUIRED[method] - given)}"
        if method in ("answerCallbackQuery", "answerInlineQuery"):
            known = params.get("callback_query_id") or params["inline_query_id"]
            return (
                results_fault(params)
                if known in self.queries
                else "query is too old and response timeout expired or query ID is invalid"
            )
        if method == "editMessageText":
            return self._edit_fault(params) or text_fault(params)
        if (
            method in ("sendPhoto", "sendDocument")
            and upload is None
            and (params.get("photo") or params["document"]) not in self.files
        ):
            return "wrong file identifier/HTTP URL specified"
        checks = {
            "sendMessage": text_fault,
            "sendPhoto": caption_fault,
            "sendDocument": caption_fault,
            "sendVenue": venue_fault,
        }
        found = checks[method](params) if method in checks else None
        return found or (photo_fault(upload) if upload and method == "sendPhoto" else None)

    def _edit_fault(self, params: dict[str, str]) -> str | None:
        before = self.messages.get((int(params["chat_id"]), int(params["message_id"])))
        if before is None:
            return "message to edit not found"
        if "text" not in before:
            return "there is no text in the message to edit"
        same = before["text"] == plain(params["text"]) and before.get("reply_markup") == read(
            params.get("reply_markup")
        )
        return "message is not modified" if same else None

    async def _result(self, method: str, params: dict[str, str], upload: Upload | None) -> Any:
        if method == "getMe":
            return ME
        if method == "getUpdates":
            offset = int(params.get("offset") or 0)
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
            await asyncio.sleep(0 if self.updates else 0.02)
            return self.updates
        if method == "getChatMember":
            return {"status": "administrator" if int(params["user_id"]) in self.admins else "member", "user": _person(int(params["user_id"]), "ru"),
                    **dict.fromkeys(_RIGHTS, False)}  # fmt: skip
        if method.startswith(("getMy", "setMy")):
            return self._profile(method, params)
        if method.startswith(("send", "edit")) and method != "sendChatAction":
            return self._told(method, params, upload)
        return True

    def _profile(self, method: str, params: dict[str, str]) -> Any:
        what = method[5:]
        key = {
            "Commands": "commands",
            "Name": "name",
            "Description": "description",
            "ShortDescription": "short_description",
        }[what]
        where = (what, params.get("language_code", ""))
        if method.startswith("set"):
            self.profile[where] = read(params[key])
            return True
        found = self.profile.get(where, [] if what == "Commands" else "")
        return found if what == "Commands" else {key: found}

    def _told(self, method: str, params: dict[str, str], upload: Upload | None) -> dict[str, Any]:
        chat, number = int(params["chat_id"]), int(params.get("message_id") or next(self._ids))
        message: dict[str, Any] = {"message_id": number, "date": 1, "chat": _chat(chat), "from": ME}
        if "text" in params:
            message["text"] = plain(params["text"])
        if method in ("sendPhoto", "sendDocument"):
            message |= {"caption": plain(params.get("caption", "")), **self._kept(method, params, upload)}
        if params.get("reply_markup"):
            message["reply_markup"] = read(params["reply_markup"])
        self.messages[chat, number] = message
        return message

    def _kept(self, method: str, params: dict[str, str], upload: Upload | None) -> dict[str, Any]:
        file_id = params.get("photo") or params.get("document") or ""
        if upload:
            file_id = f"F{next(self._ids)}"
            self.files[file_id] = upload.content
        file = {"file_id": file_id, "file_unique_id": f"u{file_id}"}
        sizes = [
            {**file, "file_id": f"{file_id}small", "width": 90, "height": 60},
            {**file, "width": 1200, "height": 800},
        ]
        return {"photo": sizes} if method == "sendPhoto" else {"document": file}


_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def _chat(chat: int) -> dict[str, Any]:
    return (
        {"id": chat, "type": "private", "first_name": "P"}
        if chat > 0
        else {"id": chat, "type": "supergroup", "title": "G"}
    )


def _person(who: int, lang: str) -> dict[str, Any]:
    return {"id": who, "is_bot": False, "first_name": "P", "language_code": lang}


def _member(status: str) -> dict[str, Any]:
    more = (
        {"until_date": 0} if status == "kicked" else dict.fromkeys(_RIGHTS, False) if status == "administrator" else {}
    )
    return {"status": status, "user": ME, **more}


async def _given(request: web.Request) -> tuple[dict[str, str], Upload | None]:
    """Parameters, and the file that is one of them or that one names as ``attach://NAME``."""
    form = await request.post()
    files = {key: value for key, value in form.items() if isinstance(value, web.FileField)}
    params = {key: value for key, value in form.items() if isinstance(value, str) and not value.startswith("attach://")}
    upload = next((Upload(file.filename, file.file.read()) for file in files.values()), None)
    return params, upload
