"""What is stored: tables, sessions, stamps, migrations, encryption at rest."""
