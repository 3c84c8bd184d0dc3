"""Workbooks in, with a verdict for every row, and workbooks out."""
