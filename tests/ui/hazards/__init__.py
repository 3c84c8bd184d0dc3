"""The screen 隐患."""
