"""The door for a web server."""

import gc
import importlib
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "putright.settings")
application = get_wsgi_application()

# Load every page now, not at the first visit; then leave all that is loaded out of later searches for garbage.
importlib.import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
