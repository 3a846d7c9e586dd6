"""``python -m quizcli``."""

from quizcli.cli.app import main

main()
