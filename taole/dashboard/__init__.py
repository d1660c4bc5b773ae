"""What people see first: the secretary's home and the overviews of townships and counties."""
