"""Wardcast: short video that clinicians can trust with their licence."""
