"""Tender room: from a draft over sealed bids and independent scores to an award with its reasons."""
