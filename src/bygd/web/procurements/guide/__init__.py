"""The guide for small firms and associations: read, printed, kept up to date, and shown to everybody."""
