"""What is due: village × item × period, and its standing."""
