"""Work: what takes long and goes on while nobody looks: imports and builds."""
