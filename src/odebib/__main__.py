"""``python -m odebib``."""

from odebib.cli import run

if __name__ == "__main__":
    run()
