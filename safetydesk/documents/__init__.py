"""Papers: plain data in, PDF bytes out."""
