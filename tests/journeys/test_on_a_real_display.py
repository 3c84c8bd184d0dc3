"""The program as a person starts it, on a real display with real keys."""
