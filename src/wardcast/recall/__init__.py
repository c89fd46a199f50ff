"""The exposure ledger, notices, receipts and coverage."""
