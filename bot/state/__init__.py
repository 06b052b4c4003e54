"""What is kept between messages: a chat, its language and its reminders."""
