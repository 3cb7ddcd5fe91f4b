"""Issue forums: what people ask of a coming purchase in public, and what the buyer answers to each matter."""
