"""Plans: made from cards and templates, consulted on, decided, followed up and published."""
