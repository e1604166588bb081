"""Lists from spreadsheets: rows out of a file, what their columns mean, facts out of rows. No database here."""
