"""Contracts in files: what readers of contract lists, releases and notices give, and cells read for them."""
