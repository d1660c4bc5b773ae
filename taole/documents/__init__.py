"""Papers in and out: workbooks and text files read, spreadsheets and documents written."""
