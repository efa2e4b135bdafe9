"""The wiring: settings, addresses, the embedded Postgres and the start of the site."""

import gc

# Python looks for garbage each time that 2,000 objects were made, but what is made while Django
# is imported stays: a fifth of a start went there.
gc.set_threshold(50_000, 20, 20)
