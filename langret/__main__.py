"""``python -m langret`` is the command line."""

import sys

from langret.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
