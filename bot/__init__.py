"""How the bot reaches people: channels, state, settings, wiring."""
