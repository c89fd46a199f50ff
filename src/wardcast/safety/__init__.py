"""Reports of the check, attestations, redaction."""
