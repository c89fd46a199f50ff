"""Uploads, assets, renders, and the publication of files."""
