"""A disk without room in the middle of a check: refused in place, nothing typed is lost, and on again."""
