"""`ask`, `ask --stream`, `chat` and `settings` as interface.md says, through the real command line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.app import ROOT, Clock
from bot.channels import stream
from bot.channels.terminal import TerminalChat
from bot.settings import Settings, SettingsError, read_settings
from handlers.dialogue import Dialogue

KEYS = {
    "id", "status", "lang", "text", "confidence", "entry", "standing", "as_of", "valid_from", "valid_to", "sources", "choices", "attachments", "ms",
}  # fmt: skip


def main(*arguments: str, given: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], **env}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        input=given,
        env=clean,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def streamed(dialogue: Dialogue, clock: Clock, *lines: bytes) -> list[dict[str, Any]]:
    out = io.StringIO()
    stream.run(dialogue, lines, out, clock)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_answers_come_in_order_with_every_key(dialogue: Dialogue, clock: Clock) -> None:
    asked = [
        json.dumps({"id": f"q{n}", "q": q, "chat": "c1", "lang": None}).encode()
        for n, q in enumerate(["привет", "виза в японию", "谢谢"])
    ]
    answers = streamed(dialogue, clock, *asked)
    assert [answer["id"] for answer in answers] == ["q0", "q1", "q2"]
    assert all(answer.keys() == KEYS for answer in answers)
    assert [answer["status"] for answer in answers] == ["chat", "unknown", "chat"]
    assert [answer["lang"] for answer in answers] == ["ru", "ru", "zh"]


def test_the_asked_language_is_kept(dialogue: Dialogue, clock: Clock) -> None:
    answer = streamed(dialogue, clock, '{"id": 1, "q": "товарооборот за 2023", "lang": "zh"}'.encode())[0]
    assert answer["lang"] == "zh"
    assert "2401.1亿美元" in answer["text"]


@pytest.mark.parametrize(
    "line",
    [
        b"rubbish",
        b"[1]",
        b'{"id": "x"}',
        b'{"id": "x", "q": 5}',
        b"\xff\xfe",
        b'{"id": "x", "q": "a", "lang": "en"}',
        b'"text"',
        b"null",
    ],
)
def test_a_bad_line_gets_an_error_and_the_stream_goes_on(dialogue: Dialogue, clock: Clock, line: bytes) -> None:
    first, second = streamed(dialogue, clock, line, '{"id": 2, "q": "привет"}'.encode())
    assert first["error"]
    assert second["status"] == "chat"


BAD = {
    "empty": "",
    "spaces": " \n\t ",
    "long": "а" * 100_000,
    "long chinese": "签" * 100_000,
    "long words": "виза в китай " * 8_000,
    "emoji": "🎉🐼🇨🇳👨‍👩‍👧",
    "control": "\x00\x01\x07\x1b[31m",
    "bidi": "\u202e\u2066виза\u2069 в \u200fКитай",
    "half a surrogate": "\ud83d виза",
    "html": "<script>alert(1)</script> <b>виза</b>",
    "markdown": "**виза** [x](http://y) `в` _китай_",
    "a million digits": "9" * 1_000_000,
    "digits": "9" * 900,
    "digit words": "5 " * 400,
    "combining": "и" + "\u0301" * 900,
    "braces": "{total} {0} %s {until!r}",
    "punctuation": "?!...;;; --- ???",
    "every pair": "中俄" * 450,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_bad_input_is_answered_or_refused_quickly(dialogue: Dialogue, clock: Clock, text: str) -> None:
    """An answer or a clear refusal, in 100 ms: the best of three, since other work may hold the processor."""
    line = json.dumps({"id": 1, "q": text}).encode()
    answers = [streamed(dialogue, clock, line)[0] for _ in range(3)]
    assert answers[0]["status"] in ("answered", "clarify", "unknown", "chat")
    assert answers[0]["text"]
    answers[0]["text"].encode("utf-8")
    assert min(answer["ms"] for answer in answers) < 100


def test_one_question_on_the_command_line() -> None:
    """Exit codes tell answered from silent from misuse; --now and --lang hold."""
    answered = main("ask", "товарооборот за 2023 год", "--lang", "zh", "--json", "--now", "2026-11-24")
    assert (answered.returncode, json.loads(answered.stdout)["entry"]) == (0, "trade.total.2023")
    assert main("ask", "виза в японию").returncode == 3
    for wrong in (
        ("ask",),
        ("ask", "x", "--stream"),
        ("ask", "x", "--now", "soon"),
        ("ask", "x", "--lang", "en"),
        ("dance",),
    ):
        done = main(*wrong)
        assert done.returncode == 2, wrong
        assert "Traceback" not in done.stderr


def test_a_missing_or_broken_knowledge_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "x.toml").write_text("topic = ")
    for folder in (tmp_path, tmp_path / "none"):
        done = main("ask", "x", "--kb", str(folder))
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert str(folder) in done.stderr


def test_piped_lines_are_answered_one_by_one() -> None:
    done = main("chat", given="привет\n/lang zh\n谢谢\n\n/help\n/lang fr\n/quit\nпривет\n")
    assert done.returncode == 0
    assert done.stdout.count("Здравствуйте") == 1
    assert "不客气" in done.stdout
    assert "\x1b[" not in done.stdout


def test_without_a_token_the_program_talks_on_the_terminal() -> None:
    done = main(given="你好\n")
    assert (done.returncode, "您好" in done.stdout) == (0, True)


def test_a_number_chooses_one_of_the_choices(dialogue: Dialogue, clock: Clock) -> None:
    out = io.StringIO()
    chat = TerminalChat(dialogue, clock, out)
    chat.hear("товарооборот за 1985 год")
    assert len(chat.choices) == 3
    chat.hear("1")
    assert "6,83" in out.getvalue()


def test_settings_are_printed_without_secrets() -> None:
    done = main("settings", BOT_TOKEN="123:secret", WEBHOOK_SECRET="hush")
    assert "secret" not in done.stdout.lower().replace("webhook_secret", "")
    assert "hush" not in done.stdout
    assert "BOT_TOKEN=(set)" in done.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTP_PORT", "0"),
        ("HTTP_PORT", "x"),
        ("BOT_ENGINE", "x"),
        ("DEFAULT_LANG", "en"),
        ("WEBHOOK_URL", "x"),
        ("ADMIN_IDS", "me"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: value}, Path("/nonexistent"))


def test_a_file_gives_settings_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HTTP_PORT=9000\nDEFAULT_LANG=zh\nADMIN_IDS=1, 2\n")
    read = read_settings({"HTTP_PORT": "9001"}, tmp_path / ".env")
    assert read == Settings(http_port=9001, default_lang="zh", admin_ids=(1, 2))
