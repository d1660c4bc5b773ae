"""The papers on rectification: composed, numbered, kept as issued."""
