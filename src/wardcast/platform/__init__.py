"""What every room stands on: Django, but no domain. One named capability a file."""
