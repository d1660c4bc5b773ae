"""Wiring: the web application and the command line. Nobody imports it."""
