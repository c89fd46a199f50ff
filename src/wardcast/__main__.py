"""`python -m wardcast`: the same as the `wardcast` command, where that is not on the path."""

from wardcast.project.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
