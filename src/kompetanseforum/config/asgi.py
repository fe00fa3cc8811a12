"""The door for the web server."""

import os

from django.core.asgi import get_asgi_application

from kompetanseforum.core.bodies import bounded
from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.memory import keep_for_good
from kompetanseforum.core.sockets import with_sockets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanseforum.config.settings")
application = with_sockets(bounded(get_asgi_application()))

for capability in capabilities():
    if capability.warm:
        capability.warm()

keep_for_good()
