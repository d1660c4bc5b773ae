"""The demonstration year: Taole Town in 2023, with invented persons and notices."""
