"""Web shows: one folder per audience, which never import each other."""
