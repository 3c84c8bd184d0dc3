"""What ships with the program: checklists, legal bases, code lists; loading, validating, versioning them."""
