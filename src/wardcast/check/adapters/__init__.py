"""Recognisers and readers: the only code of the check that loads models, each in a file of its own.

Heavy libraries are imported inside the functions that need them, in the worker alone. Deleting a
file turns off what it does, and nothing else.
"""
