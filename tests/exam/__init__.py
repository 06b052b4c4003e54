"""A generated exam on the series: template by metric by period by operation, in both languages, under several clocks.

The right answers come from a plain second implementation that reads the CSV files itself and reckons in fractions. It shares no code with
``knowledge``: what both get wrong must be wrong in the files.
"""

from __future__ import annotations

from tests.exam import runs, single
from tests.exam.book import books
from tests.exam.tasks import Task


def exam() -> list[Task]:
    """Every question of the exam, no two alike under one clock."""
    read = books()
    makers = (
        single.values_asked, single.relative_asked, single.missing_asked, single.growths_asked, single.changes_asked, single.uneven_asked,
        single.typos_asked, single.foreign_money_asked, runs.runs_asked, runs.records_asked, runs.limits_asked, runs.shares_asked,
        runs.both_asked, runs.trends_asked, runs.newest_asked,
    )  # fmt: skip
    found = [task for make in makers for task in make(read)]
    return list({(task.text, task.now): task for task in found}.values())
