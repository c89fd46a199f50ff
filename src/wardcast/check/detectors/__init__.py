"""The recognisers of the check, one a file, in the order in which they win where two claim the
same words.
"""
