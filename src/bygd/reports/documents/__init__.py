"""Documents: page, spreadsheet and machine-readable figures."""
