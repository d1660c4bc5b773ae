"""Telling people: one digest for each person and day, the ways it goes, and what became of it."""
