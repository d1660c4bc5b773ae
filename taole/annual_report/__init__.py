"""The annual report on government information disclosure: its form, words, checks and papers."""
