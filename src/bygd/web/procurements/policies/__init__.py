"""Policies: what a tender may ask for beyond price, chosen within a policy's limits; social return counted."""
