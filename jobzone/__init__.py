"""The wiring: settings, addresses, the embedded Postgres and the start of the site."""
