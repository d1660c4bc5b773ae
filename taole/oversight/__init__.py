"""What the township is itself measured by: web columns, the county's indicators, the brief."""
