"""``python -m odebib``, and the installed program: the commands are loaded where an interrupt is heeded."""

import importlib
import sys


def run() -> None:
    """Load the commands and run the one that was asked for."""
    try:
        importlib.import_module("odebib.cli").run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
