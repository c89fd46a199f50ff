"""Checks, offline, what a house says of a notice: nothing here is shared with what wrote it."""
