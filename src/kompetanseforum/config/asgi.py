"""The door for the web server."""

import gc
import os

from django.core.asgi import get_asgi_application

from kompetanseforum.core.capability import capabilities

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kompetanseforum.config.settings")
application = get_asgi_application()

for capability in capabilities():
    if capability.warm:
        capability.warm()

# What is in memory by now stays as long as the process: the collector need not walk through a million objects
# in the middle of somebody's page.
gc.collect()
gc.freeze()
