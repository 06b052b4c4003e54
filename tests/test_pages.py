"""The pages tell the truth of today: README's generated parts, and what became of the research."""

from __future__ import annotations

import re

from bot.app import ROOT
from handlers.dialogue import Dialogue
from tests.pages import README, renewed


def test_readme_is_as_generated(dialogue: Dialogue) -> None:
    """`python -m tests.pages --write` renews it."""
    text = README.read_text("utf-8")
    assert renewed(text, dialogue) == text


def test_readme_names_commands_that_exist() -> None:
    text = README.read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for verb in re.findall(r"make (\w+)", text):
        assert re.search(rf"^{verb}:", makefile, re.MULTILINE), verb
    for page in re.findall(r"\]\(([^)h][^)]*)\)", text):
        assert (ROOT / page).exists(), page


def test_curation_names_entries_that_exist(dialogue: Dialogue) -> None:
    """Each merged note is held by every entry the page says it is told by."""
    data = dialogue.base.data
    page = (ROOT / "docs" / "curation.md").read_text("utf-8")
    rows = re.findall(r"^\| ([a-z]+\.[^| ]+) \| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)
    assert len(rows) > 100
    for note, told_by in rows:
        for entry in told_by.split(", "):
            assert note in data.entries[entry].research, (note, entry)
