"""The Reconciliation API over HTTP: requests become plain values, answers become JSON or a small page."""
