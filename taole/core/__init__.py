"""The ground floor: clock, periods, workdays, database, transactions, jobs, words and the registry of figures."""
