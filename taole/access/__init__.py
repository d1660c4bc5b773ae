"""Who may do what: one permission table, one guard."""
