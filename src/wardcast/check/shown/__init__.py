"""A report as people and programs read it outside a house: text, JSON, SARIF, one HTML page."""
