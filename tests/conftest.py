"""What all tests share."""

import logging

import pytest
from hypothesis import settings

settings.register_profile("jobzone", deadline=None)
settings.load_profile("jobzone")


class Undefined(logging.Handler):
    """Keeps what Django tells of names that a template asks for and nobody gave it.

    The admin's own templates rely on such names, so those that extend them are let off.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        _, template = record.args
        if template and not template.startswith(("admin/", "django/")):
            self.found.append(record.getMessage())


@pytest.fixture(autouse=True)
def no_undefined_names():
    """Fails a test in which a template asks for a name that does not exist, in an ``if`` too."""
    logger = logging.getLogger("django.template")
    handler = Undefined()
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    yield
    logger.removeHandler(handler)
    logger.level, logger.propagate = before
    assert handler.found == []
