"""What keeps people out of a page, as axe knows it."""

from axe_playwright_python.sync_playwright import Axe


def expect_no_barrier(page, **options):
    """None on the page as it is; of all that axe looks at, it hands over the faults alone."""
    results = Axe().run(page, options={"resultTypes": ["violations"], **options})
    assert results.violations_count == 0, results.generate_report()
