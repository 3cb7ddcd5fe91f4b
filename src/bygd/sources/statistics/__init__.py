"""Official statistics from public services: asked politely, kept with their day; gaps never become noughts."""
