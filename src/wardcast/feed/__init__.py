"""Ranking and taste: what comes next for a viewer, and why."""
