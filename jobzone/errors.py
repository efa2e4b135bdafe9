"""Reports faults to a service that takes Sentry's protocol, if SENTRY_DSN names one."""

import sys


def report_to(dsn: str) -> None:
    """Send what goes wrong from here on; nothing of whoever asked goes with it.

    Ends with one line where the package is missing, which is no part of the site.
    """
    if not dsn:
        return
    try:
        import sentry_sdk
    except ImportError:
        sys.exit("SENTRY_DSN is set; expected the package too: pip install 'sentry-sdk>=2'.")
    sentry_sdk.init(dsn=dsn, send_default_pii=False, max_request_body_size="never")
