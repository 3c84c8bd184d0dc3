"""What the law and the office say: pure functions and small value types. No database, no files, no Qt."""
