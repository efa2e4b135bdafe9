"""Gives the tests this clone's key and Postgres; loaded before Django reads its settings."""

from jobzone import clone

clone.use()
