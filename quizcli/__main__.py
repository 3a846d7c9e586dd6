"""``python -m quizcli``."""

from quizcli.cli.main import main

main()
