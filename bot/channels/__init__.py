"""Ways to reach people: the terminal, a stream of lines, Telegram."""
