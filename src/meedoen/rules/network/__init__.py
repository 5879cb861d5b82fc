"""The network of partners as people get to see it: who finds whom, how well, and what fails."""
