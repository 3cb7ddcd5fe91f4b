"""The web: what others reach over HTTP; every page asks the workbench and computes nothing."""
