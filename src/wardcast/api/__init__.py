"""The JSON door: one router a domain, no logic of its own."""
