"""What is kept between messages: a chat and its language."""
