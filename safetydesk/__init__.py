"""SafetyDesk: the desk of a township's grid safety officers, without a network."""

__version__ = "0.2.0"
