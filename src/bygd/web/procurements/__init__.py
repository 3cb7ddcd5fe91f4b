"""Procurements: from what may be done to what was delivered; each room of it an application of its own."""
