"""The screen 隐患: the list, the card of one, and what is done about it."""
