"""The `manage.py` part of the house."""
