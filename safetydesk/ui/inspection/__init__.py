"""检查: choose, walk, finish."""
