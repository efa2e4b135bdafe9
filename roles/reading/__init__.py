"""The role page, its versions and history, and how the score works."""
