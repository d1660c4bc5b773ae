"""The small ledgers that the annual report counts."""
