"""Cases: what moves through stages, with papers, deadlines and people who help."""
