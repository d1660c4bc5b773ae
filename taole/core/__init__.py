"""The ground floor: time, database, transactions, jobs, words and the registry of figures."""
