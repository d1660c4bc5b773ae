"""Filling a matter's sheet: the empty workbook, and what villages send back, read as it is."""
