"""The window. Only this package knows of Qt; what it shows and does comes from `workflows`."""
