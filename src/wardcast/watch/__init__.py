"""The serving of a feed and what comes back from it."""
