"""Pages: one file per page or tool; they ask the workbench and show what it says."""
