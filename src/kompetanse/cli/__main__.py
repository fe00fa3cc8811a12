"""`python -m kompetanse.cli`, where the command is not installed."""

import sys

from kompetanse.cli import main

sys.exit(main())
