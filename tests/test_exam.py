"""Thousands of generated questions on the series, marked against a second implementation: right, or honestly no data."""

from __future__ import annotations

import sys
from collections import Counter

from handlers.dialogue import Dialogue
from handlers.messages import Incoming, Reply
from tests import exam
from tests.exam.tasks import Task

LEAST = 2000
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def mark(dialogue: Dialogue, task: Task, reply: Reply) -> str:
    """``right``, ``entry`` (told in prose by the entry a curator named for the figure), ``silent`` or ``wrong``."""
    told = reply.text.translate(_SPACES)
    if not task.holds and reply.status != "answered":
        return "right"
    if task.holds and reply.status == "answered" and all(words in told for words in task.holds):
        return "right"
    own = {entry for figure, entry in dialogue.base.tellers.items() if figure.startswith(f"{task.metric}.")}
    if task.metric and reply.entry in own:
        return "entry"
    return "wrong" if reply.status == "answered" else "silent"


def test_the_generated_exam_is_passed_without_a_wrong_answer(dialogue: Dialogue) -> None:
    """Every figure told is the one reckoned from the files; what the files lack is said to be missing."""
    tasks = exam.exam()
    marks: Counter[tuple[str, str]] = Counter()
    failed: list[str] = []
    for task in tasks:
        reply = dialogue.reply(Incoming(task.text, task.now))
        found = mark(dialogue, task, reply)
        marks[task.operation, found] += 1
        if found in ("wrong", "silent"):
            failed.append(f"{found} {task.operation}: {task.text} wants {task.holds}, got {reply.entry}: {reply.text}")
    counts = "".join(f"{operation:10} {found:6} {count}\n" for (operation, found), count in sorted(marks.items()))
    sys.stdout.write(counts)  # shown by pytest -s
    assert len(tasks) >= LEAST
    assert not failed, "\n".join(failed[:20])
    assert sum(count for (_, found), count in marks.items() if found == "entry") <= len(tasks) // 100
