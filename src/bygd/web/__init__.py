"""The web: what people use in a browser and programs over HTTP; every page asks the workbench and computes nothing."""
