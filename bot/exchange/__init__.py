"""The files that facts leave and enter a database in: a JSON-LD document, and a table for spreadsheets. No SQL."""
