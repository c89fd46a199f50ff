"""The check's door for files: from a clip to what can be read of it, and to one without it.

The one place of the check that calls the gate. Both who checks a file by itself and the house,
whose originals lie sealed, come through here; the core takes `Material` and knows of no file.
"""
