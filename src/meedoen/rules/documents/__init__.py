"""Documents of the budget cycle: what they are made of, and the steps they go through."""
