"""A bot of your own on aiogram that answers /ping itself and leaves the rest to Most Qiao"""

import asyncio
import os

from aiogram import Bot, Dispatcher, Router
from aiogram.filters import Command

from bot.channels.serving import open_room
from bot.channels.telegram_aiogram import AiogramEngine, build_router


async def main(bot: Bot) -> None:
    own, dispatcher = Router(), Dispatcher()
    own.message.register(lambda message: message.answer("pong"), Command("ping"))
    async with open_room(AiogramEngine(bot)) as room:
        dispatcher.include_routers(own, build_router(room))
        await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(Bot(os.environ["BOT_TOKEN"])))
