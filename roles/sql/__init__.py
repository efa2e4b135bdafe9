"""SQL as text, where the ORM cannot say it."""
