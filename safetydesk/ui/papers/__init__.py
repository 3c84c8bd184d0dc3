"""文书: the papers of a visit, as they will print; and the register of all of them."""
