"""Rules: what may be done with a purchase, which values hold on a day, and what the place asks of itself."""
