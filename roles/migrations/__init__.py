"""The schema, and how it came to be."""
