"""Inspections, the findings they leave, and their rectification to 销号."""
