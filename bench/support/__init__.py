"""What bench/pages.py stands on: databases and sites to measure, visitors who measure them, and the telling."""
