"""What goes out and comes in as data: exports, the JSON API, stable addresses, lists from spreadsheets."""
