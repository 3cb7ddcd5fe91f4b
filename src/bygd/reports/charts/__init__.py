"""Charts: one function each, rows in, Vega-Lite dict out."""
