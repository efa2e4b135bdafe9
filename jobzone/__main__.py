"""``python -m jobzone install``, ``run`` or ``clean``: what the Makefile calls.

Python answers Ctrl-C with a traceback while it starts and imports. The Makefile has it ignored
until this takes over, and from here on it ends the process without a word.
"""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)

if __name__ == "__main__":
    import runpy
    import sys

    runpy.run_module(f"jobzone.{sys.argv[1]}", run_name="__main__")
