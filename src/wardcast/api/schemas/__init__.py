"""What comes in and goes out, where several operations share it."""
