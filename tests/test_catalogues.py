"""The catalogues are complete, commented, and their placeholders agree with the code's sentences."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from locales.catalogues import LANGUAGES, catalogue
from locales.negotiate import negotiate, reply_language

ROOT = Path(__file__).parent.parent
PLURALS = {"ru": 3, "zh": 1}


def read(lang: str) -> Catalog:
    with (ROOT / "locales" / lang / "LC_MESSAGES" / "most.po").open("rb") as file:
        return read_po(file, locale=lang)


def messages(lang: str) -> list[Message]:
    return [message for message in read(lang) if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return tuple(map(str, message.id)) if isinstance(message.id, (tuple, list)) else (message.id,)


def texts(message: Message) -> tuple[str, ...]:
    told = message.string or ""
    return tuple(map(str, told)) if isinstance(told, (tuple, list)) else (told,)


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_translated_with_a_comment_for_the_translator(lang: str) -> None:
    for message in messages(lang):
        assert message.auto_comments, message.id
        assert all(texts(message)), message.id
        assert not message.fuzzy, message.id
        if isinstance(message.id, tuple):
            assert len(texts(message)) == PLURALS[lang], message.id
    assert not read(lang).obsolete


def test_both_catalogues_hold_the_same_messages() -> None:
    assert {ids(m) for m in messages("ru")} == {ids(m) for m in messages("zh")}


def test_placeholders_agree_in_both_languages() -> None:
    """A placeholder of one language stands in the other; a message whose id shows its placeholders keeps them."""
    chinese = {ids(m): m for m in messages("zh")}
    for message in messages("ru"):
        told = {frozenset(names(text)) for text in (*texts(message), *texts(chinese[ids(message)]))}
        assert len(told) == 1, message.id


def test_the_code_fills_exactly_the_placeholders_of_a_message() -> None:
    """Every call that says a message by its literal id passes the names its texts need, no more and no fewer."""
    needed = {ids(m)[0]: names(texts(m)[0]) for m in messages("ru")}
    checked = 0
    for path in (p for folder in ("locales", "handlers", "bot") for p in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "say"
                and node.args
            ):
                message = node.args[0]
                if isinstance(message, ast.Constant) and message.value in needed:
                    assert {keyword.arg for keyword in node.keywords} == needed[message.value], (
                        path.name,
                        message.value,
                    )
                    checked += 1
    assert checked > 10


def said_in_code() -> set[str]:
    """Every sentence the code asks for, by the literal it passes."""
    known = {one for message in messages("ru") for one in ids(message)}
    found = set()
    for folder in ("locales", "handlers", "bot"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= {
                n.value
                for n in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(n, ast.Constant) and isinstance(n.value, str)
            }
    return found & known


def test_no_message_is_obsolete() -> None:
    assert {one for message in messages("ru") for one in ids(message)} == said_in_code()


def test_asking_for_an_unknown_sentence_says_so() -> None:
    with pytest.raises(KeyError, match="no ru text"):
        catalogue("ru").say("Never written.")


@pytest.mark.parametrize(
    ("client", "lang"),
    [
        ("zh-hans", "zh"),
        ("zh-hant", "zh"),
        ("zh-CN", "zh"),
        ("zh_TW", "zh"),
        ("zh", "zh"),
        ("ru-RU", "ru"),
        ("ru", "ru"),
        ("en", None),
        ("", None),
        (None, None),
    ],
)
def test_clients_are_served_in_the_language_nearest_theirs(client: str | None, lang: str | None) -> None:
    assert negotiate(client) == lang


def test_the_chat_decides_before_the_script_and_the_client() -> None:
    assert reply_language("zh", "ru", "ru", "ru") == "zh"
    assert reply_language(None, "zh", "ru", "ru") == "zh"
    assert reply_language(None, None, "zh-hans", "ru") == "zh"
    assert reply_language(None, None, "en", "ru") == "ru"
