"""Suppliers and organisations: lists to search, a page each, and what people correct about them."""
