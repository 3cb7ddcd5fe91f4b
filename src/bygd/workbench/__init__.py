"""What both doors may ask for: projects, builds, snapshots, reports."""
