"""The landlord's procedure, version by version: drafting, checking against the Code, and its five days."""
