"""What all tests share."""

from hypothesis import settings

settings.register_profile("jobzone", deadline=None)
settings.load_profile("jobzone")
