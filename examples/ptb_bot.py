"""A bot of your own on python-telegram-bot that answers /ping itself and leaves the rest to Most Qiao"""

import asyncio
import os

from telegram.ext import Application, CommandHandler

from bot.channels.serving import open_room
from bot.channels.telegram_ptb import PtbEngine, build_handlers


async def main(application: Application) -> None:
    async with open_room(PtbEngine(application.bot)) as room, application:
        application.add_handler(CommandHandler("ping", lambda update, _: update.message.reply_text("pong")))
        application.add_handlers(build_handlers(room))
        await application.start()
        await application.updater.start_polling()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Application.builder().token(os.environ["BOT_TOKEN"]).build()))
