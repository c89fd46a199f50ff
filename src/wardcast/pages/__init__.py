"""Pages that need no JavaScript, and the shell of the web app."""
