"""``python -m taole`` is ``taole``."""

from taole.app.cli import main

main(prog_name="taole")
