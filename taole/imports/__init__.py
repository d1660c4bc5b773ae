"""Old records in: ledgers of postings from Excel."""
