"""Where the house is put together: settings, addresses, wiring, the `wardcast` command."""
