"""Imports point one way, libraries stay in their layer, and importing a module does nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "locales": {"locales"},
    "handlers": {"handlers", "knowledge", "locales"},
    "bot": {"bot", "handlers", "knowledge", "locales"},
    "main": {"bot"},
}
ONLY_IN_BOT = {
    "aiogram",
    "telegram",
    "aiohttp",
    "redis",
    "sqlite3",
    "http",
    "urllib",
    "requests",
    "socket",
    "asyncio",
    "prompt_toolkit",
}
STORE = {"sqlite_utils": {"knowledge/build.py", "bot/state/sqlite.py", "bot/state/sqlite_reminders.py"}}
CLOCK = {"datetime.now", "date.today", "time.time", "datetime.utcnow", "datetime.today"}
MODULES = [
    *sorted(p for folder in ("knowledge", "locales", "handlers", "bot") for p in (ROOT / folder).rglob("*.py")),
    ROOT / "main.py",
]


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    """A module imports only from the layers below its own, and the libraries of the edge only at the edge."""
    names = {name.split(".")[0] for name in imported(path)}
    assert not (names & MAY_IMPORT.keys()) - MAY_IMPORT[layer(path)]
    assert layer(path) in ("bot", "main") or not names & ONLY_IN_BOT
    for library, places in STORE.items():
        assert library not in names or str(path.relative_to(ROOT)) in places


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if layer(p) in ("knowledge", "handlers", "locales")],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_the_core_has_no_clock(path: Path) -> None:
    """Today is an argument: nothing below the edge asks the machine for the time, or prints."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in CLOCK | {"print"}


def test_importing_does_nothing() -> None:
    """No module reads a file of ours, looks at the environment or sets up logging when it is imported."""
    names = [".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for p in MODULES]
    program = f"""
import logging, os, sys
root = {str(ROOT)!r}
def hook(event, args):
    if event == "open" and isinstance(args[0], str) and args[0].startswith(root) and "/.venv/" not in args[0]:
        assert args[0].endswith((".py", ".pyc")) or "__pycache__" in args[0], args[0]
sys.addaudithook(hook)
import aiogram, aiohttp, prompt_toolkit, babel.support, dotenv, sqlite_utils, pymorphy3, opencc
class Watched(type(os.environ)):
    def __getitem__(self, key):
        caller = sys._getframe(1)
        while caller and "os.py" in caller.f_code.co_filename or "_collections_abc" in caller.f_code.co_filename:
            caller = caller.f_back
        assert not caller.f_code.co_filename.startswith(root) or "/.venv/" in caller.f_code.co_filename, key
        return super().__getitem__(key)
os.environ.__class__ = Watched
before = list(logging.getLogger().handlers)
import importlib
for name in {names!r}:
    importlib.import_module(name)
assert logging.getLogger().handlers == before
print("done")
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "done", done.stderr


def test_the_core_runs_without_the_edge() -> None:
    """With both Telegram libraries and aiohttp out of reach, the core still answers."""
    program = """
import sys
for name in ("aiogram", "telegram", "aiohttp", "sqlite_utils", "prompt_toolkit"):
    sys.modules[name] = None
from datetime import UTC, datetime
from bot.app import build_dialogue
from handlers.messages import Incoming
print(build_dialogue(cache=None).reply(Incoming("привет", datetime(2026, 11, 24, tzinfo=UTC))).status)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "chat", done.stderr
