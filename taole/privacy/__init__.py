"""The personal-data guard: what may not hang on a village's board, found and masked."""
