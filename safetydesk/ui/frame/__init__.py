"""The frame around the screens: rail, search box, message bar."""
