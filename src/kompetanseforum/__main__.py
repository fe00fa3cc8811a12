"""`python -m kompetanseforum`."""

from kompetanseforum.config.command import main

main()
