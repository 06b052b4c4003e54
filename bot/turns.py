"""What chats are about: their last questions, in memory, the longest silent forgotten first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from handlers.dialogue import Dialogue
from handlers.followup import Turn
from handlers.forms import Form
from handlers.messages import Incoming, Reply

MOST_CHATS = 10_000


class Turns:
    """Answers messages of chats, each in the light of the one before. A chat of None stands alone."""

    def __init__(self, dialogue: Dialogue, most: int = MOST_CHATS) -> None:
        self._dialogue = dialogue
        self._most = most
        self._last: OrderedDict[Hashable, Turn] = OrderedDict()

    def knows(self, chat: Hashable) -> bool:
        """Whether anything is remembered of a chat."""
        return chat in self._last

    def form(self, chat: Hashable) -> Form | None:
        """The form a chat is filling in."""
        turn = self._last.get(chat)
        return turn.form if turn else None

    def resume(self, chat: Hashable, form: Form) -> None:
        """Go on with a form that was kept elsewhere, after a restart."""
        self._last[chat] = Turn(None, form.at, form=form)

    def reply(self, chat: Hashable | None, incoming: Incoming) -> Reply:
        if chat is None:
            return self._dialogue.reply(incoming)
        reply, turn = self._dialogue.converse(incoming, self._last.pop(chat, None))
        if turn:
            self._last[chat] = turn
        if len(self._last) > self._most:
            self._last.popitem(last=False)
        return reply
