"""The place: pages of official statistics and own counts, from the village up."""
