"""What is known about an enterprise: its fields, how cells become values, which column title means which field."""
