"""/lang: the language of the replies, chosen in words or by button."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.ask import listed
from handlers.messages import Choice, Chosen, Reply
from knowledge.model import Lang
from locales.catalogues import catalogue

NAMES: Mapping[Lang, str] = {"ru": "Русский", "zh": "中文"}
_WORDS: Mapping[str, Lang] = {
    "ru": "ru", "rus": "ru", "русский": "ru", "рус": "ru", "по-русски": "ru", "俄语": "ru", "俄文": "ru",
    "zh": "zh", "cn": "zh", "китайский": "zh", "кит": "zh", "по-китайски": "zh", "中文": "zh", "汉语": "zh",
}  # fmt: skip


def reply(word: str, lang: Lang) -> Reply:
    """The language named is chosen; any other word, or none, is asked again with two choices."""
    named = _WORDS.get(word.strip().casefold())
    if named:
        return Reply("chat", named, catalogue(named).say("Language set."), 1.0, effects=(Chosen(named),), menu=True)
    offered = tuple(Choice(name, f"/lang {code}") for code, name in NAMES.items())
    return Reply(
        "chat", lang, listed(catalogue(lang).say("Choose a language:"), offered), 1.0, choices=offered, menu=True
    )
