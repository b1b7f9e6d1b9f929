"""Unsigned cards: the deck, the hats, the weekly draw."""
