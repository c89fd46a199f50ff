"""What the detectors know by heart:

names, words, places, medicine. Loaded on first use, then kept.
"""
