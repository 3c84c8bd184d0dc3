"""The screen 今日: what is to be done, in the order of the law."""
