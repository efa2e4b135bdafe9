"""Gives the tests this clone's key and Postgres; loaded before Django reads its settings."""

import os

from jobzone import clone

clone.use()
# The tests make their database, as its owner; what they do in it, they do as the site's role.
if owner := os.environ.pop("DATABASE_OWNER_URL", ""):
    os.environ["DATABASE_URL"] = owner
