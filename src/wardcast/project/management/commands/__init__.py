"""Commands for operators and builders."""
