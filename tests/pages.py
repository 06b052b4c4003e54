"""The generated parts of README.md: `python -m tests.pages --write` renews them, a test compares them as they stand.

A part stands between `<!-- NAME -->` and `<!-- /NAME -->`; its text comes from a golden dialogue, the base, the settings or the Makefile.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields

from bot.app import KNOWLEDGE, ROOT
from bot.encoder import open_ranker
from bot.settings import Settings
from handlers.dialogue import Dialogue, open_dialogue
from handlers.routes import ROUTES
from knowledge.catalogue import open_catalogue
from knowledge.model import LANGS, Lang
from tests.golden import dialogues, played

README = ROOT / "README.md"
SHOWN: Mapping[Lang, str] = {"ru": "Туристка из Благовещенска", "zh": "哈尔滨商人问贸易"}
TOPICS = {
    "visa": "visas, waivers, tour groups, transit, e-visa",
    "practical": "arrival, registration, customs, SIM, consulates, emergencies",
    "payments": "payment by card, phone and between firms",
    "transport": "border crossings, trains, flights, lorries, corridors",
    "tourism": "tourists counted, each method named",
    "expo": "fairs and forums with their editions",
    "trade": "turnover, ranks, targets, methods",
    "energy": "oil, gas, coal, electricity",
    "goods": "cars, food, timber, metals, electronics",
    "rules": "customs duties, recycling fee, parcels, certificates",
    "policy": "statements, treaties, commissions, plans",
    "investment": "projects, zones, companies, protection",
    "culture": "Years of Culture and Education",
}
COMMANDS = {
    "start": "a word of welcome; in a link, what it was made for",
    "help": "what can be asked, with examples", "topics": "from topics to answers and back",
    "visa": "which ways in fit a journey, step by step", "expo": "fairs and meetings: `/expo Екатеринбург 2026`, `/expo 下半年`",
    "remind": "`/remind экспо за неделю`",
    "stats": "the newest figures on one screen", "trade": "`/trade нефть 2024 vs 2023`, `/trade 贸易额 2024`",
    "chart": "`/chart уголь 2015 2024`: a picture",
    "table": "the same as a table", "csv": "the same as a file, `excel` for Excel", "sources": "where the last answer comes from, and a link to it",
    "feedback": "a word to the curators", "lang": "`/lang ru`, `/lang zh`", "privacy": "what is kept of a chat", "forget": "keep it no longer",
}  # fmt: skip
MEANINGS = {
    "bot_token": "Telegram token from BotFather", "bot_engine": "the library that speaks to Telegram", "telegram_api_url": "another Bot API server",
    "webhook_url": "public address for updates; without it the bot polls", "webhook_secret": "needed with a webhook",
    "http_host": "where the webhook listens", "http_port": "and its port", "state_url": "where chats and their languages live",
    "default_lang": "where nothing else tells the language", "admin_ids": "Telegram ids of curators", "log_level": "debug, info, warning, error",
    "log_format": "text or json",
}  # fmt: skip


def dialogue_part(dialogue: Dialogue) -> str:
    """One golden dialogue in each language, as the terminal shows it."""
    parts = []
    for golden in dialogues():
        if golden.name == SHOWN[golden.lang]:
            turns = [f"› {line}\n{reply.text}" for _, line, reply in played(dialogue, golden)]
            parts.append("```text\n" + "\n\n".join(turns) + "\n```")
    return "\n\n".join(parts)


def topics_part(dialogue: Dialogue) -> str:
    counted = Counter(entry.topic for entry in dialogue.base.data.entries.values())
    rows = [f"| {topic} | {counted[topic]} | {about} |" for topic, about in TOPICS.items()]
    data = dialogue.base.data
    points = sum(len(series.points) for series in data.series.values())
    phrases = sum(len(entry.ask[lang]) for entry in data.entries.values() for lang in LANGS)
    total = (
        f"{len(data.entries)} entries, {phrases} phrasings, {len(data.series)} series with {points} points, "
        f"{len(data.regimes)} ways to enter, {len(data.sources)} sources."
    )
    return "\n".join(["| topic | entries | about |", "| --- | --- | --- |", *rows, "", total])


def commands_part(_: Dialogue) -> str:
    return "\n".join(
        ["| command | what it gives |", "| --- | --- |", *(f"| `/{name}` | {COMMANDS[name]} |" for name in ROUTES)]
    )


def settings_part(_: Dialogue) -> str:
    defaults = Settings()
    rows = []
    for field in fields(Settings):
        default = getattr(defaults, field.name)
        rows.append(f"| `{field.name.upper()}` | {f'`{default}`' if default else 'none'} | {MEANINGS[field.name]} |")
    return "\n".join(["| setting | default | meaning |", "| --- | --- | --- |", *rows])


def verbs_part(_: Dialogue) -> str:
    verbs = re.findall(r"^([a-z]+):.*?## (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    return "\n".join(
        ["| verb | what it does |", "| --- | --- |", *(f"| `make {verb}` | {what} |" for verb, what in verbs)]
    )


PARTS: Mapping[str, Callable[[Dialogue], str]] = {
    "dialogue": dialogue_part, "topics": topics_part, "commands": commands_part, "settings": settings_part, "verbs": verbs_part,
}  # fmt: skip


def renewed(text: str, dialogue: Dialogue) -> str:
    """The page with every generated part as it must be today."""
    for name, make in PARTS.items():
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)",
            lambda m, make=make: m[1] + make(dialogue) + m[2],  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )
    return text


def main() -> int:
    dialogue = open_dialogue(open_catalogue(KNOWLEDGE, None), open_ranker())
    text = README.read_text("utf-8")
    new = renewed(text, dialogue)
    if "--write" in sys.argv:
        README.write_text(new, "utf-8")
    return 0 if "--write" in sys.argv or new == text else 1


if __name__ == "__main__":
    sys.exit(main())
