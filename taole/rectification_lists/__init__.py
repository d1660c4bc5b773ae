"""Lists of counties read as findings; the ledger out to fill in and back."""
