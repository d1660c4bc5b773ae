"""The tree of units and its people."""
