"""/feedback: what people think of an answer, kept for curators without who thinks it."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.ask import listed
from handlers.messages import Choice, Incoming, Judge, Reply
from knowledge.catalogue import Catalogue
from knowledge.model import Lang
from locales.catalogues import catalogue

REASONS: Mapping[str, str] = {
    "wrong": "It is wrong", "old": "It is out of date", "other": "I asked something else", "unclear": "Hard to understand",
}  # fmt: skip
MOST_WORDS = 500
"""Characters kept of what somebody writes."""
GOOD, BAD = "+", "-"


def command(base: Catalogue, argument: str, lang: Lang, incoming: Incoming) -> Reply:
    """``+ ID`` praises, ``- ID`` asks why, ``- ID REASON`` keeps why; other words are kept as they are; none says how."""
    say = catalogue(lang)
    words = argument.split()
    if not words:
        return Reply("chat", lang, say.say("How to give feedback."), 1.0)
    about = words[1] if len(words) > 1 else ""
    if words[0] == GOOD and len(words) == 2:
        return Reply("chat", lang, say.say("Glad it helped."), 1.0, effects=(Judge(about, True),), brief=True)
    if words[0] == BAD and len(words) == 2:
        return _asked_why(about, lang)
    if words[0] == BAD and len(words) > 2 and words[2] in REASONS:
        return Reply(
            "chat",
            lang,
            say.say("Thanks, curators will see it."),
            1.0,
            effects=(Judge(about, False, words[2]),),
            menu=True,
        )
    kept = Judge(incoming.told or "", False, " ".join(words)[:MOST_WORDS])
    return Reply("chat", lang, say.say("Thanks, curators will see it."), 1.0, effects=(kept,))


def _asked_why(about: str, lang: Lang) -> Reply:
    """The displeasure is kept already; a reason given replaces nothing and adds to it."""
    say = catalogue(lang)
    offered = tuple(
        Choice(say.say(message), f"/feedback {BAD} {about} {reason}") for reason, message in REASONS.items()
    )
    return Reply(
        "chat",
        lang,
        listed(say.say("What is wrong with it?"), offered),
        1.0,
        choices=offered,
        effects=(Judge(about, False),),
    )
