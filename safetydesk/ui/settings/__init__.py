"""Settings: of the office, of the papers, of this computer."""
