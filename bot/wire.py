"""A reply as the JSON object that interface.md describes."""

from __future__ import annotations

from datetime import date
from typing import Any

from handlers.messages import Reply


def as_json(reply: Reply, ms: float, line_id: object = None) -> dict[str, Any]:
    """One answer; dates are ISO, ``ms`` is how long it took to find."""
    return {
        "id": line_id,
        "status": reply.status,
        "lang": reply.lang,
        "text": reply.text,
        "confidence": round(reply.confidence, 4),
        "entry": reply.entry,
        "standing": reply.standing,
        "as_of": _iso(reply.as_of),
        "valid_from": _iso(reply.valid_from),
        "valid_to": _iso(reply.valid_to),
        "sources": [
            {"publisher": s.publisher, "title": s.title, "url": s.url, "date": _iso(s.day)} for s in reply.sources
        ],
        "choices": [{"label": choice.label, "ask": choice.ask} for choice in reply.choices],
        "attachments": [{"kind": a.kind, "name": a.name} for a in reply.attachments],
        "ms": round(ms, 2),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
