"""The door for the web server."""

import os

import django

from kompetanseforum.core.bodies import bounded
from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.handler import SharedThreads
from kompetanseforum.core.memory import keep_for_good, serve_without_long_stops
from kompetanseforum.core.sockets import with_sockets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanseforum.config.settings")
django.setup(set_prefix=False)
application = with_sockets(bounded(SharedThreads()))

for capability in capabilities():
    if capability.warm:
        capability.warm()

serve_without_long_stops()
keep_for_good()
