#!/usr/bin/env python
"""Django's own commands. People who run Putright use `putright` instead."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "putright.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
