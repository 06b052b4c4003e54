"""The command line of Most Qiao: it reads arguments and wires; what to answer is decided elsewhere."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot import commands


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 2 bad usage or a setting to change, else the command's own."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = parser().parse_args(argv)
    return commands.run(arguments)


def parser() -> argparse.ArgumentParser:
    """Every command of the program with its arguments."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--kb", type=Path, metavar="DIR", help="another knowledge folder")
    shared.add_argument("--now", metavar="DATE", help="freeze the clock: an ISO date or date-time in UTC")
    root = argparse.ArgumentParser(
        prog="main.py", description="Most Qiao: sourced answers on China-Russia travel and trade"
    )
    verbs = root.add_subparsers(dest="command", metavar="COMMAND")
    run = verbs.add_parser("run", parents=[shared], help="Telegram, with BOT_TOKEN set")
    run.add_argument("--engine", choices=("aiogram", "ptb"))
    mode = run.add_mutually_exclusive_group()
    mode.add_argument("--polling", dest="mode", action="store_const", const="polling")
    mode.add_argument("--webhook", dest="mode", action="store_const", const="webhook")
    chat = verbs.add_parser("chat", parents=[shared], help="the terminal chat")
    chat.add_argument("--lang", choices=("ru", "zh"))
    ask = verbs.add_parser("ask", parents=[shared], help="one answer, or a stream of them")
    ask.add_argument("text", nargs="?", metavar="TEXT")
    ask.add_argument("--lang", choices=("ru", "zh"))
    ask.add_argument("--json", action="store_true", help="the answer as JSON")
    ask.add_argument("--explain", action="store_true", help="say what was read and why this answer was chosen")
    ask.add_argument("--stream", action="store_true", help="JSON Lines in, JSON Lines out")
    _entry(verbs.add_parser("entry", parents=[shared], help="which ways into a country fit a journey"))
    verbs.add_parser("settings", help="print the settings, secrets hidden")
    bench = verbs.add_parser("bench", parents=[shared], help="speed and memory")
    bench.add_argument("--json", action="store_true")
    bench.add_argument(
        "--times", type=int, default=1, metavar="N", help="also with N - 1 synthetic twins of every entry"
    )
    _knowledge(verbs.add_parser("kb", help="the knowledge base"), shared)
    return root


def _entry(entry: argparse.ArgumentParser) -> None:
    """Values are checked where the journey is read, so that a bad one is named alike on every channel."""
    entry.add_argument("--traveller", metavar="RU|CN", help="whose citizen travels")
    entry.add_argument("--destination", metavar="RU|CN|HK|MO", help="where the journey leads")
    entry.add_argument("--purpose", metavar="PURPOSE", help="what for; tourism where left out")
    entry.add_argument("--party", metavar="N", help="how many travel together")
    entry.add_argument("--days", metavar="N", help="how long they stay")
    entry.add_argument("--date", metavar="DATE", help="the day of entry, an ISO date; today where left out")
    entry.add_argument("--port", metavar="TOWN", help="where they cross the border or go to, such as heihe or Хэйхэ")
    entry.add_argument(
        "--transit", action="store_const", const=True, help="the journey goes on to a third country or region"
    )
    entry.add_argument(
        "--passport", metavar="KIND", help="ordinary, service, diplomatic or apec (a business travel card)"
    )
    entry.add_argument("--lang", choices=("ru", "zh"))
    entry.add_argument("--json", action="store_true", help="every verdict as JSON")


def _knowledge(kb: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    verbs = kb.add_subparsers(dest="kb_command", metavar="COMMAND", required=True)
    verbs.add_parser("check", parents=[shared], help="name every fault")
    build = verbs.add_parser("build", parents=[shared], help="write it as an SQLite file")
    build.add_argument("file", type=Path, metavar="FILE")
    verbs.add_parser("phrases", parents=[shared], help="every curated phrasing, as JSON Lines")
    show = verbs.add_parser("show", parents=[shared], help="one entry as answered today")
    show.add_argument("entry", metavar="ENTRY")
    show.add_argument("--lang", choices=("ru", "zh"))
    review = verbs.add_parser("review", parents=[shared], help="what has ended, ends soon, or was not looked at lately")
    review.add_argument("--json", action="store_true")


if __name__ == "__main__":
    sys.exit(main())
