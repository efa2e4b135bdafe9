"""The JSON API, for those who write programs: everything that is published, and scoring itself."""
