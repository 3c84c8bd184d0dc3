"""SQL and connections that differ between SQLite and PostgreSQL."""
