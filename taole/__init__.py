"""taole (陶乐): village-affairs disclosure (村务公开) for a township, from the notice to the annual report."""
