"""taole (陶乐): village-affairs disclosure (村务公开) for a township, from notice to report."""
