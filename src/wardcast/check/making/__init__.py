"""How the check's own data is made: towns, scripts with known identifiers, the model of context.

Nothing here is needed to run the check; `wardcast models` runs it.
"""
