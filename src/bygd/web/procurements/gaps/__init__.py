"""Market gaps: where money could come home, who could supply, and what splitting a purchase would change."""
