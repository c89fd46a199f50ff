"""Posts, their versions, clearances and standing."""
