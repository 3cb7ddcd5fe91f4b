"""Promises: what suppliers promised, what they report by a link of their own, what the buyer verified."""
