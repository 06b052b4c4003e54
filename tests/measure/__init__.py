"""Measured quality: question sets, the fit of the ranker, the tables of `make quality`."""
