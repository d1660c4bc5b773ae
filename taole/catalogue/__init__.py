"""What must be published: editions of the catalogue, their items and deadlines."""
