"""One module per kind of file that we can clean."""
