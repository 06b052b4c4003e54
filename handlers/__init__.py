"""What a person can do with the bot: a question in, a reply and effects out. No network, no store, no await."""
