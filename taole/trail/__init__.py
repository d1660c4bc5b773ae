"""Who did what: append-only and hash-chained, one chain for each township."""
