"""How the bot speaks: catalogues, figures and dates, choice of language. Knows nothing of the other layers."""
