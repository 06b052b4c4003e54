"""Wiring: the one place where the base, the ranker and the dialogue are put together."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.encoder import open_ranker
from handlers.dialogue import Dialogue, open_dialogue
from knowledge.catalogue import open_catalogue
from knowledge.model import Lang

ROOT = Path(__file__).resolve().parent.parent
KNOWLEDGE = ROOT / "knowledge"
CACHE = ROOT / "data"


@dataclass(frozen=True)
class Clock:
    """The time in UTC: the machine's, or one frozen moment for checks."""

    frozen: datetime | None = None

    def __call__(self) -> datetime:
        return self.frozen or datetime.now(UTC)


def parse_moment(text: str) -> datetime:
    """An ISO date or date-time as UTC. Raises ValueError where it is neither."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def show_progress(done: int, total: int) -> None:
    """A bar on a terminal, one plain line elsewhere: compiling happens once after a change and takes some seconds."""
    if sys.stderr.isatty():
        filled = 30 * (done + 1) // total
        end = "\n" if done + 1 == total else ""
        sys.stderr.write(
            f"\rCompiling the knowledge base [{'#' * filled}{'.' * (30 - filled)}] {done + 1}/{total}{end}"
        )
        sys.stderr.flush()
    elif done == 0:
        sys.stderr.write(f"Compiling the knowledge base, {total} entries (once after a change) ...\n")


def build_dialogue(kb: Path = KNOWLEDGE, lang: Lang = "ru", cache: Path | None = CACHE) -> Dialogue:
    """The core, ready to answer. Raises KnowledgeError where the base cannot be used."""
    return open_dialogue(open_catalogue(kb, cache, show_progress), open_ranker(), lang)
