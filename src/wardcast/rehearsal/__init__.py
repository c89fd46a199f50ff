"""How a version lands with a few people before the public sees it."""
